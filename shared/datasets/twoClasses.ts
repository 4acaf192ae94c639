/** What generated sets of points in two classes have in common: their fields and how they are split. */
import type { DataInfo } from '../ir/dataSetDefinition';

/** The parts of one class of `count` points: a fifth each, rounded, validates and tests; the rest trains. */
export function classCounts(count: number): { train: number; validation: number; test: number } {
  const fifth = Math.max(1, Math.round(count / 5));
  return { train: count - 2 * fifth, validation: fifth, test: fifth };
}

/**
 * `point` [2] is the place, `label` [] the class as an index (for cross-entropy), and `target` [1] the same as a
 * number (for binary cross-entropy and squared error). Even positions are of class 0, odd ones of class 1.
 */
export function twoClassInfo(points: number): DataInfo {
  const both = [classCounts(Math.ceil(points / 2)), classCounts(Math.floor(points / 2))];
  const sum = (part: 'train' | 'validation' | 'test'): number =>
    both.reduce((total, counts) => total + counts[part], 0);
  return {
    fields: [
      { name: 'point', shape: [2], dtype: 'float32' },
      { name: 'label', shape: [], dtype: 'int32', classes: ['0', '1'], range: [0, 1] },
      { name: 'target', shape: [1], dtype: 'float32', range: [0, 1] },
    ],
    counts: { train: sum('train'), validation: sum('validation'), test: sum('test') },
  };
}
