/** The list of runs as a user filters, sorts and walks it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { filterRuns, rowFrom, sortRuns } from '../../../renderer/compare/runRows';
import { isHigherBetter, mainMeasure } from '../../../renderer/compare/measures';
import type { RunColumn } from '../../../renderer/state/comparisonStore';
import { someRun } from './someRun';

const runs = [
  someRun({ id: 'cnn-1', name: 'digits-cnn', state: 'finished', test: { loss: 0.1, accuracy: 0.98 }, seconds: 4 }),
  someRun({
    id: 'mlp-2',
    name: 'Digits MLP (wide)',
    state: 'stopped',
    test: { loss: 0.4, accuracy: 0.91 },
    seconds: 2,
  }),
  someRun({ id: 'spiral-3', name: 'spiral', state: 'failed', test: null, engine: null, seconds: 0 }),
  someRun({ id: 'price-4', name: 'price', state: 'finished', test: { loss: 0.02 }, seconds: 9 }),
];
const idsOf = (found: readonly { id: string }[]): string[] => found.map(({ id }) => id);

describe('filtering', () => {
  it('finds words in name, id and engine, whatever their case', () => {
    expect(idsOf(filterRuns(runs, { text: ' DIGITS ', state: 'all' }).runs)).toEqual(['cnn-1', 'mlp-2']);
    expect(idsOf(filterRuns(runs, { text: 'price-4', state: 'all' }).runs)).toEqual(['price-4']);
    expect(idsOf(filterRuns(runs, { text: '(wide)', state: 'all' }).runs)).toEqual(['mlp-2']);
  });

  it('reads what stands between slashes as a regular expression', () => {
    expect(idsOf(filterRuns(runs, { text: '/^(spiral|price)$/', state: 'all' }).runs)).toEqual(['spiral-3', 'price-4']);
  });

  it('says so and hides nothing where the expression is none', () => {
    expect(filterRuns(runs, { text: '/(/', state: 'finished' })).toEqual({
      runs: [runs[0], runs[3]],
      understood: false,
    });
  });

  it('keeps one state, together with the words', () => {
    expect(idsOf(filterRuns(runs, { text: '', state: 'finished' }).runs)).toEqual(['cnn-1', 'price-4']);
    expect(idsOf(filterRuns(runs, { text: 'digits', state: 'finished' }).runs)).toEqual(['cnn-1']);
  });

  it('never fails on what somebody types', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const { runs: found } = filterRuns(runs, { text, state: 'all' });
        expect(found.every((run) => runs.includes(run))).toBe(true);
      }),
    );
  });
});

describe('sorting', () => {
  it('puts the best result first, by whatever measure a run has, and what has none last', () => {
    expect(idsOf(sortRuns(runs, { column: 'test', descending: true }))).toEqual([
      'cnn-1',
      'mlp-2',
      'price-4',
      'spiral-3',
    ]);
    expect(idsOf(sortRuns(runs, { column: 'test', descending: false }))).toEqual([
      'price-4',
      'mlp-2',
      'cnn-1',
      'spiral-3',
    ]);
  });

  it('puts the smaller of two losses first', () => {
    const losses = [0.4, 0.02, 3].map((loss) => someRun({ id: `loss ${loss}`, test: { loss } }));
    expect(idsOf(sortRuns(losses, { column: 'test', descending: true }))).toEqual(['loss 0.02', 'loss 0.4', 'loss 3']);
  });

  it('knows numbers inside names', () => {
    const named = ['run 10', 'run 9', 'Run 1'].map((name) => someRun({ id: name, name }));
    expect(idsOf(sortRuns(named, { column: 'name', descending: false }))).toEqual(['Run 1', 'run 9', 'run 10']);
  });

  it('loses and invents no run, and turns round exactly where every run has another value', () => {
    const columns: RunColumn[] = ['name', 'state', 'validation', 'test', 'epochs', 'duration', 'created', 'engine'];
    fc.assert(
      fc.property(fc.constantFrom(...columns), fc.boolean(), (column, descending) => {
        expect(new Set(sortRuns(runs, { column, descending }))).toEqual(new Set(runs));
      }),
    );
    const up = sortRuns(runs, { column: 'duration', descending: false });
    expect(sortRuns(runs, { column: 'duration', descending: true })).toEqual([...up].reverse());
  });
});

describe('walking by keys', () => {
  it('begins at the near end, stays within the list, and knows when there is none', () => {
    expect(rowFrom(runs, null, 1)).toBe('cnn-1');
    expect(rowFrom(runs, null, -1)).toBe('price-4');
    expect(rowFrom(runs, 'mlp-2', 1)).toBe('spiral-3');
    expect(rowFrom(runs, 'price-4', 10)).toBe('price-4');
    expect(rowFrom(runs, 'gone', 1)).toBe('cnn-1');
    expect(rowFrom([], null, 1)).toBeNull();
  });
});

describe('what a run achieved', () => {
  it('is the accuracy, else the first metric, else the loss', () => {
    expect(mainMeasure({ loss: 1, topK: 0.9, accuracy: 0.5 })).toBe('accuracy');
    expect(mainMeasure({ loss: 1, 'digit/accuracy': 0.5, 'digit/loss': 1 })).toBe('digit/accuracy');
    expect(mainMeasure({ loss: 1, meanAbsoluteError: 2 })).toBe('meanAbsoluteError');
    expect(mainMeasure({ loss: 1 })).toBe('loss');
    expect(mainMeasure(null)).toBe('loss');
  });

  it('is better where the metric says so, also the second of a kind', () => {
    expect(['accuracy', 'a/accuracy', 'topK2', 'confusionMatrix'].every(isHigherBetter)).toBe(true);
    expect(['loss', 'a/loss', 'meanAbsoluteError', 'accuracy/meanAbsoluteError'].some(isHigherBetter)).toBe(false);
  });
});
