/** The time of a step, on a clock that only steps move: what warming up costs is no part of it, nor is one odd step. */
import { describe, expect, it } from 'vitest';
import type { Runner, Step, Submitted } from '../../../electron/trainer/engines/engine';
import { createFakeEngine } from '../../../electron/trainer/engines/fake/fakeEngine';
import { measureSteps } from '../../../electron/trainer/measureSteps';
import { classifier, openOptions } from '../../contract/runner/tinyDesigns';
import { changedRunner } from '../../drivers/trainer';

interface Told {
  steps: Step[];
  /** Submissions that were begun while another was not ended. */
  overlapping: number;
}

/** An engine whose step `index` takes `cost(index)` milliseconds, one submission after the other. */
async function measured(cost: (index: number) => number, seconds = 1, more: Partial<Runner> = {}) {
  const program = classifier();
  let clock = 0;
  let open = 0;
  const told: Told = { steps: [], overlapping: 0 };
  const fake = await createFakeEngine({}).open(program, openOptions());
  const runner = changedRunner(fake, {
    submit: async (steps, signal): Promise<Submitted> => {
      open += 1;
      if (open > 1) told.overlapping += 1;
      const done = await fake.submit(steps, signal);
      for (const step of steps) {
        clock += cost(step.index);
        told.steps.push(step);
      }
      open -= 1;
      return done;
    },
    ...more,
  });
  const answer = await measureSteps({ program, runner, data: { count: () => 48 } }, seconds, () => clock);
  return { ...answer, ...told, clock };
}

describe('the measured time', () => {
  it('is that of a step, however much the first ones cost', async () => {
    const { milliseconds, clock, steps } = await measured((index) => (index < 2 ? 400 : 4));
    expect(milliseconds).toBeCloseTo(4, 9);
    expect(clock).toBeGreaterThan(1700);
    expect(clock).toBeLessThan(2100);
    expect(steps.length).toBeGreaterThan(200);
  });

  it('is the usual one where one step is odd', async () => {
    expect((await measured((index) => (index === 9 ? 300 : 4))).milliseconds).toBeCloseTo(4, 0);
  });

  it('keeps two submissions in flight, as training does, and goes through the data in order, epoch after epoch', async () => {
    const { overlapping, steps } = await measured(() => 20);
    expect(overlapping).toBeGreaterThan(2);
    expect(steps.map(({ index }) => index)).toEqual(steps.map((_, at) => at));
    const { batchSize, accumulate } = classifier().training;
    const perEpoch = Math.ceil(48 / (batchSize * accumulate));
    const seen = steps.slice(0, perEpoch).flatMap(({ microBatches }) => microBatches.flatMap((batch) => [...batch]));
    expect(seen.sort((a, b) => a - b)).toEqual(Array.from({ length: 48 }, (_, at) => at));
    expect(steps.length).toBeGreaterThan(perEpoch);
  });

  it('of a step that takes longer than all the time there is comes from one, with nothing beside it', async () => {
    const { milliseconds, steps, overlapping } = await measured(() => 5000);
    expect(milliseconds).toBe(5000);
    expect([steps.length, overlapping]).toEqual([2, 0]);
  });

  it('is none where a step cannot be done, and why is said', async () => {
    const refuse = (reason: Submitted['reason']): Partial<Runner> => ({
      submit: () => Promise.resolve({ columns: { steps: 0 } as Submitted['columns'], stoppedAt: 0, reason }),
    });
    await expect(measured(() => 1, 1, refuse('out of memory'))).rejects.toMatchObject({ code: 'out-of-memory' });
    await expect(measured(() => 1, 1, refuse('not finite'))).rejects.toThrow('A step ended early: not finite.');
  });
});
