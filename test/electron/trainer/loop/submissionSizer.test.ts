/** How many steps go into a submission, at every speed of a step. */
import { describe, expect, it } from 'vitest';
import { createSubmissionSizer } from '../../../../electron/trainer/loop/submissionSizer';

const settle = (stepMilliseconds: number, floats = 100): number => {
  const sizer = createSubmissionSizer(floats, null);
  for (let turn = 0; turn < 40; turn += 1) sizer.measured(sizer.next(), sizer.next() * stepMilliseconds);
  return sizer.next();
};

describe('createSubmissionSizer', () => {
  it('comes to as many steps as take about 100 ms, and at least one', () => {
    expect(settle(25)).toBe(4);
    expect(settle(1)).toBe(100);
    expect(settle(5000)).toBe(1);
  });

  it('stays within 4096 steps and 4 MiB of columns however quick a step is', () => {
    expect(settle(0.0001)).toBe(4096);
    expect(settle(0.0001, 2 ** 20)).toBe(1);
    expect(settle(0.0001, 10_000)).toBe(104);
  });

  it('starts with one step and at most doubles, since first steps tell little', () => {
    const sizer = createSubmissionSizer(10, null);
    const sizes = [1, 2, 3, 4].map(() => {
      const size = sizer.next();
      sizer.measured(size, size * 0.01);
      return size;
    });
    expect(sizes).toEqual([1, 2, 4, 8]);
  });

  it('is what a test forces it to be', () => {
    const sizer = createSubmissionSizer(10, 17);
    sizer.measured(17, 1e6);
    expect(sizer.next()).toBe(17);
  });
});
