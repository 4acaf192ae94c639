/** Which gradient a node shows, and how its last frames are drawn. */
import { describe, expect, it } from 'vitest';
import { gradientOf } from '../../../renderer/canvas/gradientOf';
import { sparklinePoints } from '../../../renderer/canvas/sparkline';

const reading = (rms: number, ratioToOutputSide: number) => ({ rms, ratioToOutputSide, updateRatio: NaN });

describe('the gradient of a node', () => {
  it('is its own, or of a block the one that stands out most', () => {
    const norms = new Map([
      ['conv', reading(1, 1)],
      ['stage/1/a', reading(1, 0.5)],
      ['stage/2/a', reading(1, 1e-4)],
      ['stage2/a', reading(1, 1e-9)],
    ]);
    expect(gradientOf(norms, 'conv')?.path).toBe('conv');
    expect(gradientOf(norms, 'stage')?.path).toBe('stage/2/a');
    expect(gradientOf(norms, 'relu')).toBeNull();
    expect(gradientOf(new Map([...norms, ['stage/3/a', reading(0, 0)]]), 'stage')?.path).toBe('stage/3/a');
  });
});

describe('a sparkline', () => {
  const heights = (values: number[]): number[] =>
    sparklinePoints(values, 0, 31, 12)
      .split(' ')
      .map((point) => Number(point.split(',')[1]));

  it('is logarithmic: equal factors are equal steps', () => {
    const [a = 0, b = 0, c = 0] = heights([1e-4, 1e-2, 1]);
    expect(a - b).toBeCloseTo(b - c);
    expect(a).toBeGreaterThan(c);
  });

  it('puts the newest at the right and what has no logarithm at the bottom', () => {
    expect(sparklinePoints([1, 1], 0, 31, 12)).toBe('30.0,6.0 31.0,6.0');
    expect(heights([1, NaN, 0, 10])[1]).toBe(11);
    expect(sparklinePoints([], 0, 31, 12)).toBe('');
    expect(sparklinePoints([0, NaN], 0, 31, 12)).toBe('');
  });
});
