/** Frames for watchers: few and small whatever the step rate, complete in what they cover. */
import { describe, expect, it } from 'vitest';
import { createMetricFrames } from '../../../../electron/trainer/loop/metricFrames';
import type { MetricFrame } from '../../../../shared/ipc/trainer';
import { metricFrameSchema } from '../../../../shared/ipc/trainer';
import type { MetricColumns } from '../../../../shared/training/events';

function columns(firstStep: number, steps: number, groups = 3): MetricColumns {
  return {
    firstStep,
    steps,
    scalarNames: ['loss', 'accuracy'],
    scalars: Float32Array.from({ length: 2 * steps }, (_, at) => firstStep + Math.floor(at / 2) + (at % 2 ? 0.5 : 0)),
    groupNames: Array.from({ length: groups }, (_, at) => `layer${at}`),
    gradientNorms: new Float32Array(steps * groups).fill(1),
    updateRatios: Float32Array.from({ length: steps * groups }, (_, at) =>
      (firstStep + Math.floor(at / groups)) % 10 === 0 ? at : NaN,
    ),
  };
}

function watch(): { frames: MetricFrame[]; add: (c: MetricColumns, at: number) => void; flush: () => void } {
  const frames: MetricFrame[] = [];
  let now = 0;
  const { add, flush } = createMetricFrames({ send: (frame) => frames.push(frame), now: () => now });
  return {
    frames,
    flush,
    add(given, at) {
      now = at;
      add(given);
    },
  };
}

describe('createMetricFrames', () => {
  it('sends at most 10 a second however many submissions there are, and covers every step', () => {
    const { frames, add, flush } = watch();
    for (let at = 0; at < 1000; at += 1) add(columns(5 * at, 5), at);
    flush();
    expect(frames.length).toBeLessThanOrEqual(11);
    expect(frames.reduce((sum, { steps }) => sum + steps, 0)).toBe(5000);
    expect(frames.map(({ sequence }) => sequence)).toEqual(frames.map((_, index) => index));
    for (const frame of frames) expect(metricFrameSchema.safeParse(frame).success).toBe(true);
  });

  it('stays below 64 KiB with 300 layers and thousands of steps, the newest step among its rows', () => {
    const { frames, add } = watch();
    add(columns(0, 3000, 300), 0);
    const [frame] = frames as [MetricFrame];
    expect(frame.rowSteps.length).toBeGreaterThan(56);
    expect(frame.rowSteps.length).toBeLessThanOrEqual(64);
    expect(frame.rowSteps[frame.rowSteps.length - 1]).toBe(2999);
    expect([...frame.scalars.slice(-2)]).toEqual([2999, 2999.5]);
    const bytes = [frame.rowSteps, frame.scalars, frame.gradientNorms, frame.updateRatios].map((a) => a.byteLength);
    expect(bytes.reduce((sum, size) => sum + size, 0)).toBeLessThan(65_536);
  });

  it('shows a spike of one step among thousands, and a loss that is no number', () => {
    const { frames, add } = watch();
    const spiked = columns(0, 4000);
    for (let step = 0; step < 4000; step += 1) spiked.scalars[2 * step] = 1 + (step % 7) / 100;
    spiked.scalars[2 * 1234] = 1e6;
    spiked.scalars[2 * 2345] = NaN;
    add(spiked, 0);
    const [{ rowSteps, scalars }] = frames as [MetricFrame];
    expect(scalars[2 * rowSteps.indexOf(1234)]).toBe(1e6);
    expect(scalars[2 * rowSteps.indexOf(2345)]).toBeNaN();
  });

  it('tells the newest ratios that were measured, and none where none was', () => {
    const { frames, add, flush } = watch();
    add(columns(0, 15), 0);
    add(columns(15, 4), 110);
    flush();
    expect([...(frames[0]?.updateRatios ?? [])]).toEqual([30, 31, 32]);
    expect([...(frames[1]?.updateRatios ?? [])]).toEqual([NaN, NaN, NaN]);
    expect(frames[1]?.stepsPerSecond).toBeCloseTo(4 / 0.11, 3);
  });
});
