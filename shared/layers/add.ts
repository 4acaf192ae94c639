/** The sum of branches: the skip of residual networks. */
import { batchOf } from '../ir/tensorType';
import { defineLayer } from './define';
import { mergedType } from './kit/mergedType';
import { onnxChain } from './kit/onnx/twin';
import { elementsOf, manyOf } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { code, operation } from '../ir/emit/code';
import { kerasMerge } from './kit/keras/layer';

export const add = defineLayer({
  type: 'Add',
  title: 'Add',
  group: 'merge',
  aliases: ['Sum', 'Skip', 'Residual'],
  summary: 'The elementwise sum of its inputs. Sizes must be equal; a size of 1 is repeated.',
  params: {},
  inputs: [{ name: 'input', many: true, minimum: 2 }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => mergedType('Add', inputs),
  weights: () => ({}),
  // Every sum on the way is kept.
  cost: (_params, inputs, outputs) => {
    const sums = manyOf(inputs, 'input').length - 1;
    return { macs: 0, saved: sums * elementsOf(outputs.output!) };
  },
  build: (ops, { inputs }) => {
    const parts = manyOf(inputs, 'input').map(({ value }) => value);
    return { outputs: { output: parts.reduce((sum, part) => ops.add(sum, part)) } };
  },
  emit: {
    layout: { axes: 'any', order: 'refuses' },
    pytorch: () => ({
      operation: (inputs) =>
        operation(
          '+',
          manyOf(inputs, 'input').map(({ value }) => value),
        ),
    }),
    keras: () => kerasMerge(code`layers.Add`),
    onnx: () => onnxChain('Add'),
    tfjs: () => tfjsLayer(code`tf.layers.add`),
  },
  examples: [
    {
      name: 'a skip',
      params: {},
      inputs: { input0: batchOf([3, 2, 4]), input1: batchOf([3, 2, 4]) },
      outputs: { output: batchOf([3, 2, 4]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'three branches',
      params: {},
      inputs: { input0: batchOf([5]), input1: batchOf([5]), input2: batchOf([5]) },
      outputs: { output: batchOf([5]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'one number a channel, repeated over the image',
      params: {},
      inputs: { input0: batchOf([3, 2, 4]), input1: batchOf([1, 1, 4]) },
      outputs: { output: batchOf([3, 2, 4]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
