/** Batch normalisation: every channel gets mean 0 and variance 1 over the batch, then a learned scale and offset. */
import type { Tensor1D } from '@tensorflow/tfjs-core';
import type { Initialiser, WeightSpec } from '../ir/initialiser';
import { reorder, twin } from '../ir/emit/transform';
import { code, call } from '../ir/emit/code';
import { number } from '../ir/params';
import { batchOf, type TensorType } from '../ir/tensorType';
import { defineLayer } from './define';
import { imageType } from './kit/imageType';
import { knownChannels } from './kit/knownChannels';
import { batchNormalise } from './kit/normalise';
import { onnxOperator } from './kit/onnx/twin';
import { elementsOf } from './kit/typeChecks';
import { tfjsLayer, tooManyAxes } from './kit/tfjs/twin';
import { pytorchBatchNorm } from './kit/pytorch/norms';

function perChannel({ input }: Record<string, TensorType>, type: Initialiser['type'], trainable: boolean): WeightSpec {
  const channels = input!.dims[input!.dims.length - 1]!.size as number;
  return { shape: [channels], initialiser: { type }, trainable, decayed: false };
}

export const batchNorm = defineLayer({
  type: 'BatchNorm',
  title: 'Batch normalisation',
  group: 'normalisation',
  aliases: ['BatchNormalization', 'BatchNorm2d', 'BN'],
  summary: 'Normalises every channel over the batch while training, and by running statistics afterwards.',
  params: {
    momentum: number({
      default: 0.9,
      min: 0,
      below: 1,
      help: 'How much of the running statistics every batch keeps: new = momentum · old + (1 - momentum) · batch.',
    }),
    epsilon: number({ default: 1e-3, above: 0, help: 'Added to the variance, so that nothing is divided by zero.' }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => {
    const channels = knownChannels('BatchNorm', inputs);
    return typeof channels === 'number' ? { output: inputs.input! } : channels;
  },
  weights: (_params, inputs) => ({
    gamma: perChannel(inputs, 'ones', true),
    beta: perChannel(inputs, 'zeros', true),
    movingMean: perChannel(inputs, 'zeros', false),
    movingVariance: perChannel(inputs, 'ones', false),
  }),
  cost: (_params, _inputs, outputs) => ({ macs: 0, saved: elementsOf(outputs.output!) }),
  build: (ops, { params, inputs, weights, mode }) => {
    const { gamma, beta, movingMean, movingVariance } = weights as Record<string, Tensor1D>;
    if (mode === 'evaluate') {
      const factor = ops.mul(gamma!, ops.rsqrt(ops.add(movingVariance!, params.epsilon)));
      const shift = ops.sub(beta!, ops.mul(movingMean!, factor));
      return { outputs: { output: ops.add(ops.mul(inputs.input!, factor), shift) } };
    }
    const { output, mean, variance } = batchNormalise(ops, inputs.input!, gamma!, beta!, params.epsilon);
    const moved = (old: Tensor1D, batch: Tensor1D): Tensor1D =>
      ops.add(ops.mul(old, params.momentum), ops.mul(batch, 1 - params.momentum));
    const updates = { movingMean: moved(movingMean!, mean), movingVariance: moved(movingVariance!, variance) };
    return { outputs: { output }, updates };
  },
  emit: {
    layout: { axes: 'channelsFirst', order: 'passes' },
    pytorch: (context) => pytorchBatchNorm(context),
    keras: ({ params: { momentum, epsilon } }) => ({
      member: call(code`layers.BatchNormalization`, [], { momentum, epsilon: epsilon === 1e-3 ? undefined : epsilon }),
      weights: [
        twin('gamma', 'gamma'),
        twin('beta', 'beta'),
        twin('moving_mean', 'movingMean'),
        twin('moving_variance', 'movingVariance'),
      ],
    }),
    onnx: ({ params, inputs }) => {
      const along = reorder(0, inputs.input!.layout.order);
      const twins = { scale: 'gamma', bias: 'beta', mean: 'movingMean', variance: 'movingVariance' };
      const weights = Object.entries(twins).map(([theirs, ours]) => twin(theirs, ours, along));
      return onnxOperator('BatchNormalization', { epsilon: { float: params.epsilon } }, weights);
    },
    tfjs: ({ params: { momentum, epsilon }, inputs }) =>
      tooManyAxes('BatchNorm', inputs.input!.type) ??
      tfjsLayer(code`tf.layers.batchNormalization`, { momentum, epsilon: epsilon === 1e-3 ? undefined : epsilon }, [
        twin('gamma', 'gamma'),
        twin('beta', 'beta'),
        twin('moving_mean', 'movingMean'),
        twin('moving_variance', 'movingVariance'),
      ]),
  },
  examples: [
    {
      name: 'defaults, on an image',
      params: {},
      inputs: { input: imageType(3, 4, 3) },
      outputs: { output: imageType(3, 4, 3) },
      trainable: 6,
      nonTrainable: 6,
      macs: 0,
    },
    {
      name: 'on features, quick statistics, another epsilon',
      params: { momentum: 0.9, epsilon: 1e-5 },
      inputs: { input: batchOf([5]) },
      outputs: { output: batchOf([5]) },
      trainable: 10,
      nonTrainable: 10,
      macs: 0,
    },
    {
      name: 'on a sequence, statistics of the last batch only, large epsilon',
      params: { momentum: 0, epsilon: 0.5 },
      inputs: { input: batchOf([4, 2]) },
      outputs: { output: batchOf([4, 2]) },
      trainable: 4,
      nonTrainable: 4,
      macs: 0,
    },
    {
      name: 'more channels',
      params: {},
      inputs: { input: imageType(2, 3, 9) },
      outputs: { output: imageType(2, 3, 9) },
      trainable: 18,
      nonTrainable: 18,
      macs: 0,
    },
  ],
});
