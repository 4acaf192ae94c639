/**
 * The passes over a table [rows, width] that normalisation is made of. Where the backend has a kernel of that name (see the
 * engine's kernels), each is one pass over the data; elsewhere it is composed.
 */
import type * as tf from '@tensorflow/tfjs-core';

type Columns = Record<string, tf.Tensor1D>;

/** sum over rows of (x - mean)^2. */
export function centredSquares(ops: typeof tf, x: tf.Tensor2D, mean: tf.Tensor1D): tf.Tensor1D {
  return (
    fused<tf.Tensor1D>(ops, 'CentredSquares', { x, mean }) ?? ops.sum(ops.square(ops.sub<tf.Tensor2D>(x, mean)), 0)
  );
}

/** sum over rows of (x - mean) * dy. */
export function centredProducts(ops: typeof tf, x: tf.Tensor2D, dy: tf.Tensor2D, mean: tf.Tensor1D): tf.Tensor1D {
  return fused<tf.Tensor1D>(ops, 'CentredProducts', { x, dy, mean }) ?? ops.sum(ops.mul(ops.sub(x, mean), dy), 0);
}

/** (x - mean) * factor + shift. */
export function normaliseRows(ops: typeof tf, x: tf.Tensor2D, columns: Columns): tf.Tensor2D {
  const { mean, factor, shift } = columns;
  return (
    fused<tf.Tensor2D>(ops, 'RowNormalise', { x, ...columns }) ??
    ops.add<tf.Tensor2D>(ops.mul(ops.sub(x, mean!), factor!), shift!)
  );
}

/** dy * factor + (x - mean) * slope + shift. */
export function normaliseRowsGradient(ops: typeof tf, x: tf.Tensor2D, dy: tf.Tensor2D, columns: Columns): tf.Tensor2D {
  const { mean, factor, slope, shift } = columns;
  return (
    fused<tf.Tensor2D>(ops, 'RowNormaliseGradient', { x, dy, ...columns }) ??
    ops.add<tf.Tensor2D>(ops.add(ops.mul(dy, factor!), ops.mul(ops.sub(x, mean!), slope!)), shift!)
  );
}

function fused<T extends tf.Tensor>(ops: typeof tf, kernel: string, inputs: tf.NamedTensorMap): T | undefined {
  return ops.getKernel(kernel, ops.getBackend()) ? ops.engine().runKernel<T>(kernel, inputs) : undefined;
}
