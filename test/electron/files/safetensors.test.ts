/** Tensors in files: equal to what the reference library wrote, to the byte, and nothing but a plain error for bad files. */
import { mkdtempSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { removeLeftovers } from '../../../electron/files/atomicWrite';
import { duplicateKey } from '../../../electron/files/duplicateKey';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors } from '../../../electron/files/safetensors';
import type { Safetensors, StoredTensor } from '../../../electron/files/safetensors';
import { examples } from '../../drivers/examples';
import { everyFailure } from './everyFailure';

const folder = mkdtempSync(join(tmpdir(), 'netloom-safetensors-'));
const reference = join(import.meta.dirname, 'fixtures', 'reference.safetensors');

const read = (file: string): Safetensors => readSafetensors(diskFiles, file);

function fileOf(header: string | object, data: Uint8Array = new Uint8Array(0)): string {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.length));
  const file = join(folder, 'made.safetensors');
  writeFileSync(file, Buffer.concat([length, text, data]));
  return file;
}

const tensor = (start: number, end: number, shape = [end - start], dtype = 'U8'): object => ({
  dtype,
  shape,
  data_offsets: [start, end],
});

describe('a file that the reference library wrote', () => {
  const { metadata, tensors } = read(reference);

  it('is read value by value', () => {
    expect(metadata).toEqual({ netloom: 'état' });
    expect(tensors.get('dense.kernel')).toEqual({
      dtype: 'F32',
      shape: [2, 3],
      data: Float32Array.of(0, 0.125, 0.25, 0.375, 0.5, 0.625),
    });
    expect(tensors.get('dense.bias')?.data).toEqual(Float32Array.of(1.5, -2, Infinity));
    expect(tensors.get('exact')?.data).toEqual(Float64Array.of(Math.PI, 5e-324));
    expect(tensors.get('step')).toEqual({ dtype: 'I64', shape: [], data: BigInt64Array.of(-(2n ** 62n)) });
    expect(tensors.get('labels')?.data).toEqual(Int32Array.of(3, -1, 2 ** 31 - 1));
    expect(tensors.get('mask')).toEqual({ dtype: 'BOOL', shape: [3], data: Uint8Array.of(1, 0, 1) });
    expect(tensors.get('empty')).toEqual({ dtype: 'F32', shape: [0, 4], data: new Float32Array(0) });
    expect(tensors.get('größe')?.data).toEqual(Uint8Array.of(7));
    expect(tensors.size).toBe(9);
  });

  it('is written again to the same bytes, whatever order the tensors come in', () => {
    const file = join(folder, 'again.safetensors');
    writeSafetensors(diskFiles, file, { metadata, tensors: new Map([...tensors].reverse()) });
    expect(readFileSync(file).equals(readFileSync(reference))).toBe(true);
  });
});

describe('writing tensors', () => {
  it('keeps any names, shapes, values and metadata', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1 }).filter((text) => text !== '__metadata__');
    const stored: fc.Arbitrary<StoredTensor> = fc.oneof(
      fc.float32Array({ maxLength: 9 }).map((data) => ({ dtype: 'F32' as const, shape: [data.length], data })),
      fc.float64Array({ maxLength: 9 }).map((data) => ({ dtype: 'F64' as const, shape: [data.length, 1], data })),
      fc.uint8Array({ maxLength: 9 }).map((data) => ({ dtype: 'U8' as const, shape: [1, data.length], data })),
    );
    const names = fc.string({ unit: 'grapheme' });
    const file = join(folder, 'any.safetensors');
    fc.assert(
      fc.property(fc.array(fc.tuple(name, stored)), fc.dictionary(names, names), (entries, metadata) => {
        const tensors = new Map(entries);
        writeSafetensors(diskFiles, file, { metadata, tensors });
        const found = read(file);
        expect(new Map(Object.entries(found.metadata))).toEqual(new Map(Object.entries(metadata)));
        expect(found.tensors.size).toBe(tensors.size);
        for (const [key, value] of tensors) expect(found.tensors.get(key)).toEqual(value);
      }),
      { numRuns: examples(200) },
    );
  });

  it('refuses values that do not fill their shape', () => {
    const tensors = new Map([['w', { dtype: 'F32' as const, shape: [3], data: new Float32Array(2) }]]);
    expect(() => writeSafetensors(diskFiles, join(folder, 'x'), { metadata: {}, tensors })).toThrow(
      'tensor w: 2 values',
    );
  });

  it('leaves the old or the new file at every failure', async () => {
    const stateOf = (state: string): Safetensors => ({
      metadata: { state },
      tensors: new Map([['w', { dtype: 'F32', shape: [2], data: Float32Array.of(1, state.length) }]]),
    });
    const old = stateOf('old');
    const fresh = stateOf('newer');
    await everyFailure({
      prepare: (home) => writeSafetensors(diskFiles, join(home, 'last.safetensors'), old),
      write: (files, home) => writeSafetensors(files, join(home, 'last.safetensors'), fresh),
      check: (home, { finished, error }) => {
        expect(finished ? [fresh] : [old, fresh]).toContainEqual(read(join(home, 'last.safetensors')));
        if (error !== undefined) expect(error).toBeInstanceOf(FileProblem);
        removeLeftovers(diskFiles, home);
        expect(readdirSync(home)).toEqual(['last.safetensors']);
      },
    });
  });
});

describe('a bad file', () => {
  const four = new Uint8Array(4);
  it.each<[string, string | object, Uint8Array, string]>([
    ['no JSON', 'not json', four, 'a header that is not JSON'],
    ['a list', '[]', four, 'not a JSON object'],
    [
      'a tensor twice',
      '{"w":{"dtype":"U8","shape":[4],"data_offsets":[0,4]},"\\u0077":{}}',
      four,
      'the name "w" twice',
    ],
    ['a gap', { a: tensor(0, 1), b: tensor(2, 4) }, four, '1 bytes before tensor "b" that belong to none'],
    ['an overlap', { a: tensor(0, 3), b: tensor(2, 4) }, four, 'tensor "b" overlaps'],
    ['an end beyond the file', { a: tensor(0, 5) }, four, 'is cut short: 4 bytes of tensors, 5 announced'],
    ['bytes left over', { a: tensor(0, 3) }, four, '1 bytes at its end that belong to no tensor'],
    ['a shape that needs more', { a: tensor(0, 4, [2, 3]) }, four, 'takes 4 bytes, but U8 [2, 3] needs 6'],
    ['a negative size', { a: tensor(0, 4, [-2, -2]) }, four, 'a shape that is not a list of sizes'],
    ['sizes beyond counting', { a: tensor(0, 4, [2 ** 52, 2 ** 52]) }, four, 'needs'],
    [
      'a claim of 4 GB',
      { a: tensor(0, 2 ** 32, [2 ** 30], 'F32') },
      four,
      'is cut short: 4 bytes of tensors, 4294967296',
    ],
    [
      'a size that is NaN',
      '{"a":{"dtype":"U8","shape":[NaN],"data_offsets":[0,4]}}',
      four,
      'a header that is not JSON',
    ],
    [
      'a size that is infinite',
      '{"a":{"dtype":"U8","shape":[1e999],"data_offsets":[0,4]}}',
      four,
      'not a list of sizes',
    ],
    ['a size that is null', { a: { ...tensor(0, 4), shape: [null] } }, four, 'not a list of sizes'],
    ['a size that is a part', { a: tensor(0, 4, [0.5, 8]) }, four, 'not a list of sizes'],
    ['an offset that is a text', { a: { ...tensor(0, 4), data_offsets: [0, '4'] } }, four, 'no pair of data_offsets'],
    ['offsets in the wrong order', { a: tensor(4, 0, [4]) }, four, 'takes -4 bytes'],
    ['a type of half floats', { a: tensor(0, 4, [2], 'F16') }, four, 'tensor "a" is of type F16; F64, I64'],
    ['a type from a prototype', { a: tensor(0, 4, [4], 'constructor') }, four, 'is of type constructor'],
    ['an unknown field', { a: { ...tensor(0, 4), more: 1 } }, four, 'and nothing else'],
    ['metadata with numbers', { __metadata__: { epoch: 3 } }, new Uint8Array(0), 'metadata that are not texts'],
  ])('is refused with its name and the reason: %s', (_, header, data, message) => {
    const file = fileOf(header, data);
    expect(() => read(file)).toThrow(FileProblem);
    expect(() => read(file)).toThrow(message);
    expect(() => read(file)).toThrow(file);
  });

  it('is refused before memory is taken for a header that it does not have', () => {
    const file = join(folder, 'huge.safetensors');
    const length = Buffer.alloc(8);
    for (const announced of [100_000_001n, 2n ** 63n, 50n]) {
      length.writeBigUInt64LE(announced);
      writeFileSync(file, length);
      expect(() => read(file)).toThrow('announces a header of');
    }
    writeFileSync(file, Buffer.alloc(7));
    expect(() => read(file)).toThrow('too short');
  });

  it('gives a plain error or tensors that are whole, whatever bytes are changed or missing', () => {
    const good = readFileSync(reference);
    const file = join(folder, 'fuzzed.safetensors');
    const flips = fc.array(fc.tuple(fc.nat(good.length - 1), fc.integer({ min: 1, max: 255 })), { maxLength: 4 });
    fc.assert(
      fc.property(flips, fc.oneof(fc.constant(good.length), fc.nat(good.length)), (changes, length) => {
        const bytes = Buffer.from(good.subarray(0, length));
        for (const [at, mask] of changes) if (at < length) bytes[at] = (bytes[at] as number) ^ mask;
        writeFileSync(file, bytes);
        try {
          for (const { shape, data } of read(file).tensors.values()) {
            expect(data.length).toBe(shape.reduce((product, dim) => product * dim, 1));
          }
        } catch (error) {
          expect(error).toBeInstanceOf(FileProblem);
        }
      }),
      { numRuns: examples(2000) },
    );
  });
});

describe('a key that occurs twice', () => {
  it('is found in any object, however it is spelt, and values are not taken for keys', () => {
    expect(duplicateKey('{"a":1,"b":{"a":2},"c":["a","a",{"a":1}],"d":"a"}')).toBeNull();
    expect(duplicateKey('{"a":[{"x":1},{"x":2, "y":{}, "\\u0078" : 3}]}')).toBe('x');
    expect(duplicateKey('{"a\\"":1,"a\\\\":2,"a\\"":3}')).toBe('a"');
    expect(duplicateKey('{"{":1,"}":2,"[":[],":":"{\\"q\\":1,\\"q\\":2}"}')).toBeNull();
  });
});
