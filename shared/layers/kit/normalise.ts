/** Batch and layer normalisation with gradients of their own: a few passes over the data where composed ones take dozens. */
import type * as tf from '@tensorflow/tfjs-core';
import { centredProducts, centredSquares, normaliseRows, normaliseRowsGradient } from './columnPasses';
import { untracked } from './lazyGradients';
import { sumColumns, sumRows } from './rowSums';

export interface BatchNormalised {
  readonly output: tf.Tensor;
  /** Of this batch, [channels]; no gradient passes through them. The variance is the biased one (divided by the count). */
  readonly mean: tf.Tensor1D;
  readonly variance: tf.Tensor1D;
}

/** Training mode: x [..., channels] is normalised over all but the last axis; scale and offset are [channels]. */
export function batchNormalise(
  ops: typeof tf,
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): BatchNormalised {
  const channels = x.shape[x.shape.length - 1]!;
  const rows = x.size / channels;
  const flat = (tensor: tf.Tensor): tf.Tensor2D => ops.reshape(tensor, [rows, channels]);
  const mean = untracked(ops, () => ops.div(sumRows(ops, flat(x)), rows)) as tf.Tensor1D;
  const variance = untracked(ops, () => ops.div(centredSquares(ops, flat(x), mean), rows)) as tf.Tensor1D;
  const output = ops.customGrad((input, gamma, beta, save) => {
    const inverse = ops.rsqrt(ops.add(variance, epsilon));
    const factor = ops.mul<tf.Tensor1D>(inverse, gamma as tf.Tensor);
    const value = normaliseRows(ops, flat(input as tf.Tensor), { mean, factor, shift: beta as tf.Tensor1D });
    (save as tf.GradSaveFunc)([input as tf.Tensor, gamma as tf.Tensor, mean, inverse]);
    return {
      value: ops.reshape(value, x.shape),
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => ops.tidy(() => batchGradients(ops, flat(dy), kept)),
    };
  })(x, scale, offset);
  return { output, mean, variance };
}

/**
 * With xhat = (x - mean) * inverse: d offset = sum dy, d scale = sum dy * xhat, and
 * dx = scale * inverse * (dy - d offset / rows - xhat * d scale / rows). Always centred before it is multiplied: a mean that is
 * large against the spread would cost all digits.
 */
function batchGradients(ops: typeof tf, dy: tf.Tensor2D, kept: tf.Tensor[]): tf.Tensor[] {
  const [x, scale, mean, inverse] = kept as [tf.Tensor, tf.Tensor1D, tf.Tensor1D, tf.Tensor1D];
  const rows = dy.shape[0];
  const input = ops.reshape<tf.Rank.R2>(x, dy.shape);
  const offsetGradient = sumRows(ops, dy);
  const scaleGradient = ops.mul<tf.Tensor1D>(centredProducts(ops, input, dy, mean), inverse);
  const factor = ops.mul<tf.Tensor1D>(scale, inverse);
  const slope = ops.div<tf.Tensor1D>(ops.mul(ops.mul(factor, inverse), scaleGradient), -rows);
  const shift = ops.div<tf.Tensor1D>(ops.mul(factor, offsetGradient), -rows);
  const inputGradient = normaliseRowsGradient(ops, input, dy, { mean, factor, slope, shift });
  return [ops.reshape(inputGradient, x.shape), scaleGradient, offsetGradient];
}

/** x [..., features] is normalised over its last axis, position by position; scale and offset are [features]. */
export function layerNormalise(
  ops: typeof tf,
  x: tf.Tensor,
  scale: tf.Tensor1D,
  offset: tf.Tensor1D,
  epsilon: number,
): tf.Tensor {
  const features = x.shape[x.shape.length - 1]!;
  return ops.customGrad((input, gamma, beta, save) => {
    const rows = ops.reshape<tf.Rank.R2>(input as tf.Tensor, [-1, features]);
    const centred = ops.sub<tf.Tensor2D>(rows, ops.div(sumColumns(ops, rows), features));
    const variance = ops.div(sumColumns(ops, ops.square(centred)), features);
    const inverse = ops.rsqrt(ops.add(variance, epsilon));
    const normalised = ops.mul(centred, inverse);
    (save as tf.GradSaveFunc)([normalised, inverse, gamma as tf.Tensor]);
    return {
      value: ops.reshape(ops.add(ops.mul(normalised, gamma as tf.Tensor), beta as tf.Tensor), x.shape),
      gradFunc: (dy: tf.Tensor, kept: tf.Tensor[]) => ops.tidy(() => layerGradients(ops, dy, kept)),
    };
  })(x, scale, offset);
}

/** As in batch normalisation, with the sums over the features of a position. */
function layerGradients(ops: typeof tf, dy: tf.Tensor, kept: tf.Tensor[]): tf.Tensor[] {
  const [normalised, inverse, scale] = kept as [tf.Tensor2D, tf.Tensor2D, tf.Tensor1D];
  const features = normalised.shape[1];
  const upstream = ops.reshape<tf.Rank.R2>(dy, normalised.shape);
  const product = ops.mul<tf.Tensor2D>(upstream, normalised);
  const scaled = ops.mul<tf.Tensor2D>(upstream, scale);
  const mean = ops.div(sumColumns(ops, scaled), features);
  const slope = ops.div(sumColumns(ops, ops.mul<tf.Tensor2D>(scaled, normalised)), features);
  const inputGradient = ops.mul(ops.sub(ops.sub(scaled, mean), ops.mul(normalised, slope)), inverse);
  return [ops.reshape(inputGradient, dy.shape), sumRows(ops, product), sumRows(ops, upstream)];
}
