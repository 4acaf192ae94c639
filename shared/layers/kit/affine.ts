/** A matrix product over the last axis with an optional bias: Dense, and the projections of attention. */
import type { Ops, Tensor } from '../../ir/layerDefinition';
import { addBias } from './addBias';

/** x [..., in], kernel [in, units], bias [units] -> [..., units]. One product, whatever the rank. */
export function affine(ops: Ops, x: Tensor, kernel: Tensor, bias: Tensor | undefined): Tensor {
  const [features, units] = kernel.shape as [number, number];
  const rows = x.rank === 2 ? x : ops.reshape(x, [-1, features]);
  const product = ops.matMul(rows, kernel);
  const sums = bias ? addBias(ops, product, bias) : product;
  return x.rank === 2 ? sums : ops.reshape(sums, [...x.shape.slice(0, -1), units]);
}
