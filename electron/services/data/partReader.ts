/** Reads samples of one field and part: from memory where the part is small, else by position from its file. */
import type { Part } from '../../../shared/ir/dataSetDefinition';
import { crc32c } from '../../files/crc32c';
import { FileProblem, damaged, withFileProblems } from '../../files/fileProblem';
import type { FileSystem, OpenFile } from '../../files/fileSystem';
import { readAll } from '../../files/writeAll';
import { bytesPerValue, sampleSize } from './preparedFormat';
import type { PreparedField } from './preparedFormat';

export interface PartReader {
  read(indices: Uint32Array): Float32Array | Int32Array;
  close(): void;
}

/** A part up to this size stays in memory once it has been checked: MNIST's 43 MB of training images do. */
const memoryBytes = 64 << 20;
const pieceBytes = 1 << 20;

export function openPart(
  files: FileSystem,
  file: string,
  field: PreparedField,
  part: Part,
  samples: number,
): PartReader {
  const facts = field.parts[part];
  const sampleBytes = sampleSize(field.shape) * bytesPerValue[field.stored];
  const handle = withFileProblems(file, 'read', () => files.open(file, 'read'));
  try {
    const size = withFileProblems(file, 'read', () => files.size(handle));
    if (size !== facts.bytes || size !== samples * sampleBytes) {
      throw damaged(file, `is damaged: it has ${size} bytes instead of ${samples * sampleBytes}.`);
    }
    const kept = size <= memoryBytes ? new Uint8Array(size) : null;
    const found = withFileProblems(file, 'read', () => checksum(files, handle, size, kept));
    if (found !== facts.crc32c) throw damaged(file, 'is damaged: its checksum differs from the one in dataset.json.');
    if (kept) files.close(handle);
    const take = (target: Uint8Array, position: number): void => {
      if (kept) target.set(kept.subarray(position, position + target.length));
      else if (withFileProblems(file, 'read', () => readAll(files, handle, target, position)) < target.length) {
        throw damaged(file, `is damaged: it ends before byte ${position + target.length}.`);
      }
    };
    return {
      read: (indices) => decode(field, gather(indices, samples, sampleBytes, take, `${field.name} of ${part}`)),
      close: () => {
        if (!kept) files.close(handle);
      },
    };
  } catch (error) {
    files.close(handle);
    throw error;
  }
}

function checksum(files: FileSystem, handle: OpenFile, size: number, kept: Uint8Array | null): number {
  if (kept) return crc32c(kept.subarray(0, readAll(files, handle, kept, 0)));
  const piece = new Uint8Array(pieceBytes);
  let value = 0;
  for (let at = 0; at < size; at += pieceBytes) value = crc32c(piece, 0, readAll(files, handle, piece, at), value);
  return value;
}

/** The samples' bytes in the order asked for. Neighbours are read in one go. */
function gather(
  indices: Uint32Array,
  samples: number,
  sampleBytes: number,
  take: (target: Uint8Array, position: number) => void,
  what: string,
): Uint8Array {
  const bytes = new Uint8Array(indices.length * sampleBytes);
  for (let at = 0; at < indices.length;) {
    const first = indices[at] as number;
    let length = 1;
    while (indices[at + length] === first + length) length += 1;
    if (first + length > samples) {
      const message = `There is no sample ${Math.max(first, samples)} in ${what}: it has ${samples}, counted from 0.`;
      throw new FileProblem('bad-value', what, message);
    }
    take(bytes.subarray(at * sampleBytes, (at + length) * sampleBytes), first * sampleBytes);
    at += length;
  }
  return bytes;
}

function decode(field: PreparedField, bytes: Uint8Array): Float32Array | Int32Array {
  if (field.stored === 'float32') return new Float32Array(bytes.buffer);
  if (field.stored === 'int32') return new Int32Array(bytes.buffer);
  const by = field.scaling.kind === 'divide' ? field.scaling.by : 1;
  if (field.dtype === 'int32') return Int32Array.from(bytes);
  const table = Float32Array.from({ length: 256 }, (_, value) => value / by);
  const values = new Float32Array(bytes.length);
  for (let at = 0; at < bytes.length; at += 1) values[at] = table[bytes[at] as number] as number;
  return values;
}
