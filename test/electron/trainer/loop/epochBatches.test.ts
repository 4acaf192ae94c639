/** Which samples a step sees: all of them once an epoch, in an order that seed and epoch decide and nothing else. */
import { describe, expect, it } from 'vitest';
import { epochBatches, stepsPerEpoch } from '../../../../electron/trainer/loop/epochBatches';

const plan = { batchSize: 4, accumulate: 1, seed: 3 };

const stepsOf = (samples: number, given: typeof plan, epoch: number): number[][][] => {
  const batches = epochBatches(samples, given, epoch);
  return Array.from({ length: batches.length }, (_, at) => batches.microBatches(at).map((batch) => [...batch]));
};

describe('epochBatches', () => {
  it('shows every sample once, the last batch being what is left', () => {
    const steps = stepsOf(10, plan, 0);
    expect(steps.map((step) => step.map((batch) => batch.length))).toEqual([[4], [4], [2]]);
    expect(steps.flat(2).sort((a, b) => a - b)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
    expect([0, 1, 2].map(epochBatches(10, plan, 0).samples)).toEqual([4, 4, 2]);
  });

  it('draws the same order for the same seed and epoch, another for another', () => {
    const first = stepsOf(100, plan, 5).flat(2);
    expect(stepsOf(100, plan, 5).flat(2)).toEqual(first);
    expect(stepsOf(100, plan, 6).flat(2)).not.toEqual(first);
    expect(stepsOf(100, { ...plan, seed: 4 }, 5).flat(2)).not.toEqual(first);
    expect(stepsOf(100, { ...plan, batchSize: 7 }, 5).flat(2)).toEqual(first);
  });

  it('gives a step as many micro-batches as are accumulated, fewer at the end', () => {
    const steps = stepsOf(21, { ...plan, accumulate: 2 }, 0);
    expect(steps.map((step) => step.map((batch) => batch.length))).toEqual([
      [4, 4],
      [4, 4],
      [4, 1],
    ]);
    expect(stepsPerEpoch(21, { ...plan, accumulate: 2 })).toBe(3);
  });
});
