/** NumPy's arrays and archives as NumPy itself wrote them, and every way in which such a file can be cut or lie. */
import { copyFileSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { parseNpy } from '../../../electron/files/npy';
import { readNpy, readNpz } from '../../../electron/files/npz';
import { examples } from '../../drivers/examples';

const folder = mkdtempSync(join(tmpdir(), 'netloom-npz-'));
const fixture = (name: string): string => join(import.meta.dirname, 'fixtures', name);
const made = (name: string, bytes: Uint8Array): string => {
  const file = join(folder, name);
  writeFileSync(file, bytes);
  return file;
};

const expected = JSON.parse(readFileSync(fixture('arrays.json'), 'utf8')) as Record<
  string,
  { shape: number[]; values: number[] }
>;

/** A file of version 1 with any header text. */
function npyOf(header: string, data: number[] = []): Uint8Array {
  const start = Buffer.from('\x93NUMPY\x01\x00\x00\x00', 'latin1');
  start.writeUInt16LE(header.length, 8);
  return Buffer.concat([start, Buffer.from(header), Buffer.from(data)]);
}

describe('an archive of arrays', () => {
  it.each(['stored.npz', 'deflated.npz'])('gives what NumPy put in: %s', (name) => {
    const arrays = readNpz(diskFiles, fixture(name));
    expect([...arrays.keys()].sort()).toEqual(Object.keys(expected).sort());
    for (const [key, { shape, values }] of Object.entries(expected)) {
      expect(arrays.get(key)?.shape).toEqual(shape);
      expect(Array.from(arrays.get(key)?.values ?? [])).toEqual(values);
    }
    expect(arrays.get('f4')?.values).toBeInstanceOf(Float32Array);
    expect(arrays.get('u1')?.values).toBeInstanceOf(Uint8Array);
  });

  it('gives only the arrays asked for, and names one that is not there', () => {
    expect([...readNpz(diskFiles, fixture('stored.npz'), { only: ['i8', 'f4'] }).keys()].sort()).toEqual(['f4', 'i8']);
    expect(() => readNpz(diskFiles, fixture('stored.npz'), { only: ['x_train'] })).toThrow(
      /has no array "x_train"; it has f4, f8/,
    );
  });

  it.each(['stored.npz', 'deflated.npz'])('cut short anywhere is named, never half read: %s', (name) => {
    const bytes = readFileSync(fixture(name));
    for (let length = 0; length < bytes.length; length += 11) {
      const file = made('cut.npz', bytes.subarray(0, length));
      expect(() => readNpz(diskFiles, file)).toThrow(expect.objectContaining({ code: 'damaged', file }));
      expect(() => readNpz(diskFiles, file)).toThrow('cut short');
    }
  });

  it('with any bytes changed gives a plain error or the very same values', () => {
    const bytes = readFileSync(fixture('deflated.npz'));
    const file = join(folder, 'changed.npz');
    const known = readNpz(diskFiles, fixture('deflated.npz'));
    fc.assert(
      fc.property(fc.nat(bytes.length - 1), fc.integer({ min: 1, max: 255 }), (at, mask) => {
        const changed = Buffer.from(bytes);
        changed[at] = (changed[at] as number) ^ mask;
        writeFileSync(file, changed);
        try {
          for (const [name, array] of readNpz(diskFiles, file)) {
            if (known.has(name)) expect(array).toEqual(known.get(name));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FileProblem);
        }
      }),
      { numRuns: examples(800) },
    );
  });

  it('is refused before it fills the memory, whether it says its size or lies about it', () => {
    expect(() => readNpz(diskFiles, fixture('bomb.npz'), { largest: 1e6 })).toThrow(
      expect.objectContaining({
        code: 'too-large',
        message: expect.stringContaining('3000000 bytes unpacked') as unknown,
      }),
    );
    const bytes = readFileSync(fixture('bomb.npz'));
    const directory = bytes.readUInt32LE(bytes.length - 22 + 16);
    bytes.writeUInt32LE(1000, directory + 24);
    const liar = made('liar.npz', bytes);
    expect(() => readNpz(diskFiles, liar, { largest: 1e6 })).toThrow('x.npy has more than the 1000 bytes it promised');
  });

  it('says so where it is something else', () => {
    expect(() => readNpz(diskFiles, made('a.npz', Buffer.from('a,b\n1,2\n')))).toThrow('is no zip archive');
    expect(() => readNpz(diskFiles, join(folder, 'nowhere.npz'))).toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});

describe('a single array', () => {
  it.each([1, 2, 3])('is read in version %i of the format', (version) => {
    const array = readNpy(diskFiles, fixture(`version${version}.npy`));
    expect(array).toEqual({ shape: [2, 3], dtype: '<f4', values: Float32Array.of(0, 1, 2, 3, 4, 5) });
  });

  it('is the same wherever it lies in memory', () => {
    const bytes = readFileSync(fixture('version1.npy'));
    for (let shift = 0; shift < 8; shift += 1) {
      const moved = new Uint8Array(bytes.length + shift);
      moved.set(bytes, shift);
      expect(parseNpy('x', moved.subarray(shift)).values).toEqual(Float32Array.of(0, 1, 2, 3, 4, 5));
    }
  });

  it.each([
    ['objects', 'object.npy', 'holds Python objects, which are not opened'],
    ['big-endian values', 'bigendian.npy', "Save it with array.astype('<f4')"],
    ['texts', 'text.npy', 'has values of type <U2'],
  ])('of %s is refused with what to do', (_, name, message) => {
    expect(() => readNpy(diskFiles, fixture(name))).toThrow(message);
    expect(() => readNpy(diskFiles, fixture(name))).toThrow(expect.objectContaining({ code: 'unsupported' }));
  });

  it.each([
    ["{'descr': '<f4', 'fortran_order': False, 'shape': (3,), }", 'needs 12 bytes, there are 4'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (3,), }", 'has bytes left over'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (999999999999999, 999999999999999), }", 'is cut short'],
    ["{'descr': '|u1', 'fortran_order': False, 'shape': (-4,), }", 'does not describe an array'],
    ["{'descr': '|u1', 'fortran_order': Perhaps, 'shape': (4,), }", 'does not describe an array'],
    ["{'descr': [('a', '<f4')], 'fortran_order': False, 'shape': (1,), }", 'holds records with fields'],
    ['hello', 'does not describe an array'],
    [`{'descr': '|u1', 'fortran_order': False, 'shape': (${'1'.repeat(50_000)}`, 'does not describe an array'],
  ])('with the header %s is refused', (header, message) => {
    expect(() => parseNpy('some.npy', npyOf(header, [1, 2, 3, 4]))).toThrow(message);
  });

  it('keeps 64-bit integers exact or says which it cannot', () => {
    const header = "{'descr': '<i8', 'fortran_order': False, 'shape': (2,), }";
    const data = Buffer.alloc(16);
    data.writeBigInt64LE(-(2n ** 53n) + 1n, 0);
    expect(Array.from(parseNpy('x', npyOf(header, [...data])).values)).toEqual([-(2 ** 53) + 1, 0]);
    data.writeBigInt64LE(2n ** 53n, 8);
    expect(() => parseNpy('x', npyOf(header, [...data]))).toThrow('value 1 is 9007199254740992, beyond');
  });

  it('takes any header that Python may write, in any order', () => {
    const header = '{"shape": (2L, 2,), "fortran_order": True, "descr": "|i1"}   \n';
    expect(parseNpy('x', npyOf(header, [1, 2, 3, 255]))).toEqual({
      shape: [2, 2],
      dtype: '|i1',
      values: Int8Array.of(1, 3, 2, -1),
    });
  });

  it('larger than allowed is refused by its size alone', () => {
    copyFileSync(fixture('version1.npy'), join(folder, 'large.npy'));
    expect(() => readNpy(diskFiles, join(folder, 'large.npy'), { largest: 100 })).toThrow(
      'has 152 bytes; 100 are allowed',
    );
  });
});
