/** Layer normalisation: every position gets mean 0 and variance 1 over its channels, or every sample over all its values. */
import type { Tensor1D } from '@tensorflow/tfjs-core';
import { isCanonical } from '../ir/emit/emission';
import { permute, reorder, twin } from '../ir/emit/transform';
import { code, list } from '../ir/emit/code';
import { choice, number } from '../ir/params';
import { batchOf, formatType, sampleElements, sampleSizes, type TensorType } from '../ir/tensorType';
import { problem } from '../messages';
import { defineLayer } from './define';
import { imageType } from './kit/imageType';
import { knownChannels } from './kit/knownChannels';
import { layerNormalise } from './kit/normalise';
import { onnxOperator } from './kit/onnx/twin';
import { elementsOf } from './kit/typeChecks';
import { tfjsLayer, tooManyAxes } from './kit/tfjs/twin';
import { kerasLayer } from './kit/keras/layer';
import { pytorchLayerNorm } from './kit/pytorch/norms';

type Axes = 'channels' | 'sample';

/** Shape of scale and offset: what is normalised together. */
function normalisedShape(axes: Axes, input: TensorType): number[] {
  const sizes = sampleSizes(input) as number[];
  return axes === 'sample' ? sizes : sizes.slice(-1);
}

export const layerNorm = defineLayer({
  type: 'LayerNorm',
  title: 'Layer normalisation',
  group: 'normalisation',
  aliases: ['LayerNormalization', 'LN'],
  summary: 'Normalises each position (or sample) by itself, so that it works alike in training and afterwards.',
  params: {
    axes: choice(['channels', 'sample'], {
      default: 'channels',
      help: 'What is normalised together: the channels (features) of each position, or all values of a sample.',
    }),
    epsilon: number({ default: 1e-3, above: 0, help: 'Added to the variance, so that nothing is divided by zero.' }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: ({ axes }, inputs) => {
    const features = knownChannels('LayerNorm', inputs);
    if (typeof features !== 'number') return features;
    const input = inputs.input!;
    if (axes === 'channels' || sampleElements(input) !== null) return { output: input };
    return problem('sizeNotKnown', { layer: 'LayerNorm', received: formatType(input) }, { port: 'input' });
  },
  weights: ({ axes }, { input }) => {
    const shape = normalisedShape(axes, input!);
    const common = { shape, trainable: true, decayed: false };
    return {
      gamma: { ...common, initialiser: { type: 'ones' } },
      beta: { ...common, initialiser: { type: 'zeros' } },
    };
  },
  cost: ({ axes }, _inputs, outputs) => {
    const elements = elementsOf(outputs.output!);
    // The normalised values are kept for the gradient beside the result; that takes six passes, each with a result.
    return { macs: 0, saved: 2 * elements, workspace: 6 * elements, keepsInputs: axes !== 'channels' };
  },
  build: (ops, { params, inputs, weights }) => {
    const { gamma, beta } = weights as Record<string, Tensor1D>;
    const input = inputs.input!;
    if (params.axes === 'channels')
      return { outputs: { output: layerNormalise(ops, input, gamma!, beta!, params.epsilon) } };
    const flat = ops.reshape(input, [input.shape[0], gamma!.size]);
    const output = layerNormalise(ops, flat, ops.reshape(gamma!, [-1]), ops.reshape(beta!, [-1]), params.epsilon);
    return { outputs: { output: ops.reshape(output, input.shape) } };
  },
  emit: {
    layout: ({ params: { axes } }) => ({ axes: axes === 'sample' ? 'any' : 'canonical', order: 'passes' }),
    pytorch: (context) => pytorchLayerNorm(context),
    keras: ({ params: { axes, epsilon }, inputs }) => {
      const sample = inputs.input!.type.dims.slice(1).map((_, axis) => axis + 1);
      const axis = axes === 'sample' && sample.length > 1 ? list(sample) : undefined;
      const keywords = { axis, epsilon: epsilon === 1e-3 ? undefined : epsilon };
      return kerasLayer(code`layers.LayerNormalization`, [], keywords, ['gamma', 'beta']);
    },
    onnx: ({ params, inputs }) => {
      const { axes, order } = inputs.input!.layout;
      const moved = params.axes === 'sample' && !isCanonical({ axes, order: null });
      const steps = moved ? [permute(axes.slice(1).map((axis) => axis - 1))] : reorder(0, order);
      const weights = [twin('scale', 'gamma', steps), twin('bias', 'beta', steps)];
      const axis = params.axes === 'sample' ? 1 : -1;
      return onnxOperator('LayerNormalization', { axis, epsilon: { float: params.epsilon } }, weights);
    },
    tfjs: ({ params: { axes, epsilon }, inputs }) => {
      const { type } = inputs.input!;
      const axis =
        axes === 'sample' && type.dims.length > 2 ? list(type.dims.slice(1).map((_, at) => at + 1)) : undefined;
      const settings = { axis, epsilon: epsilon === 1e-3 ? undefined : epsilon };
      const weights = [twin('gamma', 'gamma'), twin('beta', 'beta')];
      return tooManyAxes('LayerNorm', type) ?? tfjsLayer(code`tf.layers.layerNormalization`, settings, weights);
    },
  },
  examples: [
    {
      name: 'defaults, over the features of a sequence',
      params: {},
      inputs: { input: batchOf([4, 6]) },
      outputs: { output: batchOf([4, 6]) },
      trainable: 12,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'over the channels of an image, another epsilon',
      params: { epsilon: 1e-5 },
      inputs: { input: imageType(2, 3, 4) },
      outputs: { output: imageType(2, 3, 4) },
      trainable: 8,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'over all values of a sample, large epsilon',
      params: { axes: 'sample', epsilon: 0.3 },
      inputs: { input: imageType(3, 2, 2) },
      outputs: { output: imageType(3, 2, 2) },
      trainable: 24,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'over plain features',
      params: {},
      inputs: { input: batchOf([7]) },
      outputs: { output: batchOf([7]) },
      trainable: 14,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
