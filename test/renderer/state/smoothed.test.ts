/** Smoothing against TensorBoard's formula, worked out by hand. */
import { describe, expect, it } from 'vitest';
import { smoothed } from '../../../renderer/state/smoothed';

describe('a smoothed curve', () => {
  it('begins at the first value, not at zero', () => {
    expect(smoothed([5, 5, 5], 0.9)[0]).toBeCloseTo(5, 5);
    expect([...smoothed([5, 5, 5], 0.9)].every((value) => Math.abs(value - 5) < 1e-5)).toBe(true);
  });

  it('weighs what came before by the factor', () => {
    // Debiased: (0.4 * 2 + 0.6 * 0.4 * 1) / (1 - 0.6 ** 2)
    expect(smoothed([1, 2], 0.6)[1]).toBeCloseTo((0.4 * 2 + 0.24 * 1) / 0.64, 6);
  });

  it('without smoothing is the curve itself', () => {
    expect([...smoothed([3, 1, 4], 0)]).toEqual([3, 1, 4]);
  });

  it('passes over what is not a number', () => {
    const [first, gap, next] = smoothed([1, NaN, 1], 0.5);
    expect([first, next]).toEqual([1, 1]);
    expect(gap).toBeNaN();
  });
});
