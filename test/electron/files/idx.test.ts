/** MNIST's format: small files built byte by byte after its published description, whole, packed, cut and wrong. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readIdx } from '../../../electron/files/idx';

const folder = mkdtempSync(join(tmpdir(), 'netloom-idx-'));
const made = (bytes: Uint8Array | number[], name = 'train-images-idx3-ubyte'): string => {
  const file = join(folder, name);
  writeFileSync(file, Buffer.from(bytes));
  return file;
};
const read = (bytes: Uint8Array | number[], options = {}): ReturnType<typeof readIdx> =>
  readIdx(diskFiles, made(bytes), options);

/** Two images of 2x3, as in the description: magic 00000803, sizes big-endian, then bytes. */
const images = [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 2, 0, 0, 0, 3, 0, 1, 2, 3, 4, 5, 250, 251, 252, 253, 254, 255];
const values = Uint8Array.from(images.slice(16));

describe('an IDX file', () => {
  it('is read plain and packed, in any number of pieces', async () => {
    expect(await read(images)).toEqual({ shape: [2, 2, 3], values });
    expect(await read(gzipSync(Buffer.from(images)))).toEqual({ shape: [2, 2, 3], values });
    const byteByByte = {
      ...diskFiles,
      read: (handle: number, target: Uint8Array, at: number) => diskFiles.read(handle, target.subarray(0, 1), at),
    };
    expect(await readIdx(byteByByte, made(images))).toEqual({ shape: [2, 2, 3], values });
    expect(await readIdx(byteByByte, made(gzipSync(Buffer.from(images))))).toEqual({ shape: [2, 2, 3], values });
  });

  it('larger than a piece comes whole', async () => {
    const large = Uint8Array.from({ length: 700_000 }, (_, at) => (at * 31) & 255);
    const header = [0, 0, 8, 1, 0, 0x0a, 0xae, 0x60];
    const packed = gzipSync(Buffer.from([...header, ...large]));
    expect(Buffer.from(large).equals((await read(packed)).values as Uint8Array)).toBe(true);
  });

  it('has numbers of every type, the other way round than this machine', async () => {
    expect((await read([0, 0, 0x09, 1, 0, 0, 0, 2, 0xff, 0x7f])).values).toEqual(Int8Array.of(-1, 127));
    expect((await read([0, 0, 0x0b, 1, 0, 0, 0, 1, 0x01, 0x02])).values).toEqual(Int16Array.of(0x0102));
    expect((await read([0, 0, 0x0c, 1, 0, 0, 0, 1, 0xff, 0xff, 0xff, 0xfe])).values).toEqual(Int32Array.of(-2));
    expect((await read([0, 0, 0x0d, 1, 0, 0, 0, 1, 0x3f, 0xc0, 0, 0])).values).toEqual(Float32Array.of(1.5));
    expect((await read([0, 0, 0x0e, 1, 0, 0, 0, 1, 0xbf, 0xf8, 0, 0, 0, 0, 0, 0])).values).toEqual(
      Float64Array.of(-1.5),
    );
  });

  it('cut anywhere is named, plain and packed', async () => {
    const packed = gzipSync(Buffer.from(images));
    for (let length = 0; length < images.length; length += 1) {
      await expect(read(images.slice(0, length))).rejects.toThrow(/is cut short/);
    }
    for (let length = 0; length < packed.length; length += 1) {
      await expect(read(packed.subarray(0, length))).rejects.toThrow(/is cut short/);
    }
  });

  it.each<[string, number[] | Uint8Array, string]>([
    ['with bytes left over', [...images, 1], 'has bytes left over: [2, 2, 3] needs only 12 bytes'],
    ['packed with bytes left over', gzipSync(Buffer.from([...images, 1])), 'has bytes left over'],
    [
      'packed with a byte missing',
      gzipSync(Buffer.from(images.slice(0, -1))),
      'needs 12 bytes of values, there are 11',
    ],
    ['of another format', [0x89, 0x50, 0x4e, 0x47, 0], 'is no IDX file: it begins with 89504e47'],
    ['of a type that there is not', [0, 0, 0x0a, 1, 0, 0, 0, 0], 'is no IDX file'],
    ['larger than memory', [0, 0, 8, 2, 255, 255, 255, 255, 255, 255, 255, 255], 'bytes; 2147483648 are allowed'],
    ['that promises more than it has', [0, 0, 8, 1, 0, 0, 1, 0, 7], 'needs 256 bytes of values, there are 1'],
  ])('%s is refused', async (_, bytes, message) => {
    await expect(read(bytes)).rejects.toThrow(FileProblem);
    await expect(read(bytes)).rejects.toThrow(message);
  });

  it('of labels where images were expected is told apart', async () => {
    const labels = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];
    await expect(read(labels, { dimensions: 3 })).rejects.toThrow(
      'has 1 dimensions, 3 were expected. Are images and labels',
    );
  });

  it('whose packed bytes are damaged is named', async () => {
    const packed = gzipSync(Buffer.from(images));
    for (let at = 10; at < packed.length; at += 1) {
      const changed = Buffer.from(packed);
      changed[at] = (changed[at] as number) ^ 0x55;
      await expect(read(changed)).rejects.toThrow(FileProblem);
    }
  });

  it('that is not there is named', async () => {
    await expect(readIdx(diskFiles, join(folder, 'none'))).rejects.toThrow(
      expect.objectContaining({ code: 'not-found' }),
    );
  });
});
