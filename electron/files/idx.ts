/** Reads the IDX format of MNIST, plain or gzipped: streamed, and refused before memory is taken for what is not there. */
import { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { FileProblem, damaged, fileProblemFrom, systemCode } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { readChunks } from './readChunks';
import { readAll } from './writeAll';

export type IdxValues = Uint8Array | Int8Array | Int16Array | Int32Array | Float32Array | Float64Array;

/** Row-major values, as the file has them. */
export interface IdxArray {
  readonly shape: readonly number[];
  readonly values: IdxValues;
}

export interface IdxOptions {
  /** How many dimensions there must be; anything else is named as an error. */
  readonly dimensions?: number;
  /** Bytes that the values may take in memory. */
  readonly largest?: number;
}

interface Element {
  width: 1 | 2 | 4 | 8;
  view: (bytes: ArrayBuffer) => IdxValues;
}

const elements = new Map<number, Element>([
  [0x08, { width: 1, view: (bytes) => new Uint8Array(bytes) }],
  [0x09, { width: 1, view: (bytes) => new Int8Array(bytes) }],
  [0x0b, { width: 2, view: (bytes) => new Int16Array(bytes) }],
  [0x0c, { width: 4, view: (bytes) => new Int32Array(bytes) }],
  [0x0d, { width: 4, view: (bytes) => new Float32Array(bytes) }],
  [0x0e, { width: 8, view: (bytes) => new Float64Array(bytes) }],
]);

interface Header {
  element: Element;
  shape: number[];
  headerBytes: number;
  dataBytes: number;
}

const largestHeader = 4 + 4 * 255;

/** Throws a `FileProblem` that names the file, and the byte where it is not what it says it is. */
export async function readIdx(files: FileSystem, file: string, options: IdxOptions = {}): Promise<IdxArray> {
  let start = Buffer.alloc(0);
  let header: Header | undefined;
  let data = new Uint8Array(0);
  let filled = 0;
  for await (const chunk of unpacked(files, file)) {
    let rest = chunk;
    if (!header) {
      start = Buffer.concat([start, chunk]);
      header = parseHeader(file, start, options);
      if (!header) continue;
      checkPlainSize(files, file, header);
      data = new Uint8Array(header.dataBytes);
      rest = start.subarray(header.headerBytes);
    }
    if (filled + rest.length > data.length) throw leftOver(file, header);
    data.set(rest, filled);
    filled += rest.length;
  }
  if (!header) throw damaged(file, `is cut short within its header, at byte ${start.length}.`);
  if (filled < data.length) throw cutShort(file, header, filled);
  swapBytes(data, header.element.width);
  return { shape: header.shape, values: header.element.view(data.buffer) };
}

/** The bytes of the format: those of the file, unpacked where it begins as a gzip file does. */
async function* unpacked(files: FileSystem, file: string): AsyncGenerator<Buffer> {
  try {
    yield* isGzip(files, file)
      ? (Readable.from(readChunks(files, file)).pipe(createGunzip()) as AsyncIterable<Buffer>)
      : readChunks(files, file);
  } catch (error) {
    if (systemCode(error)?.startsWith('Z_')) {
      const cut = systemCode(error) === 'Z_BUF_ERROR';
      const size = files.facts(file)?.size ?? 0;
      throw damaged(
        file,
        cut
          ? `is cut short: the gzip data do not end at byte ${size}.`
          : 'is damaged: its gzip data cannot be unpacked.',
      );
    }
    throw systemCode(error) === undefined ? error : fileProblemFrom(error, file, 'read');
  }
}

function isGzip(files: FileSystem, file: string): boolean {
  const handle = files.open(file, 'read');
  try {
    const start = new Uint8Array(2);
    const count = readAll(files, handle, start, 0);
    return start[0] === 0x1f && (count === 1 || start[1] === 0x8b);
  } finally {
    files.close(handle);
  }
}

/** Undefined while there are too few bytes to tell. */
function parseHeader(file: string, bytes: Buffer, { dimensions, largest = 2 ** 31 }: IdxOptions): Header | undefined {
  if (bytes.length < 4) return undefined;
  const element = elements.get(bytes[2] as number);
  const count = bytes[3] as number;
  if (bytes[0] !== 0 || bytes[1] !== 0 || !element) {
    const found = bytes.subarray(0, 4).toString('hex');
    throw damaged(
      file,
      `is no IDX file: it begins with ${found}, not with 0000, a type (08 to 0e) and a count of dimensions.`,
    );
  }
  if (dimensions !== undefined && count !== dimensions) {
    throw damaged(
      file,
      `has ${count} dimensions, ${dimensions} were expected. Are images and labels the wrong way round?`,
    );
  }
  const headerBytes = 4 + 4 * count;
  if (bytes.length < headerBytes) {
    if (bytes.length > largestHeader) throw damaged(file, 'has no end to its header.');
    return undefined;
  }
  const shape = Array.from({ length: count }, (_, axis) => bytes.readUInt32BE(4 + 4 * axis));
  const dataBytes = shape.reduce((product, dim) => product * dim, element.width);
  if (dataBytes > largest) {
    throw new FileProblem(
      'too-large',
      file,
      `${file} announces [${shape.join(', ')}]: ${dataBytes} bytes; ${largest} are allowed.`,
    );
  }
  return { element, shape, headerBytes, dataBytes };
}

/** A file that is not packed tells by its length alone; a packed one shows it while it is unpacked. */
function checkPlainSize(files: FileSystem, file: string, header: Header): void {
  if (isGzip(files, file)) return;
  const there = (files.facts(file)?.size ?? 0) - header.headerBytes;
  if (there < header.dataBytes) throw cutShort(file, header, there);
  if (there > header.dataBytes) throw leftOver(file, header);
}

function cutShort(file: string, { shape, dataBytes }: Header, there: number): FileProblem {
  return damaged(file, `is cut short: [${shape.join(', ')}] needs ${dataBytes} bytes of values, there are ${there}.`);
}

function leftOver(file: string, { shape, dataBytes }: Header): FileProblem {
  return damaged(file, `has bytes left over: [${shape.join(', ')}] needs only ${dataBytes} bytes of values.`);
}

/** IDX is big-endian; this machine is not. */
function swapBytes(bytes: Uint8Array, width: 1 | 2 | 4 | 8): void {
  const buffer = Buffer.from(bytes.buffer);
  if (width === 2) buffer.swap16();
  if (width === 4) buffer.swap32();
  if (width === 8) buffer.swap64();
}
