/**
 * Batch normalisation's passes over the data, one each where tfjs-core's operations take three to five. Kernels of our own: the
 * layers' kit uses them where the backend has them, and composes them elsewhere.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { columnLoopName, stripWidths } from '../simd/columnLoops';
import { addressOf, loopNamed } from '../simd/simdModule';
import { cutIntoStrips } from '../simd/strips';
import { columnSums } from './columnSums';
import type { KernelCall } from './wasmHeap';

/** A block of rows that all strips of columns pass over while it is in the processor's cache. */
const rowsInCache = 128;

/** sum over rows of (x - mean)^2: x [rows, width], mean [width] -> [width]. */
export function centredSquares(_core: typeof tf, call: KernelCall<unknown>): tf.TensorInfo {
  const x = call.inputs['x']!;
  return columnSums(call, 'centredSquares', [x], [call.inputs['mean']!], sizeOf(x), [x.shape[1]!]);
}

/** sum over rows of (x - mean) * dy -> [width]. */
export function centredProducts(_core: typeof tf, call: KernelCall<unknown>): tf.TensorInfo {
  const x = call.inputs['x']!;
  return columnSums(call, 'centredProducts', [x, call.inputs['dy']!], [call.inputs['mean']!], sizeOf(x), [x.shape[1]!]);
}

/** (x - mean) * factor + shift, column by column. */
export function rowNormalise(_core: typeof tf, call: KernelCall<unknown>): tf.TensorInfo {
  return overBlocks(call, 'normalise', ['x'], ['mean', 'factor', 'shift']);
}

/** dy * factor + (x - mean) * slope + shift, column by column. */
export function rowNormaliseGradient(_core: typeof tf, call: KernelCall<unknown>): tf.TensorInfo {
  return overBlocks(call, 'normaliseGradient', ['x', 'dy'], ['mean', 'factor', 'slope', 'shift']);
}

function overBlocks(
  { inputs, allocate, backend }: KernelCall<unknown>,
  loop: 'normalise' | 'normaliseGradient',
  tableNames: readonly string[],
  columnNames: readonly string[],
): tf.TensorInfo {
  const x = inputs['x']!;
  const [rows, width] = sizeOf(x);
  const output = allocate(x.shape);
  const tables = [...tableNames.map((name) => inputs[name]!), output].map((table) => addressOf(backend, table));
  const columns = columnNames.map((name) => addressOf(backend, inputs[name]!));
  const strips = cutIntoStrips(width, stripWidths[loop]).map(({ start, size }) => ({
    offset: start * 4,
    run: loopNamed(backend, columnLoopName(loop, size)),
  }));
  for (let row = 0; row < rows; row += rowsInCache) {
    const block = Math.min(rowsInCache, rows - row);
    for (const { offset, run } of strips) {
      const from = tables.map((table) => table + row * width * 4 + offset);
      run(...from, ...columns.map((column) => column + offset), block, width * 4);
    }
  }
  return output;
}

function sizeOf(table: tf.TensorInfo): [number, number] {
  return table.shape as [number, number];
}
