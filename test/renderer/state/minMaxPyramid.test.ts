/** The pyramid of a growing curve, held against what one finds by looking at every point. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createMinMaxPyramid, type Buckets, type MinMaxPyramid } from '../../../renderer/state/minMaxPyramid';

interface Point {
  x: number;
  y: number;
}

function built(points: readonly Point[], most = Infinity): MinMaxPyramid {
  const pyramid = createMinMaxPyramid(most);
  for (const { x, y } of points) pyramid.append(x, y);
  return pyramid;
}

function finite(points: readonly Point[]): number[] {
  return points.map(({ y }) => y).filter((y) => Number.isFinite(y));
}

/** Every bucket says the truth of the points from its first to its last. */
function expectTrue(buckets: Buckets, points: readonly Point[]): void {
  buckets.first.forEach((first, at) => {
    const inside = points.filter(({ x }) => x >= first && x <= (buckets.last[at] as number));
    const values = finite(inside);
    expect(inside.length).toBeGreaterThan(0);
    expect(buckets.broken[at]).toBe(values.length < inside.length ? 1 : 0);
    if (values.length === 0) {
      expect(buckets.mean[at]).toBeNaN();
      return;
    }
    expect(buckets.minimum[at]).toBe(Math.fround(Math.min(...values)));
    expect(buckets.maximum[at]).toBe(Math.fround(Math.max(...values)));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const size = Math.max(...values.map(Math.abs), 1);
    expect(Math.abs((buckets.mean[at] as number) - mean)).toBeLessThanOrEqual(1e-5 * size);
  });
}

const value = fc.oneof(
  { weight: 12, arbitrary: fc.float({ noNaN: true, noDefaultInfinity: true, min: -1000, max: 1000 }) },
  { weight: 1, arbitrary: fc.constantFrom(NaN, Infinity, -Infinity) },
);
/** Steps of a thinned run: they grow, not always by one. */
const curve = fc
  .array(fc.record({ gap: fc.integer({ min: 1, max: 5 }), y: value }), { maxLength: 400 })
  .map((steps) => {
    let x = -1;
    return steps.map(({ gap, y }): Point => ({ x: (x += gap), y }));
  });

describe('a stretch of a curve', () => {
  it('has the exact extremes of all its points, in at most as many buckets as were asked for', () => {
    fc.assert(
      fc.property(
        curve,
        fc.integer({ min: -5, max: 1500 }),
        fc.nat(1500),
        fc.integer({ min: 1, max: 60 }),
        (points, from, length, most) => {
          const buckets = built(points).query(from, from + length, most);
          expect(buckets.first.length).toBeLessThanOrEqual(most);
          expectTrue(buckets, points);
          const seen = points.filter(({ x }) => x >= from && x <= from + length);
          if (seen.length === 0) {
            expect(buckets.first.length).toBe(0);
            return;
          }
          expect(buckets.first[0]).toBeLessThanOrEqual(seen[0]?.x ?? NaN);
          expect(buckets.last[buckets.last.length - 1]).toBeGreaterThanOrEqual(seen[seen.length - 1]?.x ?? NaN);
        },
      ),
    );
  });

  it('is the points themselves where there is room for them', () => {
    const points = [3, 1, NaN, 2].map((y, x) => ({ x, y }));
    const { first, minimum, maximum, broken } = built(points).query(0, 3, 10);
    expect([...first]).toEqual([0, 1, 2, 3]);
    expect([...minimum]).toEqual([3, 1, NaN, 2]);
    expect([...maximum]).toEqual([3, 1, NaN, 2]);
    expect([...broken]).toEqual([0, 0, 1, 0]);
  });

  it('shows one outlier among a million', () => {
    const pyramid = createMinMaxPyramid();
    for (let x = 0; x < 1_000_000; x += 1) pyramid.append(x, x === 765_432 ? 99 : Math.sin(x / 1000));
    const { maximum, first, last } = pyramid.query(-Infinity, Infinity, 280);
    const at = maximum.indexOf(99);
    expect(at).toBeGreaterThanOrEqual(0);
    expect([first[at], last[at]].map((place) => Math.sign((place as number) - 765_432))).not.toEqual([1, 1]);
    expect(maximum.filter((high) => high > 1)).toHaveLength(1);
  });
});

describe('a run that goes on from a checkpoint', () => {
  it('replaces what came after it', () => {
    fc.assert(
      fc.property(curve, fc.nat(1200), curve, (points, at, more) => {
        const pyramid = built(points);
        pyramid.cut(at);
        const kept = points.filter(({ x }) => x < at);
        const start = (kept[kept.length - 1]?.x ?? -1) + 1;
        const added = more.map(({ x, y }) => ({ x: x + start, y }));
        for (const { x, y } of added) pyramid.append(x, y);
        const all = [...kept, ...added];
        expect(pyramid.length()).toBe(all.length);
        expect(pyramid.end()).toBe(all[all.length - 1]?.x ?? null);
        expectTrue(pyramid.query(-Infinity, Infinity, 7), all);
        expectTrue(pyramid.query(-Infinity, Infinity, 1000), all);
      }),
    );
  });
});

describe('a pyramid with a bound', () => {
  it('never holds more, and loses no extreme', () => {
    fc.assert(
      fc.property(curve, fc.integer({ min: 2, max: 40 }), (points, most) => {
        const pyramid = built(points, most);
        expect(pyramid.length()).toBeLessThanOrEqual(most);
        const { minimum, maximum } = pyramid.query(-Infinity, Infinity, 1);
        const values = finite(points);
        if (values.length === 0) return;
        expect(minimum[0]).toBe(Math.fround(Math.min(...values)));
        expect(maximum[0]).toBe(Math.fround(Math.max(...values)));
      }),
    );
  });
});

describe('a stretch of the log', () => {
  it('counts by the steps that it stands for', () => {
    const pyramid = createMinMaxPyramid();
    pyramid.appendStretch(0, { minimum: 0, maximum: 4, mean: 1, weight: 9 });
    pyramid.append(9, 11);
    const { minimum, maximum, mean } = pyramid.query(0, 9, 1);
    expect([minimum[0], maximum[0], mean[0]]).toEqual([0, 11, 2]);
    expect(pyramid.valueAt(5)).toBe(1);
    expect(pyramid.valueAt(-1)).toBeNull();
  });
});
