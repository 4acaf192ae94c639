/** Writes NumPy's formats for tests, from their published description: npy version 1.0, and npz by another library's zip. */
import { zipSync } from 'fflate';

const arrays = { '|u1': Uint8Array, '|b1': Uint8Array, '<i4': Int32Array, '<f4': Float32Array, '<f8': Float64Array };

export interface TestArray {
  dtype: keyof typeof arrays;
  shape: number[];
  values: number[];
}

export function npyBytes({ dtype, shape, values }: TestArray): Uint8Array {
  const sizes = shape.length === 1 ? `${shape[0]},` : shape.join(', ');
  const text = `{'descr': '${dtype}', 'fortran_order': False, 'shape': (${sizes}), }`;
  const header = `${text.padEnd(Math.ceil((text.length + 11) / 64) * 64 - 11)}\n`;
  const data = arrays[dtype].from(values);
  const start = Buffer.alloc(10);
  start.write('\x93NUMPY\x01\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header, 'latin1'), Buffer.from(data.buffer)]);
}

export function npzBytes(members: Record<string, TestArray>): Uint8Array {
  return zipSync(Object.fromEntries(Object.entries(members).map(([name, array]) => [`${name}.npy`, npyBytes(array)])));
}
