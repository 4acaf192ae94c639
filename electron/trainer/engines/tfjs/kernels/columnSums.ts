/** Sums over the rows of a table that lies on the heap, and the kernels that are little more than such a sum. */
import type * as tf from '@tensorflow/tfjs-core';
import { columnLoopName, stripWidths, type ColumnLoop } from '../simd/columnLoops';
import { addressOf, loopNamed } from '../simd/simdModule';
import { cutIntoStrips } from '../simd/strips';
import { floatsOf, type KernelCall } from './wasmHeap';

/** So many rows are added in single precision before the sum goes on in double: rounding does not grow with the rows. */
const rowsInSingle = 256;

type SumLoop = Extract<ColumnLoop, 'sum' | 'centredSquares' | 'centredProducts'>;

/** Adds up what `loop` computes from tables [rows, width] and, if given, columns [width]; `shape` holds `width` values. */
export function columnSums(
  { allocate, backend }: KernelCall<unknown>,
  loop: SumLoop,
  tables: readonly tf.TensorInfo[],
  columns: readonly tf.TensorInfo[],
  [rows, width]: readonly [number, number],
  shape: readonly number[],
): tf.TensorInfo {
  const partial = allocate([width]);
  const output = allocate(shape);
  const starts = tables.map((table) => addressOf(backend, table));
  const columnStarts = columns.map((column) => addressOf(backend, column));
  const scratch = addressOf(backend, partial);
  const strips = cutIntoStrips(width, stripWidths[loop]).map(({ start, size }) => ({
    offset: start * 4,
    run: loopNamed(backend, columnLoopName(loop, size)),
  }));
  const sums = floatsOf(backend, partial);
  const totals = new Float64Array(width);
  for (let row = 0; row < rows; row += rowsInSingle) {
    const block = Math.min(rowsInSingle, rows - row);
    for (const { offset, run } of strips) {
      const from = starts.map((start) => start + row * width * 4 + offset);
      const perColumn = columnStarts.map((start) => start + offset);
      run(...from, ...perColumn, scratch + offset, block, width * 4);
    }
    for (let column = 0; column < width; column++) totals[column]! += sums[column]!;
  }
  floatsOf(backend, output).set(totals);
  return output;
}
