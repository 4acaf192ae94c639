/** Kernels with their holes written out as zeros: for the operations that tfjs-core refuses to dilate. */
import type * as tf from '@tensorflow/tfjs-core';
import { isOne, type Pair } from './spatial';

/** [height, width, a, b] -> [(height - 1) * dilation + 1, (width - 1) * dilation + 1, a, b]; differentiable. */
export function dilateKernel(ops: typeof tf, kernel: tf.Tensor4D, dilations: Pair): tf.Tensor4D {
  if (isOne(dilations)) return kernel;
  const [height, width, a, b] = kernel.shape;
  const [down, across] = dilations;
  const apart = ops.pad(ops.reshape(kernel, [height, 1, width, 1, a * b]), [
    [0, 0],
    [0, down - 1],
    [0, 0],
    [0, across - 1],
    [0, 0],
  ]);
  const wide = ops.reshape(apart, [height * down, width * across, a, b]);
  return ops.slice(wide, [0, 0, 0, 0], [(height - 1) * down + 1, (width - 1) * across + 1, a, b]) as tf.Tensor4D;
}

/** The inverse: the taps of a dilated kernel without the holes between them. */
export function contractKernel(ops: typeof tf, dilated: tf.Tensor4D, dilations: Pair): tf.Tensor4D {
  if (isOne(dilations)) return dilated;
  const [tall, wide, a, b] = dilated.shape;
  const [down, across] = dilations;
  const [height, width] = [(tall - 1) / down + 1, (wide - 1) / across + 1];
  const padded = ops.pad(dilated, [
    [0, down - 1],
    [0, across - 1],
    [0, 0],
    [0, 0],
  ]);
  const grouped = ops.reshape(padded, [height, down, width, across, a * b]);
  const taps = ops.slice(grouped, [0, 0, 0, 0, 0], [height, 1, width, 1, a * b]);
  return ops.reshape(taps, [height, width, a, b]);
}
