/** The product of branches: gates. */
import { batchOf } from '../ir/tensorType';
import { defineLayer } from './define';
import { mergedType } from './kit/mergedType';
import { onnxChain } from './kit/onnx/twin';
import { elementsOf, manyOf } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { code, operation } from '../ir/emit/code';
import { kerasMerge } from './kit/keras/layer';

export const multiply = defineLayer({
  type: 'Multiply',
  title: 'Multiply',
  group: 'merge',
  aliases: ['Product', 'Gate', 'Hadamard Product'],
  summary: 'The elementwise product of its inputs. Sizes must be equal; a size of 1 is repeated.',
  params: {},
  inputs: [{ name: 'input', many: true, minimum: 2 }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => mergedType('Multiply', inputs),
  weights: () => ({}),
  // Every product on the way is kept.
  cost: (_params, inputs, outputs) => {
    const kept = manyOf(inputs, 'input').length - 1;
    const elements = elementsOf(outputs.output!);
    return { macs: 0, saved: kept * elements, workspace: elements };
  },
  build: (ops, { inputs }) => {
    const parts = manyOf(inputs, 'input').map(({ value }) => value);
    return { outputs: { output: parts.reduce((product, part) => ops.mul(product, part)) } };
  },
  emit: {
    layout: { axes: 'any', order: 'refuses' },
    pytorch: () => ({
      operation: (inputs) =>
        operation(
          '*',
          manyOf(inputs, 'input').map(({ value }) => value),
        ),
    }),
    keras: () => kerasMerge(code`layers.Multiply`),
    onnx: () => onnxChain('Mul'),
    tfjs: () => tfjsLayer(code`tf.layers.multiply`),
  },
  examples: [
    {
      name: 'a gate',
      params: {},
      inputs: { input0: batchOf([6]), input1: batchOf([6]) },
      outputs: { output: batchOf([6]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'one factor a channel, repeated over the image',
      params: {},
      inputs: { input0: batchOf([3, 2, 4]), input1: batchOf([1, 1, 4]) },
      outputs: { output: batchOf([3, 2, 4]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'three factors',
      params: {},
      inputs: { input0: batchOf([2, 3]), input1: batchOf([2, 3]), input2: batchOf([2, 1]) },
      outputs: { output: batchOf([2, 3]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
