/** Reads and writes tensors in the safetensors format: bytes and a JSON header, nothing that could be executed. */
import { atomicWrite } from './atomicWrite';
import { damaged, withFileProblems } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { parseSafetensorsHeader, tensorBytes } from './safetensorsHeader';
import type { TensorDtype } from './safetensorsHeader';
import { readAll } from './writeAll';

export type TensorData = Float32Array | Float64Array | Int32Array | BigInt64Array | Uint8Array;

/** Row-major values; BOOL holds a byte of 0 or 1 for each. */
export interface StoredTensor {
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  readonly data: TensorData;
}

export interface Safetensors {
  readonly metadata: Readonly<Record<string, string>>;
  readonly tensors: ReadonlyMap<string, StoredTensor>;
}

const arrays: Record<TensorDtype, (bytes: ArrayBuffer) => TensorData> = {
  F32: (bytes) => new Float32Array(bytes),
  F64: (bytes) => new Float64Array(bytes),
  I32: (bytes) => new Int32Array(bytes),
  I64: (bytes) => new BigInt64Array(bytes),
  U8: (bytes) => new Uint8Array(bytes),
  BOOL: (bytes) => new Uint8Array(bytes),
};

/** The reference library sorts so: wide types first, which keeps every tensor aligned, then by name. */
const width: Record<TensorDtype, number> = { F64: 8, I64: 8, F32: 4, I32: 4, U8: 1, BOOL: 1 };
const rank: Record<TensorDtype, number> = { I64: 6, F64: 5, F32: 4, I32: 3, U8: 2, BOOL: 1 };

/** Bytes of tensors up to which they are read in one go. */
const atOnce = 16 << 20;

/** Reads a whole file. Throws a `FileProblem` that names the file for anything that is not exactly as it should be. */
export function readSafetensors(files: FileSystem, file: string): Safetensors {
  return withFileProblems(file, 'read', () => {
    const handle = files.open(file, 'read');
    try {
      const size = files.size(handle);
      const read = (position: number, length: number): Uint8Array => {
        const bytes = new Uint8Array(length);
        if (readAll(files, handle, bytes, position) < length)
          throw damaged(file, `ends before byte ${position + length}.`);
        return bytes;
      };
      const { metadata, tensors, dataStart } = parseSafetensorsHeader(file, size, read);
      // Many small tensors take longer to ask for one by one than to read.
      const all = size - dataStart <= atOnce ? read(dataStart, size - dataStart) : null;
      const bytesAt = (start: number, end: number): Uint8Array =>
        all ? all.slice(start, end) : read(dataStart + start, end - start);
      const stored = new Map<string, StoredTensor>();
      for (const { name, dtype, shape, start, end } of tensors) {
        stored.set(name, { dtype, shape, data: arrays[dtype](bytesAt(start, end).buffer as ArrayBuffer) });
      }
      return { metadata, tensors: stored };
    } finally {
      files.close(handle);
    }
  });
}

/** Writes a file aside and renames it. The same content gives the same bytes, in the reference library's order. */
export function writeSafetensors(files: FileSystem, file: string, { metadata, tensors }: Safetensors): void {
  const ordered = [...tensors].sort(
    ([leftName, left], [rightName, right]) =>
      rank[right.dtype] - rank[left.dtype] || (leftName < rightName ? -1 : leftName > rightName ? 1 : 0),
  );
  const parts: Uint8Array[] = [];
  const entries: string[] = [];
  const metadataNames = Object.keys(metadata).sort();
  if (metadataNames.length > 0) {
    const sorted = metadataNames.map((name) => `${JSON.stringify(name)}:${JSON.stringify(metadata[name])}`);
    entries.push(`"__metadata__":{${sorted.join(',')}}`);
  }
  let offset = 0;
  for (const [name, { dtype, shape, data }] of ordered) {
    const length = tensorBytes(dtype, shape);
    if (length !== data.byteLength || data.BYTES_PER_ELEMENT !== width[dtype] || name === '__metadata__') {
      throw new RangeError(`tensor ${name}: ${data.length} values cannot be written as ${dtype} [${shape.join(', ')}]`);
    }
    const place = { dtype, shape, data_offsets: [offset, offset + length] };
    entries.push(`${JSON.stringify(name)}:${JSON.stringify(place)}`);
    parts.push(new Uint8Array(data.buffer, data.byteOffset, data.byteLength));
    offset += length;
  }
  atomicWrite(files, file, [header(`{${entries.join(',')}}`), ...parts]);
}

/** Length as u64, then JSON, padded with spaces so that the data begins at a multiple of 8. */
function header(json: string): Uint8Array {
  const text = new TextEncoder().encode(json);
  const padded = Math.ceil(text.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(text, 8);
  return bytes;
}
