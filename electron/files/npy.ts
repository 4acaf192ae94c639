/** Reads NumPy's array format, versions 1 to 3: numbers and booleans only, never a pickled object. */
import { FileProblem, damaged } from './fileProblem';

export type NpyValues =
  Float32Array | Float64Array | Int8Array | Uint8Array | Int16Array | Uint16Array | Int32Array | Uint32Array;

/** Row-major (C order), whatever order the file has. 64-bit integers come as doubles, exact up to 2^53. */
export interface NpyArray {
  readonly shape: readonly number[];
  /** As NumPy spells it, such as `<f4`, `|u1` or `<i8`. */
  readonly dtype: string;
  readonly values: NpyValues;
}

export interface NpyHeader {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly fortranOrder: boolean;
  /** Where the values begin. */
  readonly dataStart: number;
  readonly dataBytes: number;
}

type Decoder = (bytes: ArrayBufferLike, at: number, length: number, name: string) => NpyValues;

const decoders: Record<string, { width: number; decode: Decoder }> = {
  '<f4': { width: 4, decode: (bytes, at, length) => new Float32Array(bytes, at, length) },
  '<f8': { width: 8, decode: (bytes, at, length) => new Float64Array(bytes, at, length) },
  '|i1': { width: 1, decode: (bytes, at, length) => new Int8Array(bytes, at, length) },
  '|u1': { width: 1, decode: (bytes, at, length) => new Uint8Array(bytes, at, length) },
  '|b1': { width: 1, decode: (bytes, at, length) => new Uint8Array(bytes, at, length) },
  '<i2': { width: 2, decode: (bytes, at, length) => new Int16Array(bytes, at, length) },
  '<u2': { width: 2, decode: (bytes, at, length) => new Uint16Array(bytes, at, length) },
  '<i4': { width: 4, decode: (bytes, at, length) => new Int32Array(bytes, at, length) },
  '<u4': { width: 4, decode: (bytes, at, length) => new Uint32Array(bytes, at, length) },
  '<i8': { width: 8, decode: (bytes, at, length, name) => toDoubles(new BigInt64Array(bytes, at, length), name) },
  '<u8': { width: 8, decode: (bytes, at, length, name) => toDoubles(new BigUint64Array(bytes, at, length), name) },
};

const magic = '\x93NUMPY';
const largestHeader = 2 ** 20;

/**
 * Decodes an array. `name` is what messages call it: a file, or a file and a member. Throws a `FileProblem` where the
 * bytes are not exactly one array of a type that is known.
 */
export function parseNpy(name: string, bytes: Uint8Array): NpyArray {
  const header = parseNpyHeader(name, bytes, bytes.length);
  const decoder = decoders[header.dtype];
  if (!decoder) throw new Error(`no decoder for ${header.dtype}`);
  // NumPy puts the values at a multiple of 64, so that they mostly need no copy.
  const aligned = (bytes.byteOffset + header.dataStart) % 8 === 0;
  const data = aligned ? bytes.subarray(header.dataStart) : new Uint8Array(bytes.subarray(header.dataStart));
  const values = decoder.decode(data.buffer, data.byteOffset, header.dataBytes / decoder.width, name);
  const ordered = header.fortranOrder ? toRowMajor(values, header.shape) : values;
  return { shape: header.shape, dtype: header.dtype, values: ordered };
}

/** Checks a header against the size of the whole array in bytes; `start` need only hold the header. */
function parseNpyHeader(name: string, start: Uint8Array, size: number): NpyHeader {
  if (start.length < 12) throw damaged(name, `has ${size} bytes: too short for a NumPy array.`);
  if (Buffer.from(start.subarray(0, 6)).toString('latin1') !== magic) {
    throw damaged(name, 'is no NumPy array: it does not begin with the mark of the npy format.');
  }
  const view = new DataView(start.buffer, start.byteOffset);
  const version = start[6] as number;
  if (version < 1 || version > 3) {
    throw new FileProblem('unsupported', name, `${name} has version ${version} of the npy format; 1 to 3 can be read.`);
  }
  const textAt = version === 1 ? 10 : 12;
  const length = version === 1 ? view.getUint16(8, true) : view.getUint32(8, true);
  const dataStart = textAt + length;
  if (length > largestHeader)
    throw damaged(name, `announces a header of ${length} bytes; the limit is ${largestHeader}.`);
  if (dataStart > start.length) throw damaged(name, `is cut short within its header, at byte ${start.length}.`);
  const text = Buffer.from(start.subarray(textAt, dataStart)).toString(version === 3 ? 'utf8' : 'latin1');
  const { dtype, shape, fortranOrder } = parseDictionary(name, text);
  const values = shape.reduce((product, dim) => product * dim, 1);
  const dataBytes = values * widthOf(name, dtype);
  if (dataStart + dataBytes !== size) {
    const what = dataStart + dataBytes > size ? 'is cut short' : 'has bytes left over';
    throw damaged(
      name,
      `${what}: ${dtype} [${shape.join(', ')}] needs ${dataBytes} bytes, there are ${size - dataStart}.`,
    );
  }
  return { dtype, shape, fortranOrder, dataStart, dataBytes };
}

function widthOf(name: string, dtype: string): number {
  const decoder = Object.prototype.hasOwnProperty.call(decoders, dtype) ? decoders[dtype] : undefined;
  if (decoder) return decoder.width;
  const unsupported = (message: string): FileProblem => new FileProblem('unsupported', name, `${name} ${message}`);
  if (dtype.includes('O'))
    throw unsupported('holds Python objects, which are not opened. Save plain arrays of numbers.');
  if (dtype.startsWith('>'))
    throw unsupported(`has big-endian values (${dtype}). Save it with array.astype('<${dtype.slice(1)}').`);
  throw unsupported(`has values of type ${dtype}. Save it with array.astype('float32'), or as integers.`);
}

/** The header is a Python dictionary with exactly three keys, in any order. */
function parseDictionary(name: string, text: string): Pick<NpyHeader, 'dtype' | 'shape' | 'fortranOrder'> {
  const dtype = /['"]descr['"]\s*:\s*['"]([^'"]{1,32})['"]\s*[,}]/.exec(text)?.[1];
  const order = /['"]fortran_order['"]\s*:\s*(True|False)\s*[,}]/.exec(text)?.[1];
  const sizes = /['"]shape['"]\s*:\s*\(\s*((?:\d{1,15}L?\s*,\s*)*(?:\d{1,15}L?\s*)?)\)\s*[,}]/.exec(text)?.[1];
  if (!/^\{.*\}\s*$/s.test(text) || order === undefined || sizes === undefined) {
    throw damaged(name, 'has a header that does not describe an array.');
  }
  if (dtype === undefined) {
    throw new FileProblem(
      'unsupported',
      name,
      `${name} holds records with fields; save each field as an array of its own.`,
    );
  }
  const shape = [...sizes.matchAll(/\d+/g)].map(([digits]) => Number(digits));
  return { dtype, shape, fortranOrder: order === 'True' };
}

function toDoubles(values: BigInt64Array | BigUint64Array, name: string): Float64Array {
  const doubles = new Float64Array(values.length);
  for (let at = 0; at < values.length; at += 1) {
    const value = Number(values[at]);
    if (!Number.isSafeInteger(value)) {
      throw new FileProblem(
        'bad-value',
        name,
        `${name}: value ${at} is ${values[at]}, beyond what can be kept exactly (2^53).`,
      );
    }
    doubles[at] = value;
  }
  return doubles;
}

function toRowMajor<Values extends NpyValues>(values: Values, shape: readonly number[]): Values {
  const ordered = values.slice() as Values;
  const index = new Array<number>(shape.length).fill(0);
  const strides = shape.map((_, axis) => shape.slice(0, axis).reduce((product, dim) => product * dim, 1));
  let from = 0;
  for (let at = 0; at < ordered.length; at += 1) {
    ordered[at] = values[from] as number;
    for (let axis = shape.length - 1; axis >= 0; axis -= 1) {
      index[axis] = (index[axis] as number) + 1;
      from += strides[axis] as number;
      if ((index[axis] as number) < (shape[axis] as number)) break;
      from -= (shape[axis] as number) * (strides[axis] as number);
      index[axis] = 0;
    }
  }
  return ordered;
}
