/**
 * Matrix products where the backend's own kernel multiplies with a plain loop (ten times slower than it can be): batches, and
 * transposed factors. Attention and the gradients of every dense layer are such products.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { columnTiles, matrixTileName, rowTiles } from '../simd/matrixTile';
import { addressOf, loopNamed } from '../simd/simdModule';
import { cutIntoStrips, type Strip } from '../simd/strips';
import { floatsOf, type KernelCall } from './wasmHeap';

interface Attributes {
  readonly transposeA: boolean;
  readonly transposeB: boolean;
}

/** Rows of `b` this long (in values) are copied into strips first: read crosswise they would fall on the same cache lines. */
const longRow = 64;

/** a [..., rows, depth] and b [..., depth, columns], last two axes exchanged where the attribute says so. */
export function batchMatMul(core: typeof tf, call: KernelCall<Attributes>): tf.TensorInfo {
  const { attributes, run } = call;
  const { transposeA, transposeB } = attributes;
  const a = asBatch(core, call, call.inputs['a']!);
  const b = asBatch(core, call, call.inputs['b']!);
  const outer = core.broadcast_util.assertAndGetBroadcastShape(
    call.inputs['a']!.shape.slice(0, -2),
    call.inputs['b']!.shape.slice(0, -2),
  );
  const batch = core.util.sizeFromShape(outer);
  const shape = [...outer, a.shape[transposeA ? 2 : 1]!, b.shape[transposeB ? 1 : 2]!];
  const plain = [a, b].every((x) => x.dtype === 'float32' && [1, batch].includes(x.shape[0]!) && !x.shape.includes(0));
  if (!plain) return run('BatchMatMul', { a: call.inputs['a']!, b: call.inputs['b']! }, { transposeA, transposeB });
  const straightB = transposeB ? straight(call, b) : b;
  if (batch > 1) return run('Reshape', { x: tiledProduct(call, a, straightB, transposeA) }, { shape });
  const straightA = transposeA ? straight(call, a) : a;
  const product = run('BatchMatMul', { a: straightA, b: straightB }, { transposeA: false, transposeB: false });
  return run('Reshape', { x: product }, { shape });
}

function asBatch(core: typeof tf, { run }: KernelCall<Attributes>, x: tf.TensorInfo): tf.TensorInfo {
  if (x.shape.length === 3) return x;
  const [rows, columns] = x.shape.slice(-2);
  const batch = core.util.sizeFromShape(x.shape.slice(0, -2));
  return run('Reshape', { x }, { shape: [batch, rows, columns] });
}

function straight({ run }: KernelCall<Attributes>, x: tf.TensorInfo): tf.TensorInfo {
  return run('Transpose', { x }, { perm: [0, 2, 1] });
}

function tiledProduct(
  { allocate, backend }: KernelCall<Attributes>,
  a: tf.TensorInfo,
  b: tf.TensorInfo,
  turned: boolean,
): tf.TensorInfo {
  const [rows, depth] = turned ? [a.shape[2]!, a.shape[1]!] : [a.shape[1]!, a.shape[2]!];
  const columns = b.shape[2]!;
  const batch = Math.max(a.shape[0]!, b.shape[0]!);
  const output = allocate([batch, rows, columns]);
  const packed = columns >= longRow && rows >= rowTiles[0] ? allocate([depth, columns]) : undefined;
  const [left, right, to] = [addressOf(backend, a), addressOf(backend, b), addressOf(backend, output)];
  const [aRow, aStep] = turned ? [4, rows * 4] : [depth * 4, 4];
  const strips = cutIntoStrips(columns, columnTiles);
  const tiles = cutIntoStrips(rows, rowTiles).flatMap((row) =>
    strips.map((strip) => ({
      loop: loopNamed(backend, matrixTileName(row.size, strip.size)),
      a: row.start * aRow,
      b: strip.start * 4 * (packed ? depth : 1),
      bStep: (packed ? strip.size : columns) * 4,
      out: (row.start * columns + strip.start) * 4,
    })),
  );
  const [values, copy] = [floatsOf(backend, b), packed && floatsOf(backend, packed)];
  for (let product = 0; product < batch; product++) {
    // A factor that all products share is not advanced.
    const fromA = left + (a.shape[0] === 1 ? 0 : product * rows * depth * 4);
    const firstB = b.shape[0] === 1 ? 0 : product * depth * columns;
    if (copy && (product === 0 || firstB > 0)) packStrips(copy, values, firstB, depth, columns, strips);
    const fromB = packed ? addressOf(backend, packed) : right + firstB * 4;
    const start = to + product * rows * columns * 4;
    for (const { loop, a: inA, b: inB, bStep, out } of tiles) {
      loop(fromA + inA, fromB + inB, start + out, depth, aRow, aStep, bStep, columns * 4);
    }
  }
  return output;
}

/** Lays each strip of columns down as a table of its own. */
function packStrips(
  to: Float32Array,
  from: Float32Array,
  first: number,
  depth: number,
  columns: number,
  strips: readonly Strip[],
): void {
  let at = 0;
  for (const { start, size } of strips) {
    for (let row = 0; row < depth; row++) {
      const source = first + row * columns + start;
      for (let column = 0; column < size; column++) to[at++] = from[source + column]!;
    }
  }
}
