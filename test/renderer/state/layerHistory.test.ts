/** What layers measured, in a bounded number of rows. */
import { describe, expect, it } from 'vitest';
import { createLayerHistory } from '../../../renderer/state/layerHistory';

describe('the history of layers', () => {
  it('tells norm, root mean square and ratio of each', () => {
    const history = createLayerHistory([4, 9]);
    history.append(0, [2, 6], [0.1, NaN]);
    expect([history.value('norm', 0, 1), history.value('rms', 0, 1)]).toEqual([6, 2]);
    expect(history.value('ratio', 0, 0)).toBeCloseTo(0.1);
    expect(history.value('ratio', 0, 1)).toBeNaN();
  });

  it('finds the row of a step', () => {
    const history = createLayerHistory([1]);
    for (const step of [10, 20, 30]) history.append(step, [step], [0]);
    expect([5, 10, 19, 30, 99].map((step) => history.rowAt(step))).toEqual([-1, 0, 0, 2, 2]);
  });

  it('never holds more rows than it may, and keeps the course of the values', () => {
    const history = createLayerHistory([1], 64);
    for (let step = 0; step < 10_000; step += 1) history.append(step, [step], [NaN]);
    expect(history.rows()).toBeLessThanOrEqual(64);
    for (let row = 1; row < history.rows(); row += 1) {
      expect(history.value('norm', row, 0)).toBeGreaterThan(history.value('norm', row - 1, 0));
      expect(history.xAt(row)).toBeGreaterThan(history.xAt(row - 1));
    }
  });

  it('keeps what was measured at one of two neighbours only', () => {
    const history = createLayerHistory([1], 4);
    [1, NaN, NaN, NaN, 5].forEach((value, step) => history.append(step, [value], [value]));
    expect([0, 1, 2].map((row) => history.value('norm', row, 0))).toEqual([1, NaN, 5]);
  });

  it('forgets what came after a checkpoint', () => {
    const history = createLayerHistory([1]);
    for (const step of [10, 20, 30]) history.append(step, [step], [0]);
    history.cut(20);
    history.append(20, [7], [0]);
    expect([history.rows(), history.value('norm', 1, 0)]).toEqual([2, 7]);
  });
});
