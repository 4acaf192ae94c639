/** Depthwise convolution with channel multiplier, stride, dilation and any padding; tfjs-core has no gradient for dilation. */
import type * as tf from '@tensorflow/tfjs-core';
import { dilateKernel } from './dilatedKernel';
import { explicitPadding, isOne, type Padding, type Pair } from './spatial';

export interface DepthwiseConvolution {
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

/**
 * x [batch, height, width, channels], kernel [height, width, channels, multiplier] -> [batch, height, width, channels * multiplier];
 * output channel c * multiplier + m belongs to input channel c. Dilation is written out as zeros: kernels are small.
 */
export function depthwiseConvolve(
  ops: typeof tf,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  { strides, dilations, padding }: DepthwiseConvolution,
): tf.Tensor4D {
  const taps = isOne(dilations) ? kernel : dilateKernel(ops, kernel, dilations);
  return ops.depthwiseConv2d(x, taps, [...strides], explicitPadding(padding));
}
