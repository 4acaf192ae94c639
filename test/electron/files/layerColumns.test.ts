/** Columns of layers under a budget: every step while it lasts, buckets above it, and never more bytes than allowed. */
import { describe, expect, it } from 'vitest';
import { createLayerColumns } from '../../../electron/files/layerColumns';
import type { LayerRecord } from '../../../electron/files/layerColumns';
import { layerBlockBytes, layerBucketBytes, measuredRows } from '../../../electron/files/logRecord';

const limit = 1e6;

/** Plays a run of some seconds: a submission every 100 ms. Returns what would be written, and when. */
function play(groups: number, stepsPerSecond: (second: number) => number, seconds: number): Written[] {
  let clock = 0;
  const layers = createLayerColumns({ groups, bytesPerSecond: limit, now: () => clock });
  const written: Written[] = [];
  let firstStep = 0;
  for (let tick = 0; tick < seconds * 10; tick += 1) {
    clock += 100;
    const steps = Math.round(stepsPerSecond(clock / 1000) / 10);
    const gradientNorms = new Float32Array(steps * groups);
    for (let step = 0; step < steps; step += 1)
      gradientNorms.fill(firstStep + step, step * groups, (step + 1) * groups);
    const updateRatios = new Float32Array(steps * groups).fill(NaN);
    for (const record of layers.add({ firstStep, steps, gradientNorms, updateRatios })) written.push({ clock, record });
    firstStep += steps;
  }
  for (const record of layers.finish()) written.push({ clock, record });
  return written;
}

interface Written {
  clock: number;
  record: LayerRecord;
}

const extentOf = (record: LayerRecord): { firstStep: number; steps: number } =>
  record.kind === 'layers' ? record.block : record.bucket;

function bytesOf(record: LayerRecord): number {
  if (record.kind === 'layerBucket') return layerBucketBytes(record.bucket.gradientNorms.mean.length);
  const { steps, gradientNorms, updateRatios } = record.block;
  return layerBlockBytes(steps, gradientNorms.length / steps, measuredRows(steps, updateRatios).length);
}

function expectNoGaps(written: readonly Written[]): void {
  let next = 0;
  for (const { record } of written) {
    expect(extentOf(record).firstStep).toBe(next);
    next += extentOf(record).steps;
  }
}

describe('the columns of layers', () => {
  it('are written for every step while that is less than the budget', () => {
    const written = play(10, () => 5000, 20);
    expect(written.every(({ record }) => record.kind === 'layers')).toBe(true);
    expectNoGaps(written);
  });

  it.each([
    [300, 5000],
    [3000, 500],
    [20_000, 100],
  ])('stay within the budget for %i layers at %i steps a second', (groups, speed) => {
    const written = play(groups, () => speed, 10);
    const total = written.reduce((sum, { record }) => sum + bytesOf(record), 0);
    // One second's worth may be written in a burst, and the last bucket may be paid in arrears.
    expect(total).toBeLessThanOrEqual(11 * limit + layerBucketBytes(groups));
    expect(total).toBeGreaterThan(3 * limit);
    expectNoGaps(written);
    expect(written.some(({ record }) => record.kind === 'layerBucket')).toBe(true);
  });

  it('settle on one width, and come back to every step when the run gets slower', () => {
    const written = play(300, (second) => (second < 8 ? 5000 : 50), 20);
    const widths = (from: number, to: number): Set<number> =>
      new Set(
        written
          .filter(({ clock }) => clock > from * 1000 && clock <= to * 1000)
          .map(({ record }) => (record.kind === 'layers' ? 1 : record.bucket.steps)),
      );
    expect(widths(4, 8).size).toBe(1);
    expect([...widths(4, 8)][0]).toBeLessThanOrEqual(64);
    expect(widths(17, 20)).toEqual(new Set([1]));
    expectNoGaps(written);
  });

  it('keep the least, the greatest and the mean of each bucket', () => {
    for (const { record } of play(300, () => 5000, 5)) {
      if (record.kind === 'layers') continue;
      const { firstStep, steps, gradientNorms, updateRatios } = record.bucket;
      expect(gradientNorms.minimum[7]).toBe(firstStep);
      expect(gradientNorms.maximum[7]).toBe(firstStep + steps - 1);
      expect(gradientNorms.mean[7]).toBeCloseTo(firstStep + (steps - 1) / 2, 1);
      expect([updateRatios.minimum[7], updateRatios.maximum[7], updateRatios.mean[7]]).toEqual([NaN, NaN, NaN]);
    }
  });

  it('show a gradient that was not finite in the mean, and a spike of one step in the maximum', () => {
    const layers = createLayerColumns({ groups: 2, bytesPerSecond: 1, now: () => 0 });
    const gradientNorms = Float32Array.from({ length: 32 }, (_, at) => (at % 2 === 0 ? 1 : 2));
    gradientNorms[10] = NaN;
    gradientNorms[11] = 500;
    const updateRatios = new Float32Array(32).fill(NaN);
    updateRatios[4] = 0.25;
    expect(layers.add({ firstStep: 0, steps: 16, gradientNorms, updateRatios })).toEqual([]);
    const [record] = layers.finish();
    expect(record).toMatchObject({
      kind: 'layerBucket',
      bucket: {
        firstStep: 0,
        steps: 16,
        gradientNorms: { minimum: Float32Array.of(1, 2), maximum: Float32Array.of(1, 500) },
        updateRatios: { mean: Float32Array.of(0.25, NaN), minimum: Float32Array.of(0.25, NaN) },
      },
    });
    expect(record?.kind === 'layerBucket' && record.bucket.gradientNorms.mean[0]).toBeNaN();
  });
});
