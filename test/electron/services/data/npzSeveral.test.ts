/** Archives with several inputs and several targets: each array is a field of its own name. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openData, type OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { prepareSample } from '../../../../electron/services/data/prepareSample';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { Json } from '../../../../shared/messages/define';
import { npzBytes, type TestArray } from './npyBytes';
import { makePlaces } from './places';

const counting = (count: number): number[] => Array.from({ length: count }, (_, index) => index);
const arrays = {
  picture: { dtype: '|u1', shape: [20, 1, 2, 2], values: counting(80) },
  age_years: { dtype: '<f4', shape: [20], values: counting(20) },
  species: { dtype: '<i4', shape: [20], values: counting(20).map((at) => at % 4) },
  weight: { dtype: '<f4', shape: [20, 1], values: counting(20).map((at) => at / 2) },
} satisfies Record<string, TestArray>;
const named = { inputs: ['picture', 'age_years'], targets: ['species', 'weight'] };

async function prepare(members: Record<string, TestArray>, params: Record<string, Json> = {}): Promise<OpenedData> {
  const places = makePlaces();
  writeFileSync(join(places.folder, 'arrays.npz'), npzBytes(members));
  const { folder } = await prepareHere({ source: 'npz', file: 'arrays.npz', ...named, ...params }, places);
  return openData(folder);
}

describe('several arrays', () => {
  it('become fields of their names, each as its own type asks for', async () => {
    const data = await prepare(arrays, { layout: 'NCHW' });
    expect(data.info.fields).toEqual([
      { name: 'species', shape: [], dtype: 'int32', classes: ['0', '1', '2', '3'], range: [0, 3] },
      { name: 'weight', shape: [1], dtype: 'float32', range: [0, 9.5] },
      { name: 'picture', shape: [2, 2, 1], dtype: 'float32', range: [0, 1] },
      { name: 'age_years', shape: [1], dtype: 'float32' },
    ]);
  });

  it('stay together, sample by sample, in every part', async () => {
    const data = await prepare(arrays, { validation: 0.2, test: 0.2, scaling: 'none' });
    expect(data.info.counts).toEqual({ train: 12, validation: 4, test: 4 });
    for (const part of parts) {
      const all = Uint32Array.from(counting(data.count(part)));
      const [ages, species, weights, pictures] = await Promise.all(
        ['age_years', 'species', 'weight', 'picture'].map((field) => data.read(field, part, all)),
      );
      [...(ages ?? [])].forEach((age, at) => {
        expect([species?.[at], weights?.[at], pictures?.[4 * at]]).toEqual([age % 4, age / 2, 4 * age]);
      });
    }
    expect(data.prepared.fields[0]?.parts.test.classCounts).toEqual([1, 1, 1, 1]);
  });

  it('may come in parts of their own', async () => {
    const own = (ending: string): Record<string, TestArray> =>
      Object.fromEntries(Object.entries(arrays).map(([name, array]) => [name + ending, array]));
    const data = await prepare({ ...own('_train'), ...own('_val'), ...own('_test') });
    expect(data.info.counts).toEqual({ train: 20, validation: 20, test: 20 });
  });

  it('are all described by a single sample, in JSON by name', async () => {
    const places = makePlaces();
    writeFileSync(join(places.folder, 'arrays.npz'), npzBytes(arrays));
    const { folder } = await prepareHere({ source: 'npz', file: 'arrays.npz', ...named }, places);
    const sample = join(places.folder, 'one.json');
    const into = join(places.folder, 'sample');
    writeFileSync(
      sample,
      JSON.stringify({
        picture: [
          [
            [255, 0],
            [51, 0],
          ],
        ],
        age_years: [7],
      }),
    );
    await prepareSample(folder, sample, into);
    const one = openData(into);
    expect([...(await one.read('picture', 'test', Uint32Array.of(0)))]).toEqual([1, 0, Math.fround(0.2), 0]);
    expect([...(await one.read('age_years', 'test', Uint32Array.of(0)))]).toEqual([7]);
    expect([one.holds('picture'), one.holds('species')]).toEqual([true, false]);
  });

  const short = { ...arrays.weight, shape: [19, 1], values: counting(19) };
  const { weight, ...weightless } = arrays;
  const cases: [string, Record<string, TestArray>, Record<string, Json>, string][] = [
    [
      'one is missing',
      weightless,
      {},
      'has no array "weight"; it has picture, age_years, species. Save picture_train, ',
    ],
    ['one is missing in a part', { ...arrays, weight_test: weight }, {}, 'has no array "picture_test"'],
    ['a target is shorter', { ...arrays, weight: short }, {}, 'weight has 19 samples, but species has 20.'],
    ['an input is shorter', { ...arrays, age_years: short }, {}, 'age_years has 19 samples, but species has 20.'],
    ['one is named twice', arrays, { targets: ['picture'] }, 'name the array "picture" twice'],
    ['a name is no name', arrays, { targets: ['a/b'] }, 'the array "a/b" cannot be a field'],
  ];
  it.each(cases)('are refused where %s', async (_, members, params, message) => {
    await expect(prepare(members, params)).rejects.toMatchObject({
      name: 'FileProblem',
      message: expect.stringContaining(message) as string,
    });
  });
});
