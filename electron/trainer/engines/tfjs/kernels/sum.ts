/** Sums over the first or the last axes; the backend's own kernel takes ten times as long. */
import type * as tf from '@tensorflow/tfjs-core';
import { stripWidths } from '../simd/columnLoops';
import { columnSums } from './columnSums';
import { floatsOf, type KernelCall } from './wasmHeap';

interface Attributes {
  readonly axis: number | number[];
  readonly keepDims: boolean;
}

export function sum(core: typeof tf, call: KernelCall<Attributes>): tf.TensorInfo {
  const { inputs, attributes, run } = call;
  const x = inputs['x']!;
  const { util } = core;
  const axes = util.parseAxisParam(attributes.axis, x.shape).sort((a, b) => a - b);
  const leading = axes.every((axis, at) => axis === at);
  const trailing = axes.every((axis, at) => axis === x.shape.length - axes.length + at);
  const size = util.sizeFromShape(x.shape);
  if (x.dtype !== 'float32' || size === 0 || axes.length === 0 || (!leading && !trailing)) {
    return run('Sum', { x }, { ...attributes });
  }
  const kept = x.shape.map((dim, axis) => (axes.includes(axis) ? 1 : dim));
  const shape = attributes.keepDims ? kept : x.shape.filter((_, axis) => !axes.includes(axis));
  const summed = util.sizeFromShape(axes.map((axis) => x.shape[axis]!));
  return leading ? sumRows(call, x, summed, size / summed, shape) : sumEach(call, x, size / summed, summed, shape);
}

/** [rows, width] -> [width]. Narrow rows are read several at once; their sums are then added up crosswise. */
function sumRows(
  call: KernelCall<Attributes>,
  x: tf.TensorInfo,
  rows: number,
  width: number,
  shape: number[],
): tf.TensorInfo {
  let fold = 1;
  while (fold * width < stripWidths.sum[0] && rows % (fold * 2) === 0) fold *= 2;
  if (fold === 1) return columnSums(call, 'sum', [x], [], [rows, width], shape);
  const folded = columnSums(call, 'sum', [x], [], [rows / fold, width * fold], [fold, width]);
  const output = call.allocate(shape);
  const sums = floatsOf(call.backend, folded);
  const totals = new Float64Array(width);
  for (let at = 0; at < sums.length; at++) totals[at % width]! += sums[at]!;
  floatsOf(call.backend, output).set(totals);
  return output;
}

/** [count, width] -> [count], as a product with ones. */
function sumEach(
  { allocate, backend, run }: KernelCall<Attributes>,
  x: tf.TensorInfo,
  count: number,
  width: number,
  shape: number[],
): tf.TensorInfo {
  const a = run('Reshape', { x }, { shape: [1, count, width] });
  const b = allocate([1, width, 1]);
  floatsOf(backend, b).fill(1);
  const product = run('BatchMatMul', { a, b }, { transposeA: false, transposeB: false });
  return run('Reshape', { x: product }, { shape });
}
