/** Gradients of matrix products, convolutions and poolings. */
import type * as tf from '@tensorflow/tfjs-core';
import { reduceTo, type Attributes, type GradientRules } from './gradientRule';

export function productGradients(core: typeof tf): GradientRules {
  const run = (name: string, inputs: Record<string, tf.Tensor>, attributes: Attributes): tf.Tensor =>
    core.engine().runKernel<tf.Tensor>(name, inputs, attributes as KernelAttributes);
  return {
    BatchMatMul: { inputs: ['a', 'b'], gradient: (dy, kept, attributes) => matMulGradient(core, dy, kept, attributes) },
    Conv2D: {
      inputs: ['x', 'filter'],
      gradient: (dy, kept, attributes) => {
        const [x, filter] = kept as [tf.Tensor, tf.Tensor];
        refuseDilation(attributes['dilations']);
        return {
          x: () => run('Conv2DBackpropInput', { dy, filter }, { ...attributes, inputShape: x.shape }),
          filter: () => run('Conv2DBackpropFilter', { x, dy }, { ...attributes, filterShape: filter.shape }),
        };
      },
    },
    Conv2DBackpropInput: {
      inputs: ['dy', 'filter'],
      gradient: (ddx, kept, attributes) => {
        const [dy, filter] = kept as [tf.Tensor, tf.Tensor];
        const forward = { ...attributes, dilations: 1 };
        return {
          dy: () => run('Conv2D', { x: ddx, filter }, forward),
          filter: () => run('Conv2DBackpropFilter', { x: ddx, dy }, { ...attributes, filterShape: filter.shape }),
        };
      },
    },
    DepthwiseConv2dNative: {
      inputs: ['x', 'filter'],
      gradient: (dy, kept, attributes) => {
        const [x, filter] = kept as [tf.Tensor, tf.Tensor];
        refuseDilation(attributes['dilations']);
        const name = 'DepthwiseConv2dNativeBackprop';
        return {
          x: () => run(`${name}Input`, { dy, filter }, { ...attributes, inputShape: x.shape }),
          filter: () => run(`${name}Filter`, { x, dy }, { ...attributes, filterShape: filter.shape }),
        };
      },
    },
    MaxPool: {
      inputs: ['x'],
      output: true,
      gradient: (dy, kept, attributes) => {
        const [input, output] = kept as [tf.Tensor, tf.Tensor];
        return { x: () => run('MaxPoolGrad', { dy, input, output }, attributes) };
      },
    },
    AvgPool: {
      inputs: ['x'],
      gradient: (dy, [input], attributes) => ({ x: () => run('AvgPoolGrad', { dy, input: input! }, attributes) }),
    },
  };
}

type KernelAttributes = Parameters<ReturnType<typeof tf.engine>['runKernel']>[2];

/** Not every backend can differentiate it; the layers' own convolution does without. */
function refuseDilation(dilations: unknown): void {
  if ([dilations ?? 1].flat().some((dilation) => dilation !== 1)) {
    throw new Error(
      'A dilated convolution has no gradient here: use convolve or depthwiseConvolve of shared/layers/kit.',
    );
  }
}

/** With A and B the factors as they are multiplied: dA = dy B^T, dB = A^T dy, turned back where the input was turned. */
function matMulGradient(
  core: typeof tf,
  dy: tf.Tensor,
  [a, b]: tf.Tensor[],
  { transposeA, transposeB }: Attributes,
): Record<string, () => tf.Tensor> {
  const [turnA, turnB] = [transposeA as boolean, transposeB as boolean];
  // A factor that all products of a batch share gets the sum of their gradients.
  const share = (gradient: tf.Tensor, factor: tf.Tensor): tf.Tensor =>
    core.util.arraysEqual(gradient.shape, factor.shape) ? gradient : reduceTo(core, gradient, factor.shape);
  return {
    a: () => share(turnA ? core.matMul(b!, dy, turnB, true) : core.matMul(dy, b!, false, !turnB), a!),
    b: () => share(turnB ? core.matMul(dy, a!, true, turnA) : core.matMul(a!, dy, !turnA, false), b!),
  };
}
