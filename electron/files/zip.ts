/** Reads members of a zip archive one at a time, each checked for its size before and its checksum after it is unpacked. */
import { inflateRawSync } from 'node:zlib';
import { crc32 } from './crc32c';
import { FileProblem, damaged, systemCode } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import { readAll } from './writeAll';

export interface ZipMember {
  readonly name: string;
  /** Bytes once unpacked, as the archive promises; `read` holds it to that. */
  readonly size: number;
  readonly packedSize: number;
  readonly method: number;
  readonly checksum: number;
  readonly headerAt: number;
}

const endBytes = 22;
const longestComment = 65_535;
const signatures = { end: 0x06054b50, end64: 0x06064b50, locator64: 0x07064b50, entry: 0x02014b50, local: 0x04034b50 };

/** The list of members from the directory at the end of the archive. Throws a `FileProblem` where it is not whole. */
export function listZip(files: FileSystem, handle: OpenFile, file: string): ZipMember[] {
  const size = files.size(handle);
  const tail = bytesAt(files, handle, file, Math.max(0, size - endBytes - longestComment), size);
  let at = tail.length - endBytes;
  while (at >= 0 && tail.readUInt32LE(at) !== signatures.end) at -= 1;
  if (at < 0) {
    throw damaged(
      file,
      `is no zip archive, or is cut short: its directory is missing at its end (byte ${size}). Save or copy it again.`,
    );
  }
  let entries = tail.readUInt16LE(at + 10);
  let start = tail.readUInt32LE(at + 16);
  let length = tail.readUInt32LE(at + 12);
  if (start === 0xffffffff || length === 0xffffffff || entries === 0xffff) {
    const locator = at - 20;
    if (locator >= 0 && tail.readUInt32LE(locator) === signatures.locator64) {
      const end64At = Number(tail.readBigUInt64LE(locator + 8));
      const end64 = bytesAt(files, handle, file, end64At, end64At + 56);
      if (end64.readUInt32LE(0) !== signatures.end64) throw damaged(file, 'has a damaged directory.');
      entries = Number(end64.readBigUInt64LE(32));
      length = Number(end64.readBigUInt64LE(40));
      start = Number(end64.readBigUInt64LE(48));
    }
  }
  const directory = bytesAt(files, handle, file, start, start + length);
  return parseDirectory(file, directory, entries);
}

function parseDirectory(file: string, directory: Buffer, entries: number): ZipMember[] {
  const members: ZipMember[] = [];
  for (let at = 0; members.length < entries;) {
    if (at + 46 > directory.length || directory.readUInt32LE(at) !== signatures.entry) {
      throw damaged(file, `has a damaged directory (entry ${members.length + 1} of ${entries}).`);
    }
    const nameEnd = at + 46 + directory.readUInt16LE(at + 28);
    const extraEnd = nameEnd + directory.readUInt16LE(at + 30);
    const name = directory.toString('utf8', at + 46, nameEnd);
    if ((directory.readUInt16LE(at + 8) & 1) === 1) {
      throw new FileProblem('unsupported', file, `${file}: ${name} is encrypted, which cannot be read.`);
    }
    const large = largeSizes(directory, nameEnd, Math.min(extraEnd, directory.length), [
      directory.readUInt32LE(at + 24),
      directory.readUInt32LE(at + 20),
      directory.readUInt32LE(at + 42),
    ]);
    members.push({
      name,
      size: large[0],
      packedSize: large[1],
      headerAt: large[2],
      method: directory.readUInt16LE(at + 10),
      checksum: directory.readUInt32LE(at + 16),
    });
    at = extraEnd + directory.readUInt16LE(at + 32);
  }
  return members;
}

/** Sizes of 4 GB and more stand in an extra field, in this order, only those that did not fit. */
function largeSizes(
  bytes: Buffer,
  from: number,
  to: number,
  small: [number, number, number],
): [number, number, number] {
  const sizes: [number, number, number] = [...small];
  for (let at = from; at + 4 <= to; at += 4 + bytes.readUInt16LE(at + 2)) {
    if (bytes.readUInt16LE(at) !== 1) continue;
    let next = at + 4;
    for (const index of [0, 1, 2] as const) {
      if (sizes[index] !== 0xffffffff || next + 8 > to) continue;
      sizes[index] = Number(bytes.readBigUInt64LE(next));
      next += 8;
    }
  }
  return sizes;
}

/** Unpacks a member. It must fit in `largest` bytes, be of the size that it promised, and have its checksum. */
export function readZipMember(
  files: FileSystem,
  handle: OpenFile,
  file: string,
  member: ZipMember,
  largest: number,
): Uint8Array {
  const { name, size, packedSize, method, headerAt } = member;
  if (size > largest) {
    throw new FileProblem(
      'too-large',
      file,
      `${file}: ${name} would take ${size} bytes unpacked; ${largest} are allowed. Split it into smaller files.`,
    );
  }
  const local = bytesAt(files, handle, file, headerAt, headerAt + 30);
  if (local.readUInt32LE(0) !== signatures.local)
    throw damaged(file, `is damaged where ${name} should begin (byte ${headerAt}).`);
  const dataAt = headerAt + 30 + local.readUInt16LE(26) + local.readUInt16LE(28);
  const packed = bytesAt(files, handle, file, dataAt, dataAt + packedSize);
  const bytes = unpack(file, member, packed, method);
  if (bytes.length !== size)
    throw damaged(file, `is damaged: ${name} has ${bytes.length} bytes, ${size} were promised.`);
  if (crc32(bytes) !== member.checksum) throw damaged(file, `is damaged: the checksum of ${name} differs.`);
  return bytes;
}

function unpack(file: string, { name, size }: ZipMember, packed: Buffer, method: number): Uint8Array {
  if (method === 0) return packed;
  if (method !== 8) {
    throw new FileProblem(
      'unsupported',
      file,
      `${file}: ${name} is packed in a way that cannot be read (method ${method}).`,
    );
  }
  try {
    // Stops as soon as there is a byte more than was promised: that is how an archive bomb would show.
    return inflateRawSync(packed, { maxOutputLength: Math.max(1, size) });
  } catch (error) {
    const more = systemCode(error) === 'ERR_BUFFER_TOO_LARGE';
    throw damaged(
      file,
      more
        ? `is damaged: ${name} has more than the ${size} bytes it promised.`
        : `is damaged: ${name} cannot be unpacked.`,
    );
  }
}

function bytesAt(files: FileSystem, handle: OpenFile, file: string, start: number, end: number): Buffer {
  const size = files.size(handle);
  if (start > end || end > size)
    throw damaged(file, `is cut short: bytes ${start} to ${end} are announced, it has ${size}.`);
  const bytes = Buffer.alloc(end - start);
  readAll(files, handle, bytes, start);
  return bytes;
}
