/** The pyramid of a curve as long as the longest run. */
import { describe, expect, it } from 'vitest';
import { createMinMaxPyramid } from '../../../renderer/state/minMaxPyramid';

describe('a stretch of a curve', () => {
  it('costs no more in ten million points than in ten thousand, near enough', () => {
    const visitedOf = (points: number): number => {
      const pyramid = createMinMaxPyramid();
      for (let x = 0; x < points; x += 1) pyramid.append(x, x % 17);
      return pyramid.query(points * 0.123, points * 0.987, 500).visited;
    };
    expect(visitedOf(10_000_000) / visitedOf(10_000)).toBeLessThanOrEqual(2);
  });
});
