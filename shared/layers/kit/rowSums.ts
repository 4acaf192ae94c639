/** Sums over rows and over columns, in the form that is fast on every backend. */
import type * as tf from '@tensorflow/tfjs-core';

/** [rows, width] -> [width]. */
export function sumRows(ops: typeof tf, x: tf.Tensor2D): tf.Tensor1D {
  return ops.sum(x, 0);
}

/** [rows, width] -> [rows, 1]. */
export function sumColumns(ops: typeof tf, x: tf.Tensor2D): tf.Tensor2D {
  return ops.sum(x, 1, true);
}
