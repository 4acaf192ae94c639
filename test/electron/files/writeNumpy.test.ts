/** Arrays as NumPy keeps them: what is written is read back by our own strict readers, to the byte what NumPy would write. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { parseNpy } from '../../../electron/files/npy';
import { readNpz } from '../../../electron/files/npz';
import { npyHeader, writeNpy } from '../../../electron/files/writeNpy';
import { writeNpz } from '../../../electron/files/writeNpz';

const folder = mkdtempSync(join(tmpdir(), 'netloom-numpy-'));
afterAll(() => rmSync(folder, { recursive: true }));

async function* inPieces(...pieces: (Float32Array | Int32Array)[]): AsyncGenerator<Float32Array | Int32Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
}

describe('an array that is written', () => {
  it('begins as NumPy begins it', () => {
    const fixture = readFileSync(join(__dirname, 'fixtures', 'version1.npy'));
    const { shape } = parseNpy('version1.npy', fixture);
    const header = Buffer.from(npyHeader('float32', shape)).toString('latin1');
    const theirs = fixture
      .subarray(0, header.length)
      .toString('latin1')
      .replace(/<[a-z]\d/, '<f4');
    expect(header).toBe(theirs);
  });

  it('is read back, whatever its shape and pieces', async () => {
    const file = join(folder, 'a.npy');
    const sizes = fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(sizes, fc.boolean(), fc.nat(100), async (shape, whole, cut) => {
        const count = shape.reduce((product, size) => product * size, 1);
        const numbers = Array.from({ length: count }, (_, at) => at - 7);
        const values = whole ? Int32Array.from(numbers) : Float32Array.from(numbers);
        const at = cut % (count + 1);
        const dtype = whole ? ('int32' as const) : ('float32' as const);
        await writeNpy(diskFiles, file, { dtype, shape }, inPieces(values.subarray(0, at), values.subarray(at)));
        expect(parseNpy(file, readFileSync(file))).toEqual({ shape, dtype: whole ? '<i4' : '<f4', values });
      }),
      { numRuns: 100 },
    );
  });

  it('that does not fill its shape is not left behind', async () => {
    const file = join(folder, 'short.npy');
    const made = writeNpy(diskFiles, file, { dtype: 'float32', shape: [3] }, inPieces(new Float32Array(2)));
    await expect(made).rejects.toThrow('8 bytes do not fill [3]');
    expect(diskFiles.facts(file)).toBeUndefined();
  });
});

describe('an archive that is written', () => {
  it('is read back with every name, and is the same to the byte', () => {
    const file = join(folder, 'a.npz');
    const arrays = new Map([
      ['dense/kernel', { shape: [2, 2], data: Float32Array.of(1, 2, 3, 4) }],
      ['größe', { shape: [], data: Float32Array.of(0.5) }],
      ['steps', { shape: [1], data: BigInt64Array.of(-3n) }],
    ]);
    writeNpz(diskFiles, file, arrays);
    const first = readFileSync(file);
    writeNpz(diskFiles, file, arrays);
    expect(readFileSync(file).equals(first)).toBe(true);
    const found = readNpz(diskFiles, file);
    expect([...found.keys()]).toEqual([...arrays.keys()]);
    expect(found.get('dense/kernel')).toEqual({ shape: [2, 2], dtype: '<f4', values: Float32Array.of(1, 2, 3, 4) });
    expect(found.get('größe')?.values).toEqual(Float32Array.of(0.5));
    expect(found.get('steps')?.values).toEqual(Float64Array.of(-3));
  });

  it('holds no arrays of other types', () => {
    const arrays = new Map([['a', { shape: [1], data: Uint8Array.of(1) }]]);
    expect(() => writeNpz(diskFiles, join(folder, 'b.npz'), arrays)).toThrow('array a is of a type');
  });
});
