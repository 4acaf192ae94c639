/** Arithmetic that losses share. */
import type { Ops, Tensor } from '../ir/layerDefinition';

/** Logarithms are taken of no smaller probability than this, as in Keras: the loss of one element is at most 16.1. */
export const smallestProbability = 1e-7;

/** max(x, bound). Keeps NaN, which the maximum of some engines swallows; its gradient below the bound is 0. */
export function atLeast(ops: Ops, x: Tensor, bound: number): Tensor {
  return ops.add(ops.relu(ops.sub(x, bound)), bound);
}

/** [batch, ...] -> [batch]: the mean over each sample's own elements. */
export function mean(ops: Ops, values: Tensor): Tensor {
  if (values.rank === 1) return values;
  const rows = ops.reshape(values, [values.shape[0], -1]);
  return ops.mul(ops.sum(rows, 1), 1 / rows.shape[1]!);
}

/** The target as float32 in the shape of the output. */
export function valuesLike(ops: Ops, target: Tensor, output: Tensor): Tensor {
  return ops.reshape(ops.cast(target, 'float32'), output.shape);
}
