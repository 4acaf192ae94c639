/** How often the update-to-weight ratio is measured: for at most about half a percent of the time, on the probe's own figures. */
import { describe, expect, it } from 'vitest';
import { createRatioProbe, ratioInterval } from '../../../../electron/trainer/loop/ratioProbe';

const probed = (plain: number, measuring: number, odd?: (at: number) => number): number => {
  const probe = createRatioProbe();
  for (let at = 0; ; at += 1) {
    const kind = probe.next();
    if (kind === null) return probe.every();
    probe.measured((kind === 1 ? measuring : plain) + (odd?.(at) ?? 0));
  }
};

describe('createRatioProbe', () => {
  it('keeps what ratios cost at half a percent of the steps', () => {
    expect(probed(10, 10.5)).toBe(10);
    expect(probed(10, 13)).toBe(60);
    for (const k of [probed(10, 11.7), probed(3, 4.1)]) expect(k).toBeGreaterThan(1);
  });

  it('measures at every step where it costs nothing, and at least every thousandth', () => {
    expect(probed(10, 10)).toBe(1);
    expect(probed(10, 9.9)).toBe(1);
    expect(probed(1, 500)).toBe(1000);
    expect(ratioInterval(0, 0)).toBe(1);
  });

  it('is not misled by a slow first step, by one odd time, or by a machine that slows down', () => {
    expect(probed(10, 10.5, (at) => (at === 0 ? 900 : 0))).toBe(10);
    expect(probed(10, 10.5, (at) => (at === 6 ? 300 : 0))).toBe(10);
    // Something else computes in most of the steps.
    expect(probed(10, 10.5, (at) => (at % 7 < 5 ? 4 + at : 0))).toBe(10);
    expect(probed(10, 11, (at) => at * 0.001)).toBeLessThanOrEqual(22);
  });

  it('rather measures too seldom where the shortest steps lie apart', () => {
    // Of the steps that measure one was faster than all that did not, by chance.
    expect(probed(10, 10.7, (at) => (at === 9 ? -1 : at * 0.01))).toBeGreaterThanOrEqual(14);
    expect(probed(10, 10, (at) => at * 0.1)).toBeGreaterThan(1);
  });

  it('takes sixteen steps, which are steps of the run', () => {
    const probe = createRatioProbe();
    let steps = 0;
    while (probe.next() !== null) {
      probe.measured(1);
      steps += 1;
    }
    expect(steps).toBe(16);
  });
});
