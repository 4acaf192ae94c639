/** A user's own arrays: Keras's four, or two; axes, types and scales; and every way in which they are wrong. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openData } from '../../../../electron/services/data/openData';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { Json } from '../../../../shared/messages/define';
import { npzBytes } from './npyBytes';
import type { TestArray } from './npyBytes';
import { makePlaces } from './places';

async function prepareBytes(bytes: Uint8Array, params: Record<string, Json> = {}): Promise<OpenedData> {
  const places = makePlaces();
  writeFileSync(join(places.folder, 'arrays.npz'), bytes);
  return openData((await prepareHere({ source: 'npz', file: 'arrays.npz', ...params }, places)).folder);
}

async function prepare(members: Record<string, TestArray>, params: Record<string, Json> = {}): Promise<OpenedData> {
  return prepareBytes(npzBytes(members), params);
}

const counting = (count: number, start = 0): number[] => Array.from({ length: count }, (_, index) => start + index);
const images: TestArray = { dtype: '|u1', shape: [20, 2, 3], values: counting(120) };
const labels: TestArray = { dtype: '<i4', shape: [20], values: counting(20).map((index) => index % 2) };
const keras = {
  x_train: images,
  y_train: labels,
  x_test: { dtype: '|u1', shape: [2, 2, 3], values: counting(12, 243) },
  y_test: { dtype: '<i4', shape: [2], values: [1, 0] },
} satisfies Record<string, TestArray>;

describe("arrays as Keras's mnist.npz has them", () => {
  it('become samples; bytes are divided by 255; a tenth of what trains validates', async () => {
    const data = await prepare(keras);
    expect(data.info).toEqual({
      fields: [
        { name: 'label', shape: [], dtype: 'int32', classes: ['0', '1'], range: [0, 1] },
        { name: 'input', shape: [2, 3], dtype: 'float32', range: [0, 1] },
      ],
      counts: { train: 18, validation: 2, test: 2 },
    });
    const test = await data.read('input', 'test', Uint32Array.of(0, 1));
    expect([...test]).toEqual(counting(12, 243).map((value) => Math.fround(value / 255)));
    expect([...(await data.read('label', 'test', Uint32Array.of(0, 1)))]).toEqual([1, 0]);
    expect(data.prepared.fields[0]?.parts.validation.classCounts).toEqual([1, 1]);
  });

  it('may have their own validation arrays', async () => {
    const data = await prepare({ ...keras, x_val: keras.x_test, y_val: keras.y_test });
    expect(data.info.counts).toEqual({ train: 20, validation: 2, test: 2 });
    const some = Uint32Array.of(0, 1);
    expect(await data.read('input', 'validation', some)).toEqual(await data.read('input', 'test', some));
  });
});

describe('two arrays', () => {
  it('are split into three parts, no sample in two', async () => {
    const data = await prepare(
      { x: images, y: labels },
      { scaling: 'none', validation: 0.2, test: 0.3, layout: 'NHW' },
    );
    expect(data.info.counts).toEqual({ train: 10, validation: 4, test: 6 });
    expect(data.info.fields[1]?.shape).toEqual([2, 3, 1]);
    const firsts = await Promise.all(
      parts.map(async (part) => {
        const all = await data.read('input', part, Uint32Array.from(counting(data.count(part))));
        return [...all].filter((_, at) => at % 6 === 0);
      }),
    );
    expect(firsts.flat().sort((a, b) => a - b)).toEqual(counting(20).map((index) => 6 * index));
  });

  it('turn channels first into channels last', async () => {
    const x: TestArray = { dtype: '<f4', shape: [20, 2, 1, 3], values: counting(120) };
    const data = await prepare({ x, y: labels }, { layout: 'NCHW' });
    expect(data.info.fields[1]).toEqual({ name: 'input', shape: [1, 3, 2], dtype: 'float32' });
    const [first = 0, ...rest] = await data.read('input', 'test', Uint32Array.of(0));
    expect(rest.map((value) => value - first)).toEqual([3, 1, 4, 2, 5]);
  });

  it('may predict numbers, one or several a sample', async () => {
    const y: TestArray = { dtype: '<f8', shape: [20, 2], values: counting(40) };
    const data = await prepare({ x: images, y });
    expect(data.info.fields[0]).toEqual({ name: 'target', shape: [2], dtype: 'float32', range: [0, 39] });
    const single = await prepare({ x: images, y: labels }, { task: 'regression' });
    expect(single.info.fields[0]).toEqual({ name: 'target', shape: [1], dtype: 'float32', range: [0, 1] });
  });

  it('keep whole numbers as indices for an Embedding', async () => {
    const x: TestArray = { dtype: '<i4', shape: [20, 4], values: counting(80) };
    const data = await prepare({ x, y: labels });
    expect(data.info.fields[1]).toEqual({ name: 'input', shape: [4], dtype: 'int32', range: [0, 79] });
    expect(await data.read('input', 'test', Uint32Array.of(0))).toBeInstanceOf(Int32Array);
    const floats = await prepare({ x, y: labels }, { dtype: 'float32' });
    expect(floats.info.fields[1]?.dtype).toBe('float32');
  });

  it('may have fewer classes than are asked for', async () => {
    const data = await prepare({ x: images, y: labels }, { classes: 5 });
    expect(data.info.fields[0]?.classes).toHaveLength(5);
  });
});

describe('arrays that are wrong are refused by', () => {
  const other = (shape: number[], values: number[], dtype: TestArray['dtype'] = '<i4'): TestArray => ({
    dtype,
    shape,
    values,
  });
  const cases: [string, Record<string, TestArray>, Record<string, Json>, string][] = [
    ['the array that is missing', { x: images }, {}, 'arrays.npz has no array "y"; it has x.'],
    [
      'both names that there could be',
      { a: images },
      {},
      'has no array "x"; it has a. Save x_train, y_train, x_test, y_test, or x and y.',
    ],
    ['the lengths that differ', { x: images, y: other([3], [0, 1, 0]) }, {}, 'x has 20 samples, but y has 3.'],
    [
      'the label outside the classes',
      { x: images, y: labels },
      { classes: 1 },
      'y: the label 1 at position 1 is outside the classes; expected whole numbers from 0 to 0.',
    ],
    [
      'the label that is negative',
      { x: images, y: other([20], counting(20, -1)) },
      {},
      'y: the label -1 at position 0 is outside',
    ],
    [
      'the label that is no whole number',
      {
        x: images,
        y: other(
          [20],
          counting(20).map((v) => v / 2),
          '<f4',
        ),
      },
      { task: 'classes' },
      'the label 0.5 at position 1',
    ],
    [
      'classes that are numbers to predict',
      {
        x: images,
        y: other(
          [20],
          counting(20).map((v) => v * 1000),
        ),
      },
      {},
      'set data.task to "regression"',
    ],
    [
      'the axes that the layout needs',
      { x: images, y: labels },
      { layout: 'NCHW' },
      'data.layout NCHW needs 4 axes, the array is [20, 2, 3].',
    ],
    [
      'samples of another shape',
      { ...keras, x_test: other([2, 6], counting(12), '|u1') },
      {},
      'x_test has samples of |u1 [6]; expected |u1 [2, 3] like those of',
    ],
    [
      'an input that is not finite',
      { x: other([20], [...counting(19), NaN], '<f4'), y: labels },
      {},
      'x: sample 19 holds NaN; expected a finite number',
    ],
    [
      'a target that is not finite',
      { x: images, y: other([20], [...counting(19), Infinity], '<f4') },
      {},
      'y: target 19 holds Infinity',
    ],
    ['having no samples', { x: other([0, 2], []), y: other([0], []) }, {}, 'x has no samples.'],
    ['a part that is empty', { x: images, y: labels }, { test: 0 }, 'the test part is empty'],
  ];
  it.each(cases)('%s', async (_, members, params, message) => {
    await expect(prepare(members, params)).rejects.toMatchObject({
      name: 'FileProblem',
      message: expect.stringContaining(message) as string,
    });
  });

  it('the file, wherever it is cut short', async () => {
    const whole = npzBytes({
      x: { dtype: '|u1', shape: [4], values: [1, 2, 3, 4] },
      y: { dtype: '|u1', shape: [4], values: [0, 1, 0, 1] },
    });
    const places = makePlaces();
    const file = join(places.folder, 'arrays.npz');
    for (let size = 0; size < whole.length; size += 1) {
      writeFileSync(file, whole.subarray(0, size));
      await expect(prepareHere({ source: 'npz', file }, places)).rejects.toMatchObject({ name: 'FileProblem' });
      expect(readFileSync(file).length).toBe(size);
    }
    writeFileSync(file, whole);
    await prepareHere({ source: 'npz', file, validation: 0.25, test: 0.25 }, places);
  });
});
