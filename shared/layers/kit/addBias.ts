/** A bias on every channel, without keeping what it is added to: tfjs-core's own sum keeps both terms for their shapes. */
import type * as tf from '@tensorflow/tfjs-core';
import { withGradients } from './lazyGradients';
import { sumRows } from './rowSums';

/** x [..., channels] + bias [channels]. */
export function addBias(ops: typeof tf, x: tf.Tensor, bias: tf.Tensor): tf.Tensor {
  const parts = [
    { input: x, gradient: (upstream: tf.Tensor) => ops.clone(upstream) },
    { input: bias, gradient: (upstream: tf.Tensor) => sumRows(ops, ops.reshape(upstream, [-1, bias.size])) },
  ];
  return withGradients(ops, [], parts, () => ops.add(x, bias));
}
