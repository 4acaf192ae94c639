/** Writes NumPy's array format, version 1: numbers in C order, in pieces, so that large arrays need no copy. */
import { beginAtomicFile } from './atomicWrite';
import type { FileSystem } from './fileSystem';

const dtypes = { float32: '<f4', int32: '<i4', int64: '<i8' } as const;
export type NpyType = keyof typeof dtypes;

/** `pieces` follow one another in row-major order and must fill `shape` exactly. */
export async function writeNpy(
  files: FileSystem,
  file: string,
  { dtype, shape }: { dtype: 'float32' | 'int32'; shape: readonly number[] },
  pieces: AsyncIterable<Float32Array | Int32Array>,
): Promise<void> {
  const expected = 4 * shape.reduce((product, size) => product * size, 1);
  const target = beginAtomicFile(files, file);
  try {
    target.write(npyHeader(dtype, shape));
    let written = 0;
    for await (const piece of pieces) {
      target.write(new Uint8Array(piece.buffer, piece.byteOffset, piece.byteLength));
      written += piece.byteLength;
    }
    if (written !== expected) throw new RangeError(`${file}: ${written} bytes do not fill [${shape.join(', ')}]`);
    target.commit();
  } finally {
    target.abandon();
  }
}

/** Padded with spaces so that the values begin at a multiple of 64, as NumPy does. */
export function npyHeader(dtype: NpyType, shape: readonly number[]): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0] ?? 0},` : shape.join(', ');
  const text = `{'descr': '${dtypes[dtype]}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const before = 10;
  const length = Math.ceil((before + text.length + 1) / 64) * 64 - before;
  const bytes = Buffer.alloc(before + length, ' ');
  bytes.write('\x93NUMPY\x01\x00', 'latin1');
  bytes.writeUInt16LE(length, 8);
  bytes.write(text, before, 'latin1');
  bytes[before + length - 1] = 0x0a;
  return bytes;
}
