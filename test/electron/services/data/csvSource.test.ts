/** A user's own table: from rows to samples, and every way in which a table is wrong. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dataInfo } from '../../../../electron/services/data/dataInfo';
import type { DataPlaces } from '../../../../electron/services/data/dataSource';
import { openData } from '../../../../electron/services/data/openData';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import type { Json } from '../../../../shared/messages/define';
import { examples } from '../../../drivers/examples';
import { makePlaces } from './places';

interface Prepared {
  data: OpenedData;
  places: DataPlaces;
}

async function prepare(text: string, params: Record<string, Json> = {}): Promise<Prepared> {
  const places = makePlaces();
  writeFileSync(join(places.folder, 'table.csv'), text);
  const { folder } = await prepareHere({ source: 'csv', file: 'table.csv', ...params }, places);
  return { data: openData(folder), places };
}

async function rows(data: OpenedData, field: string, part: Part): Promise<number[][]> {
  const values = await data.read(
    field,
    part,
    Uint32Array.from({ length: data.count(part) }, (_, index) => index),
  );
  const size = values.length / data.count(part);
  return Array.from({ length: data.count(part) }, (_, row) => [...values.slice(row * size, (row + 1) * size)]);
}

const irises = [
  'length,width,kind,part',
  '5,3,setosa,train',
  '7,3,virginica,train',
  '6,2,versicolor,validation',
  '4,4,setosa,test',
];
const split = { split: 'part', target: 'kind' };

describe('a table with a column for the parts', () => {
  it('becomes samples in the order of its rows, classes sorted by name', async () => {
    const { data } = await prepare(irises.join('\n'), { ...split, standardise: false });
    expect(data.info.fields).toEqual([
      { name: 'input', shape: [2], dtype: 'float32' },
      { name: 'label', shape: [], dtype: 'int32', classes: ['setosa', 'versicolor', 'virginica'], range: [0, 2] },
    ]);
    expect(await rows(data, 'input', 'train')).toEqual([
      [5, 3],
      [7, 3],
    ]);
    expect(await rows(data, 'label', 'train')).toEqual([[0], [2]]);
    expect(await rows(data, 'label', 'validation')).toEqual([[1]]);
    expect(await rows(data, 'input', 'test')).toEqual([[4, 4]]);
    expect(data.prepared.fields[0]?.columns).toEqual(['length', 'width']);
  });

  it('is standardised by its training rows alone; a constant column stays at zero', async () => {
    const { data } = await prepare(irises.join('\n'), split);
    expect(data.prepared.fields[0]?.scaling).toEqual({ kind: 'standardise', mean: [6, 3], deviation: [1, 1] });
    expect(await rows(data, 'input', 'train')).toEqual([
      [-1, 0],
      [1, 0],
    ]);
    expect(await rows(data, 'input', 'test')).toEqual([[-2, 1]]);
  });

  it('takes the columns that are named, in their order, whatever the others hold', async () => {
    const text = ['a,b,note,y,part', '1,2,7,k,train', '3,4,8,l,train', '5,6,?,k,test', '7,8,x,l,validation'].join('\n');
    const { data } = await prepare(text, { split: 'part', target: 'y', inputs: ['b', 'a'], standardise: false });
    const [first, second] = await rows(data, 'input', 'train');
    expect([first, second]).toEqual([
      [2, 1],
      [4, 3],
    ]);
  });

  it('may predict a number', async () => {
    const { data } = await prepare('a;b;y;p\r\n1;2;0.5;train\r\n3;4;-1;val\r\n5;6;7;test\r\n', {
      task: 'regression',
      split: 'p',
      target: 'y',
      standardise: false,
    });
    expect(data.info.fields[1]).toEqual({ name: 'target', shape: [1], dtype: 'float32', range: [-1, 7] });
    expect([await rows(data, 'target', 'train'), await rows(data, 'target', 'test')]).toEqual([[[0.5]], [[7]]]);
  });

  it('orders classes that are numbers by size', async () => {
    const { data } = await prepare('1,10,train\n1,9,train\n1,9,test\n1,-2,validation\n', {
      header: false,
      target: 'column2',
      split: 'column3',
    });
    expect(data.info.fields[1]?.classes).toEqual(['-2', '9', '10']);
  });
});

describe('a table that is split by fractions', () => {
  const many = ['x,y', ...Array.from({ length: 200 }, (_, row) => `${row},${row % 4 === 0 ? 'rare' : 'often'}`)].join(
    '\n',
  );

  it('has every row in one part, and the classes in proportion', async () => {
    const { data } = await prepare(many, { validation: 0.2, test: 0.1, standardise: false });
    expect(data.info.counts).toEqual({ train: 140, validation: 40, test: 20 });
    const seen = (await Promise.all(parts.map((part) => rows(data, 'input', part)))).flat(2);
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 200 }, (_, row) => row));
    const counts = parts.map((part) => data.prepared.fields[1]?.parts[part].classCounts);
    expect(counts).toEqual([
      [105, 35],
      [30, 10],
      [15, 5],
    ]);
  });

  it('is split the same way for the same seed, and another way for another', async () => {
    const validation = async (seed: number): Promise<number[][]> =>
      rows((await prepare(many, { seed })).data, 'input', 'validation');
    expect(await validation(1)).toEqual(await validation(1));
    expect(await validation(2)).not.toEqual(await validation(1));
  });

  it('is prepared anew when the file has changed, and not when it has moved', async () => {
    const { data, places } = await prepare(many);
    const moved = join(places.folder, 'elsewhere.csv');
    writeFileSync(moved, many);
    expect((await prepareHere({ source: 'csv', file: moved }, places)).hash).toBe(data.hash);
    writeFileSync(moved, many.replace('7,', '8,'));
    expect((await prepareHere({ source: 'csv', file: moved }, places)).hash).not.toBe(data.hash);
  });

  it('is known to a check once it is prepared', async () => {
    const { data, places } = await prepare(many);
    expect(await dataInfo({ source: 'csv', file: 'table.csv' }, places)).toEqual(data.info);
    expect(await dataInfo({ source: 'csv', file: 'table.csv', seed: 5 }, places)).toBeNull();
    rmSync(join(places.folder, 'table.csv'));
    await expect(dataInfo({ source: 'csv', file: 'table.csv' }, places)).rejects.toThrow('does not exist');
  });
});

describe('a table that is wrong is refused by', () => {
  const good = ['a,b,y', '1,2,yes', '3,4,no', '5,6,yes'];
  const changed = (row: number, text: string): string => good.map((line, at) => (at === row ? text : line)).join('\n');

  it.each([
    ['the row and column of a text', changed(2, '3,four,no'), {}, 'row 3, column "b": "four" is not a number.'],
    ['the row and column of an empty cell', changed(3, ',6,yes'), {}, 'row 4, column "a": the cell has no value.'],
    ['the row of an empty class', changed(2, '3,4,'), {}, 'row 3, column "y": the cell has no value.'],
    [
      'a number that float32 cannot hold',
      changed(2, '3,1e39,no'),
      {},
      'row 3, column "b": 1e+39 is beyond what float32',
    ],
    ['the row with a cell too few', changed(2, '3,4'), {}, 'row 3: the row has 2 cells, 3 were expected.'],
    [
      'a column that is missing',
      changed(9, ''),
      { target: 'z' },
      'there is no column "z", named as data.target. Did you mean',
    ],
    [
      'a column that is input and target',
      changed(9, ''),
      { target: 'y', inputs: ['a', 'y'] },
      '"y" is both input and target',
    ],
    ['a part that is none', changed(9, ''), { target: 'a', split: 'y' }, 'row 2, column "y": "yes" is none of "train"'],
    [
      'parts that are empty',
      changed(9, ''),
      { validation: 0 },
      'the validation part is empty (train 2, validation 0, test 1 samples)',
    ],
    [
      'a decimal comma',
      'a;y\n1;yes\n2,5;no',
      {},
      'row 3, column "a": "2,5" is not a number. Write decimals with a point.',
    ],
    ['having no rows', 'a,b,y\n', { header: true }, 'has a row of names but no row of values'],
    ['an empty row before the names', '\na,y\n1,yes\n', {}, 'row 1: the row is empty'],
    ['having nothing', '', {}, 'is empty'],
    [
      'having too many classes',
      ['a,y', ...Array.from({ length: 1200 }, (_, at) => `1,${at}.5`)].join('\n'),
      {},
      'set data.task to "regression"',
    ],
  ])('%s', async (_, text, params, message) => {
    await expect(prepare(text, params)).rejects.toMatchObject({
      name: 'FileProblem',
      message: expect.stringContaining(message) as string,
      file: expect.stringMatching(/table\.csv$/) as string,
    });
  });

  it('a file that is not there, or not named', async () => {
    await expect(prepareHere({ source: 'csv', file: 'none.csv' }, makePlaces())).rejects.toThrow(
      /none\.csv could not be read/,
    );
    await expect(prepareHere({ source: 'csv' }, makePlaces())).rejects.toThrow('no file is named. Set data.file');
  });
});

describe('any table of numbers', () => {
  it('comes back as float32, whatever its separator and line ends, standardised as the definition says', async () => {
    const cell = fc.integer({ min: -1e9, max: 1e9 }).map((value) => value / 1024);
    const table = fc.integer({ min: 1, max: 5 }).chain((width) =>
      fc.record({
        values: fc.array(fc.array(cell, { minLength: width, maxLength: width }), { minLength: 3, maxLength: 40 }),
        separator: fc.constantFrom(',', ';', '\t', '|'),
        end: fc.constantFrom('\n', '\r\n'),
        standardise: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(table, async ({ values, separator, end, standardise }) => {
        const part = (row: number): string => (row === 0 ? 'validation' : row === 1 ? 'test' : 'train');
        const names = [...(values[0] ?? []).map((_, column) => `c${column}`), 'y', 'part'];
        const lines = values.map((cells, row) => [...cells, `class ${row % 2}`, part(row)].join(separator));
        const text = [names.join(separator), ...lines].join(end);
        const { data } = await prepare(text, { split: 'part', standardise, separator });
        const trained = values.slice(2);
        const expected = trained.map((cells) =>
          cells.map((value, column) => {
            if (!standardise) return Math.fround(value);
            const all = trained.map((row) => row[column] ?? 0);
            const mean = all.reduce((sum, other) => sum + other, 0) / all.length;
            const deviation = Math.sqrt(all.reduce((sum, other) => sum + (other - mean) ** 2, 0) / all.length);
            return (value - mean) / (deviation > 0 ? deviation : 1);
          }),
        );
        const found = await rows(data, 'input', 'train');
        expect(found.length).toBe(expected.length);
        found.forEach((row, at) =>
          row.forEach((value, column) =>
            expect(value).toBeCloseTo(expected[at]?.[column] ?? NaN, standardise ? 3 : 10),
          ),
        );
        data.close();
      }),
      { numRuns: examples(40) },
    );
  });
});
