/** Where samples enter: names the data field and says what one sample looks like. */
import { choice, integerList, text } from '../ir/params';
import { batchOf } from '../ir/tensorType';
import { defineLayer } from './define';
import { code, list, text as quoted, call, tuple } from '../ir/emit/code';
import { tfjsLayer } from './kit/tfjs/twin';

export const input = defineLayer({
  type: 'Input',
  title: 'Input',
  group: 'input and output',
  aliases: ['InputLayer', 'Placeholder'],
  summary: 'Feeds one field of the data set into the network, a batch of samples at a time.',
  params: {
    shape: integerList({
      default: [1],
      min: 1,
      help: 'Sizes of one sample: height, width, channels; or time, features; or features; empty for a single number.',
    }),
    dtype: choice(['float32', 'int32'], { default: 'float32', help: 'int32 for indices that an Embedding looks up.' }),
    field: text({ default: '', help: 'Field of the data set; empty for the only or first one that is not a target.' }),
  },
  inputs: [],
  outputs: [{ name: 'output', help: 'A batch of the samples of the field.' }],
  infer: ({ shape, dtype }) => ({ output: batchOf(shape, dtype) }),
  weights: () => ({}),
  cost: () => ({ macs: 0 }),
  // It has no port to be wired: whoever runs the network hands the samples in under the name of the output.
  build: (_ops, { inputs }) => ({ outputs: { output: inputs.output! } }),
  emit: {
    layout: { axes: 'border', order: 'refuses' },
    pytorch: () => ({}),
    keras: ({ params: { shape, dtype } }) => ({
      member: call(code`keras.Input`, [tuple([...shape])], { dtype: dtype === 'int32' ? code`"int32"` : undefined }),
      call: ({ member }) => member,
    }),
    tfjs: ({ params: { shape, dtype } }) =>
      tfjsLayer(code`tf.input`, { shape: list(shape), dtype: dtype === 'int32' ? quoted('int32') : undefined }),
    onnx: () => ({ build: (graph) => ({ output: graph.samples('output') }) }),
  },
  examples: [
    {
      name: 'an image',
      params: { shape: [8, 8, 1], field: 'image' },
      inputs: {},
      outputs: { output: batchOf([8, 8, 1]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'a sequence of indices',
      params: { shape: [12], dtype: 'int32' },
      inputs: {},
      outputs: { output: batchOf([12], 'int32') },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'single numbers',
      params: { shape: [] },
      inputs: {},
      outputs: { output: batchOf([]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
