/** Checks the header of a safetensors file down to the last byte, before anything that it promises is believed. */
import { damaged, FileProblem } from './fileProblem';
import { duplicateKey } from './duplicateKey';

const bytesPerValue = { F64: 8, I64: 8, F32: 4, I32: 4, U8: 1, BOOL: 1 } as const;
export type TensorDtype = keyof typeof bytesPerValue;

const largestHeader = 100_000_000;

/** `start` and `end`: bytes from the beginning of the data. */
export interface TensorPlace {
  readonly name: string;
  readonly dtype: TensorDtype;
  readonly shape: readonly number[];
  readonly start: number;
  readonly end: number;
}

export interface SafetensorsHeader {
  readonly metadata: Readonly<Record<string, string>>;
  /** In the order of their data. */
  readonly tensors: readonly TensorPlace[];
  readonly dataStart: number;
}

export function tensorBytes(dtype: TensorDtype, shape: readonly number[]): number {
  return shape.reduce((product, dim) => product * dim, bytesPerValue[dtype]);
}

/** `read` gives bytes of the file. Throws a `FileProblem`; the data then is one run of tensors without gap or overlap. */
export function parseSafetensorsHeader(
  file: string,
  size: number,
  read: (position: number, length: number) => Uint8Array,
): SafetensorsHeader {
  if (size < 8) throw damaged(file, `has ${size} bytes: too short for a safetensors file.`);
  const length = Number(new DataView(read(0, 8).buffer).getBigUint64(0, true));
  if (length > largestHeader)
    throw damaged(file, `announces a header of ${length} bytes; the limit is ${largestHeader}.`);
  if (8 + length > size)
    throw damaged(file, `announces a header of ${length} bytes but has only ${size - 8} after it.`);
  const header = parseJson(file, read(8, length));
  const metadata = checkMetadata(file, header.__metadata__ ?? {});
  const tensors = Object.entries(header)
    .filter(([name]) => name !== '__metadata__')
    .map(([name, entry]) => checkTensor(file, name, entry))
    .sort((left, right) => left.start - right.start || left.end - right.end);
  checkLayout(file, tensors, size - 8 - length);
  return { metadata, tensors, dataStart: 8 + length };
}

function parseJson(file: string, bytes: Uint8Array): Record<string, unknown> {
  let header: unknown;
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    header = JSON.parse(text);
  } catch {
    throw damaged(file, 'has a header that is not JSON. Is it a safetensors file?');
  }
  if (!text.startsWith('{') || !isObject(header)) throw damaged(file, 'has a header that is not a JSON object.');
  const twice = duplicateKey(text);
  if (twice !== null) throw damaged(file, `has the name "${twice}" twice in its header.`);
  return header;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function checkMetadata(file: string, value: unknown): Record<string, string> {
  const entries = isObject(value) ? Object.entries(value) : [];
  if (!isObject(value) || !entries.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw damaged(file, 'has metadata that are not texts.');
  }
  return Object.fromEntries(entries);
}

function checkTensor(file: string, name: string, entry: unknown): TensorPlace {
  const wrong = (what: string): FileProblem => damaged(file, `has a wrong header: tensor "${name}" ${what}.`);
  if (!isObject(entry)) throw wrong('is not an object');
  const { dtype, shape, data_offsets: offsets } = entry;
  if (Object.keys(entry).length !== 3) throw wrong('must have dtype, shape and data_offsets, and nothing else');
  if (typeof dtype !== 'string') throw wrong('has no dtype');
  if (!isDtype(dtype)) {
    const known = Object.keys(bytesPerValue).join(', ');
    throw new FileProblem('unsupported', file, `${file}: tensor "${name}" is of type ${dtype}; ${known} can be read.`);
  }
  if (!isCounts(shape)) throw wrong('has a shape that is not a list of sizes');
  if (!isCounts(offsets) || offsets.length !== 2) throw wrong('has no pair of data_offsets');
  const [start, end] = offsets as [number, number];
  const expected = tensorBytes(dtype, shape);
  if (end - start !== expected) {
    throw wrong(`takes ${end - start} bytes, but ${dtype} [${shape.join(', ')}] needs ${expected}`);
  }
  return { name, dtype, shape, start, end };
}

function isDtype(value: string): value is TensorDtype {
  return Object.prototype.hasOwnProperty.call(bytesPerValue, value);
}

function isCounts(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((item) => Number.isSafeInteger(item) && (item as number) >= 0);
}

function checkLayout(file: string, tensors: readonly TensorPlace[], dataBytes: number): void {
  let next = 0;
  for (const { name, start, end } of tensors) {
    if (start > next) throw damaged(file, `has ${start - next} bytes before tensor "${name}" that belong to none.`);
    if (start < next) throw damaged(file, `has a wrong header: tensor "${name}" overlaps the one before it.`);
    next = end;
  }
  if (next > dataBytes) throw damaged(file, `is cut short: ${dataBytes} bytes of tensors, ${next} announced.`);
  if (next < dataBytes) throw damaged(file, `has ${dataBytes - next} bytes at its end that belong to no tensor.`);
}
