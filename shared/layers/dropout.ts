/** Dropout: while training, values fall out at random, so that nothing relies on a single one. */
import { number } from '../ir/params';
import { batchOf } from '../ir/tensorType';
import { defineLayer } from './define';
import { imageType } from './kit/imageType';
import { untracked } from './kit/lazyGradients';
import { onnxPassed } from './kit/onnx/twin';
import { elementsOf, sameFloatType } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { code, call } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

export const dropout = defineLayer({
  type: 'Dropout',
  title: 'Dropout',
  group: 'regularisation',
  aliases: ['Drop'],
  summary: 'Sets values to zero at random while training and scales up the rest; does nothing afterwards.',
  params: {
    rate: number({ default: 0.5, min: 0, below: 1, help: 'The share of values that fall out.' }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => sameFloatType('Dropout', inputs),
  weights: () => ({}),
  cost: ({ rate }, _inputs, outputs) => {
    const elements = elementsOf(outputs.output!);
    // The mask is kept for the gradient.
    return rate === 0 ? { macs: 0, saved: 0 } : { macs: 0, saved: 2 * elements, workspace: elements };
  },
  build: (ops, { params: { rate }, inputs, mode, random }) => {
    const input = inputs.input!;
    if (mode === 'evaluate' || rate === 0) return { outputs: { output: ops.clone(input) } };
    // Off the tape, so that of all the steps to the mask only the mask itself is kept.
    const mask = untracked(ops, () => {
      const kept = ops.greaterEqual(random.uniform('mask', input.shape), rate);
      return ops.mul(ops.cast(kept, 'float32'), 1 / (1 - rate));
    });
    return { outputs: { output: ops.mul(input, mask) } };
  },
  emit: {
    layout: { axes: 'any', order: 'passes' },
    pytorch: ({ params: { rate } }) => ({ member: call(code`nn.Dropout`, [rate]) }),
    keras: ({ params: { rate } }) => kerasLayer(code`layers.Dropout`, [rate]),
    // The graph is that of evaluation, in which nothing falls out.
    onnx: () => onnxPassed,
    tfjs: ({ params: { rate } }) => tfjsLayer(code`tf.layers.dropout`, { rate }),
  },
  examples: [
    {
      name: 'defaults: every second value',
      params: {},
      inputs: { input: batchOf([12]) },
      outputs: { output: batchOf([12]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'few values of an image',
      params: { rate: 0.2 },
      inputs: { input: imageType(3, 3, 2) },
      outputs: { output: imageType(3, 3, 2) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'none',
      params: { rate: 0 },
      inputs: { input: batchOf([3, 4]) },
      outputs: { output: batchOf([3, 4]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
