/** Writes NumPy archives: arrays by name in a zip, not packed, the same bytes for the same content. */
import { atomicWrite } from './atomicWrite';
import { crc32 } from './crc32c';
import type { FileSystem } from './fileSystem';
import { npyHeader, type NpyType } from './writeNpy';

/** An array as `writeNpz` takes it; the type is that of its values. */
export interface NpzArray {
  readonly shape: readonly number[];
  readonly data: ArrayBufferView;
}

/** Zip without its 64-bit form holds 4 GB, and NumPy reads both. */
const largest = 2 ** 32 - 1;

export function writeNpz(files: FileSystem, file: string, arrays: ReadonlyMap<string, NpzArray>): void {
  const members = [...arrays].map(([name, { shape, data }]) => {
    const header = npyHeader(typeOf(name, data), shape);
    return memberOf(`${name}.npy`, [header, new Uint8Array(data.buffer, data.byteOffset, data.byteLength)]);
  });
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let at = 0;
  for (const member of members) {
    parts.push(member.local, ...member.parts);
    directory.push(member.entry(at));
    at += member.local.length + member.size;
  }
  const listed = directory.reduce((sum, { length }) => sum + length, 0);
  if (at + listed > largest) throw new RangeError(`${file}: ${at + listed} bytes are more than a zip archive holds`);
  atomicWrite(files, file, [...parts, ...directory, endOf(members.length, listed, at)]);
}

function typeOf(name: string, data: ArrayBufferView): NpyType {
  if (data instanceof Float32Array) return 'float32';
  if (data instanceof Int32Array) return 'int32';
  if (data instanceof BigInt64Array) return 'int64';
  throw new RangeError(`array ${name} is of a type that is not written`);
}

interface Member {
  local: Uint8Array;
  parts: readonly Uint8Array[];
  size: number;
  /** Its line in the directory, for the place where it begins. */
  entry: (at: number) => Uint8Array;
}

/** The time is fixed: 1 January 1980, the first that a zip knows. */
function memberOf(name: string, parts: readonly Uint8Array[]): Member {
  const bytes = Buffer.from(name, 'utf8');
  const size = parts.reduce((sum, { length }) => sum + length, 0);
  const checksum = parts.reduce((value, part) => crc32(part, 0, part.length, value), 0);
  const facts = Buffer.alloc(26);
  // Version 2.0, names in UTF-8, not packed, no time, the first day.
  [20, 0x0800, 0, 0, 0x21].forEach((value, place) => facts.writeUInt16LE(value, 2 * place));
  facts.writeUInt32LE(checksum, 10);
  facts.writeUInt32LE(size, 14);
  facts.writeUInt32LE(size, 18);
  facts.writeUInt16LE(bytes.length, 22);
  const mark = (value: number): Buffer => {
    const four = Buffer.alloc(4);
    four.writeUInt32LE(value);
    return four;
  };
  return {
    local: Buffer.concat([mark(0x04034b50), facts, bytes]),
    parts,
    size,
    entry: (at) => {
      const rest = Buffer.alloc(14);
      rest.writeUInt32LE(at, 10);
      return Buffer.concat([mark(0x02014b50), Buffer.from([20, 0]), facts, rest, bytes]);
    },
  };
}

function endOf(count: number, bytes: number, at: number): Uint8Array {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(bytes, 12);
  end.writeUInt32LE(at, 16);
  return end;
}
