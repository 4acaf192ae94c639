/** One run looked at closely: its classes, its confusion matrix, and what its network says of a sample. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classRows, moveCell, rowShares } from '../../../renderer/compare/classRows';
import { readPrediction } from '../../../renderer/compare/readPrediction';
import { pageOf, pageSize, sampleIndex } from '../../../renderer/compare/samplePages';

const one = (name: string, f1: number, support = 10) => ({ name, precision: f1, recall: f1, f1, support });
const table = {
  head: 'digit',
  part: 'test' as const,
  classes: [one('cat', 0.9), one('dog', 0.4), one('owl', 1), one('none', 0, 0)],
  confusion: [
    [9, 1, 0, 0],
    [6, 4, 0, 0],
    [0, 0, 10, 0],
    [0, 0, 0, 0],
  ],
};

describe('the table of classes', () => {
  it('begins with the weakest and marks it, but not a class that has no samples', () => {
    const rows = classRows(table, { column: 'f1', descending: false });
    expect(rows.map(({ name }) => name)).toEqual(['none', 'dog', 'cat', 'owl']);
    expect(rows.filter(({ worst }) => worst).map(({ name }) => name)).toEqual(['dog']);
  });

  it('marks nothing where nothing was mistaken', () => {
    const perfect = { ...table, classes: [one('a', 1), one('b', 1)] };
    expect(classRows(perfect, { column: 'index', descending: true }).map(({ name, worst }) => [name, worst])).toEqual([
      ['b', false],
      ['a', false],
    ]);
  });
});

describe('the confusion matrix', () => {
  it('is shaded by the share of each row, which adds up to one wherever there are samples', () => {
    expect(rowShares(table.confusion)[1]).toEqual([0.6, 0.4, 0, 0]);
    expect(rowShares(table.confusion)[3]).toEqual([0, 0, 0, 0]);
  });

  it('is walked by arrows and never left', () => {
    const keys = fc.constantFrom('ArrowUp', 'ArrowDown', 'ArrowLeft', 'ArrowRight', 'Home', 'End');
    fc.assert(
      fc.property(fc.array(keys), fc.integer({ min: 1, max: 5 }), (pressed, classes) => {
        let place = { actual: 0, predicted: 0 };
        for (const key of pressed) place = moveCell(place, key, classes) ?? place;
        expect(Math.max(place.actual, place.predicted)).toBeLessThan(classes);
        expect(Math.min(place.actual, place.predicted)).toBeGreaterThanOrEqual(0);
      }),
    );
    expect(moveCell({ actual: 1, predicted: 1 }, 'ArrowDown', 3)).toEqual({ actual: 2, predicted: 1 });
    expect(moveCell({ actual: 1, predicted: 1 }, 'ArrowLeft', 3)).toEqual({ actual: 1, predicted: 0 });
    expect(moveCell({ actual: 1, predicted: 1 }, 'x', 3)).toBeNull();
  });
});

describe('a prediction', () => {
  const head = { head: 'digit', shape: [3], values: Float32Array.of(0.25, 0.5, 0.25), target: [1] };

  it('is a bar a class in their own order, with the truth', () => {
    expect(readPrediction({ ...head, classes: ['a', 'b', 'c'] })).toMatchObject({
      bars: [
        { index: 0, name: 'a', probability: 0.25 },
        { index: 1, name: 'b', probability: 0.5 },
        { index: 2, name: 'c', probability: 0.25 },
      ],
      truth: 1,
      right: true,
      hidden: 0,
    });
    expect(readPrediction({ ...head, classes: ['a', 'b', 'c'], target: [2] })).toMatchObject({ right: false });
  });

  it('of many classes shows the likeliest, and always the true one', () => {
    const values = Float32Array.from({ length: 100 }, (_, at) => at / 4950);
    const classes = [...values].map((_, at) => `c${at}`);
    const read = readPrediction({ head: 'h', shape: [100], values, classes, target: [0] });
    if (read.kind !== 'classes') throw new Error('classes were expected');
    expect(read.bars.map(({ index }) => index)).toEqual([99, 98, 97, 96, 95, 94, 93, 92, 91, 90, 89, 88, 0]);
    expect(read.hidden).toBe(87);
  });

  it('of one output between two classes is the probability of the second', () => {
    const read = readPrediction({
      head: 'h',
      shape: [1],
      values: Float32Array.of(0.75),
      classes: ['no', 'yes'],
      target: [1],
    });
    expect(read).toMatchObject({ bars: [{ probability: 0.25 }, { probability: 0.75 }], right: true });
  });

  it('without classes is numbers', () => {
    expect(readPrediction({ ...head, classes: null, target: null })).toEqual({
      kind: 'values',
      values: [0.25, 0.5, 0.25],
      target: null,
    });
  });
});

describe('choosing a sample', () => {
  it('fetches a page at a time, never past the end, and none before the count is known', () => {
    expect(pageOf(0, null).indices).toEqual([]);
    expect(pageOf(pageSize + 1, pageSize + 3).indices).toEqual([pageSize, pageSize + 1, pageSize + 2]);
    expect(pageOf(0, 0).indices).toEqual([]);
  });

  it('takes whole numbers of the part and nothing else', () => {
    expect([' 7 ', '0', '10', '-1', '1.5', '', 'x', '1e1'].map((text) => sampleIndex(text, 10))).toEqual([
      7,
      0,
      null,
      null,
      null,
      null,
      null,
      null,
    ]);
  });
});
