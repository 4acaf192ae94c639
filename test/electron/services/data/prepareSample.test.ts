/** A single sample from a user's file goes through what its data set went through, or is refused in words. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openData } from '../../../../electron/services/data/openData';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { prepareSample } from '../../../../electron/services/data/prepareSample';
import type { DataConfig } from '../../../../shared/training/config';
import { npyBytes, npzBytes } from './npyBytes';
import { makePlaces } from './places';

const table =
  'length,width,kind,part\n5,3,setosa,train\n7,3,virginica,train\n6,2,versicolor,validation\n4,4,setosa,test\n';
const nchw = npzBytes({
  x: { dtype: '|u1', shape: [10, 2, 1, 2], values: Array.from({ length: 40 }, (_, index) => index) },
  y: { dtype: '<i4', shape: [10], values: [0, 1, 0, 1, 0, 1, 0, 1, 0, 1] },
});
const configs = {
  digits: { source: 'digits' },
  points: { source: 'spirals', points: 20 },
  table: { source: 'csv', file: 'table.csv', split: 'part', target: 'kind' },
  arrays: { source: 'npz', file: 'arrays.npz', layout: 'NCHW', validation: 0.2, test: 0.2 },
} satisfies Record<string, DataConfig>;

async function sampleOf(set: keyof typeof configs, name: string, content: string | Uint8Array): Promise<OpenedData> {
  const places = makePlaces();
  writeFileSync(join(places.folder, 'table.csv'), table);
  writeFileSync(join(places.folder, 'arrays.npz'), nchw);
  const { folder } = await prepareHere(configs[set], places);
  const file = join(places.folder, name);
  const into = join(places.folder, 'sample');
  writeFileSync(file, content);
  try {
    await prepareSample(folder, file, into);
  } catch (error) {
    expect(existsSync(into)).toBe(false);
    throw error;
  }
  return openData(into);
}

async function valuesOf(data: OpenedData, field: string): Promise<number[]> {
  return [...(await data.read(field, 'test', Uint32Array.of(0)))];
}

const pixels = Array.from({ length: 64 }, (_, index) => index % 17);
const grid = Array.from({ length: 8 }, (_, row) => pixels.slice(8 * row, 8 * row + 8));
const scaledPixels = pixels.map((value) => value / 16);

describe('a sample of the digits', () => {
  it.each([
    ['digit.json', JSON.stringify(grid)],
    ['named.json', JSON.stringify({ image: grid })],
    ['digit.csv', grid.map((row) => row.join(',')).join('\n')],
    ['flat.csv', pixels.join(';')],
    ['digit.npy', npyBytes({ dtype: '|u1', shape: [8, 8], values: pixels })],
    ['batch.npy', npyBytes({ dtype: '<f8', shape: [1, 8, 8, 1], values: pixels })],
  ])('%s is scaled as the set was', async (name, content) => {
    const data = await sampleOf('digits', name, content);
    expect(await valuesOf(data, 'image')).toEqual(scaledPixels);
    expect(data.info.counts).toEqual({ train: 0, validation: 0, test: 1 });
  });

  it('has no label, but still says which there are', async () => {
    const data = await sampleOf('digits', 'digit.json', JSON.stringify(grid));
    expect([data.holds('image'), data.holds('label')]).toEqual([true, false]);
    expect(data.info.fields[1]?.classes).toHaveLength(10);
  });

  it.each([
    ['bright.json', JSON.stringify(grid.map((row) => row.map((value) => value * 16))), 'value 2 of image is 32'],
    [
      'bright.json',
      JSON.stringify(grid.map((row) => row.map((value) => -value))),
      'is -1; expected 0 to 16, as the data set has',
    ],
    [
      'small.npy',
      npyBytes({ dtype: '|u1', shape: [2, 2], values: [1, 2, 3, 4] }),
      'expected [8, 8, 1] for one sample, received [2, 2].',
    ],
    ['turned.npy', npyBytes({ dtype: '|u1', shape: [4, 16], values: pixels }), 'received [4, 16].'],
    ['short.csv', '1,2,3', 'expected 64 numbers for one sample, received 3 numbers.'],
    ['text.csv', grid.map((row) => row.join(',').replace('3', 'x')).join('\n'), '"x'],
    ['broken.json', '[1, 2', 'is not JSON'],
    ['words.json', '["one", "two"]', 'expected numbers in lists of equal lengths'],
    ['ragged.json', '[[1, 2], [3]]', 'expected numbers in lists of equal lengths'],
    ['deep.json', '['.repeat(5000) + ']'.repeat(5000), 'more than 16 axes'],
    ['digit.png', 'no', 'or a file that ends in .npy, .csv or .json.'],
  ])('%s is refused where it is wrong', async (name, content, message) => {
    await expect(sampleOf('digits', name, content)).rejects.toMatchObject({
      name: 'FileProblem',
      message: expect.stringContaining(message) as string,
    });
  });
});

describe('a sample of a table', () => {
  it.each([
    ['row.csv', 'width,colour,length\n2,red,8\n'],
    ['plain.csv', '8,2\n'],
    ['row.json', '{"width": 2, "length": 8}'],
    ['list.json', '[8, 2]'],
    ['row.npy', npyBytes({ dtype: '<f4', shape: [2], values: [8, 2] })],
  ])('%s is standardised as the table was', async (name, content) => {
    expect(await valuesOf(await sampleOf('table', name, content), 'input')).toEqual([2, -1]);
  });

  it.each([
    ['row.csv', 'width,colour\n2,red\n', 'has no column "length"'],
    ['rows.csv', 'length,width\n1,2\n3,4\n', 'has 2 rows; one sample is one row.'],
    ['row.json', '{"width": 2, "length": "8"}', '"length" is "8", not a number.'],
    ['row.json', '{"width": 2}', '"length" is missing.'],
  ])('%s is refused where it is wrong', async (name, content, message) => {
    await expect(sampleOf('table', name, content)).rejects.toThrow(message);
  });
});

describe('a sample of other sets', () => {
  it('has the axes of the file that the set was made from', async () => {
    const npy = npyBytes({ dtype: '|u1', shape: [2, 1, 2], values: [0, 51, 102, 255] });
    const values = await valuesOf(await sampleOf('arrays', 'one.npy', npy), 'input');
    expect(values).toEqual([0, 102, 51, 255].map((value) => Math.fround(value / 255)));
  });

  it('may be a point', async () => {
    expect(await valuesOf(await sampleOf('points', 'point.json', '[0.5, -0.25]'), 'point')).toEqual([0.5, -0.25]);
  });
});
