/** Max and average pooling over [batch, height, width, channels] with any padding, and gradients that agree with them. */
import type * as tf from '@tensorflow/tfjs-core';
import { untracked } from './lazyGradients';
import { explicitPadding, isPadded, noPadding, type Padding, type Pair } from './spatial';

export interface Pooling {
  readonly size: Pair;
  readonly strides: Pair;
  /** Each side less than the window, so that no window is all padding. */
  readonly padding: Padding;
}

/** Padding never wins: it counts as minus infinity. Equal largest values: the first gets the gradient. */
export function maxPool(ops: typeof tf, x: tf.Tensor4D, { size, strides, padding }: Pooling): tf.Tensor4D {
  return ops.maxPool(x, [...size], [...strides], explicitPadding(padding));
}

/**
 * Means over windows; `countPadding` says whether the zeros around the input count as values. The padding is written out, because
 * tfjs-core divides forward by the values inside, but backward by the whole window.
 */
export function averagePool(
  ops: typeof tf,
  x: tf.Tensor4D,
  { size, strides, padding }: Pooling,
  countPadding: boolean,
): tf.Tensor4D {
  if (!isPadded(padding)) return wholeWindows(ops, x, size, strides);
  const means = wholeWindows(ops, ops.pad(x, explicitPadding(padding)), size, strides);
  if (countPadding) return means;
  const [, height, width] = x.shape;
  const correction = untracked(ops, () => {
    const inside = ops.pad<tf.Tensor4D>(ops.ones([1, height, width, 1]), explicitPadding(padding));
    return ops.reciprocal(wholeWindows(ops, inside, size, strides));
  });
  return ops.mul(means, correction);
}

function wholeWindows(ops: typeof tf, x: tf.Tensor4D, size: Pair, strides: Pair): tf.Tensor4D {
  return ops.avgPool(x, [...size], [...strides], explicitPadding(noPadding));
}
