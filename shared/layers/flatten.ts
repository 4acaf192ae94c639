/** Joins all axes of a sample into one. */
import type { Tensor } from '../ir/layerDefinition';
import { batchOf, formatType, sampleElements, sampleSizes } from '../ir/tensorType';
import { problem } from '../messages';
import { defineLayer } from './define';
import { onnxOperator } from './kit/onnx/twin';
import { tfjsLayer } from './kit/tfjs/twin';
import { code, list } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

export const flatten = defineLayer({
  type: 'Flatten',
  title: 'Flatten',
  group: 'shape',
  aliases: [],
  summary: 'All values of a sample in one row, the last axis fastest. Costs nothing.',
  params: {},
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => {
    const type = inputs.input!;
    const elements = sampleElements(type);
    if (elements === null)
      return problem('sizeNotKnown', { layer: 'Flatten', received: formatType(type) }, { port: 'input' });
    return { output: batchOf([elements], type.dtype) };
  },
  weights: () => ({}),
  cost: () => ({ macs: 0, saved: 0 }),
  build: (ops, { inputs }) => {
    const x = inputs.input as Tensor;
    return { outputs: { output: ops.reshape(x, [x.shape[0], x.size / Math.max(1, x.shape[0])]) } };
  },
  emit: {
    layout: { axes: 'rowMajor', order: 'makes' },
    pytorch: ({ inputs }) =>
      inputs.input!.type.dims.length === 1
        ? { operation: ({ input }) => code`${input!}.unsqueeze(1)` }
        : { member: code`nn.Flatten()`, operation: ({ input }) => code`${input!}.flatten(1)` },
    keras: () => kerasLayer(code`layers.Flatten`),
    onnx: () => onnxOperator('Flatten', { axis: 1 }),
    tfjs: ({ inputs, outputs }) =>
      inputs.input!.type.dims.length > 2
        ? tfjsLayer(code`tf.layers.flatten`)
        : tfjsLayer(code`tf.layers.reshape`, { targetShape: list(sampleSizes(outputs.output!.type) as number[]) }),
  },
  examples: [
    {
      name: 'an image',
      params: {},
      inputs: { input: batchOf([2, 3, 4]) },
      outputs: { output: batchOf([24]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'a sequence',
      params: {},
      inputs: { input: batchOf([5, 2]) },
      outputs: { output: batchOf([10]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'single numbers become one feature',
      params: {},
      inputs: { input: batchOf([]) },
      outputs: { output: batchOf([1]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
