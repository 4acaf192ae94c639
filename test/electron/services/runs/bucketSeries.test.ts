/** Curves in buckets: against brute force, value by value. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createLayerHistory } from '../../../../electron/files/layerHistory';
import { bucketLayers } from '../../../../electron/services/runs/bucketLayers';
import { bucketSeries, bucketWidth } from '../../../../electron/services/runs/bucketSeries';

const value = fc.oneof(fc.float(), fc.constantFrom(NaN, Infinity, -Infinity, 0, -0));

describe('a curve in buckets', () => {
  it('has the exact minimum, maximum and mean of every bucket', () => {
    fc.assert(
      fc.property(
        fc.array(value, { maxLength: 300 }),
        fc.nat(320),
        fc.nat(320),
        fc.integer({ min: 1, max: 50 }),
        (values, one, other, most) => {
          const [from, to] = [Math.min(one, other), Math.max(one, other)];
          const found = bucketSeries(Float32Array.from(values), from, to, most);
          const end = Math.min(to, values.length);
          const width = bucketWidth(Math.max(0, end - from), most);
          expect(found.firstSteps.length).toBeLessThanOrEqual(most);
          const slices: number[][] = [];
          for (let at = from; at < end; at += width) {
            slices.push(values.slice(at, Math.min(end, at + width)).filter((one) => !Number.isNaN(one)));
          }
          expect([...found.firstSteps]).toEqual(slices.map((_, index) => from + index * width));
          const fold = (work: (slice: number[]) => number): number[] =>
            slices.map((slice) => (slice.length === 0 ? NaN : work(slice)));
          expect([...found.minimum]).toEqual(fold((slice) => slice.reduce((a, b) => (b < a ? b : a))));
          expect([...found.maximum]).toEqual(fold((slice) => slice.reduce((a, b) => (b > a ? b : a))));
          const means = fold((slice) => slice.reduce((a, b) => a + b, 0) / slice.length);
          expect([...found.mean]).toEqual([...Float32Array.from(means)]);
        },
      ),
    );
  });

  it('is the steps themselves where there is a bucket for each', () => {
    const { firstSteps, minimum, maximum, mean } = bucketSeries(Float32Array.of(3, 1, 2), 0, 3, 3);
    expect([[...firstSteps], [...minimum], [...maximum], [...mean]]).toEqual([
      ...[
        [0, 1, 2],
        [3, 1, 2],
        [3, 1, 2],
        [3, 1, 2],
      ],
    ]);
  });

  it('shows one outlier in a million', () => {
    const values = new Float32Array(1_000_000).fill(1);
    values[765_432] = 99;
    expect(Math.max(...bucketSeries(values, 0, values.length, 2000).maximum)).toBe(99);
  });
});

describe('layers in buckets', () => {
  it('are means of what was measured, whether the log has steps or buckets of them', () => {
    const layers = createLayerHistory();
    layers.declare(['a', 'b']);
    const nothing = new Float32Array(8).fill(NaN);
    const gradientNorms = Float32Array.of(1, 10, 3, 30, NaN, 50, 7, 70);
    layers.add({ exact: true, firstStep: 0, steps: 4, gradientNorms, updateRatios: nothing });
    const extent = (...means: number[]) => ({
      minimum: Float32Array.from(means),
      maximum: Float32Array.from(means),
      mean: Float32Array.from(means),
    });
    layers.add({
      ...{ exact: false, firstStep: 4, steps: 4 },
      ...{ gradientNorms: extent(9, 90), updateRatios: extent(NaN, 0.5) },
    });
    const rows = (groups: string[], most: number) => {
      const { firstSteps, gradientNorms: norms, updateRatios } = bucketLayers(layers, groups, most);
      return [[...firstSteps], [...norms], [...updateRatios]];
    };
    expect(rows(['a', 'b'], 4)).toEqual([
      [0, 2, 4, 6],
      [2, 7, 9, 9, 20, 60, 90, 90],
      [NaN, NaN, NaN, NaN, NaN, NaN, 0.5, 0.5],
    ]);
    // Three steps a bucket: the second holds 7 of step 3 and twice the 9 of the log's own bucket.
    expect(rows(['a'], 3)).toEqual([[0, 3, 6], [2, (7 + 9 + 9) / 3, 9].map(Math.fround), [NaN, NaN, NaN]]);
    expect(rows(['unknown'], 1)).toEqual([[0], [NaN], [NaN]]);
  });
});
