/** Schedules against PyTorch's published recurrences, written here step by step as its schedulers do them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultsOf } from '../../../shared/ir/params';
import type { ScheduleState } from '../../../shared/ir/trainingDefinitions';
import { scheduleRegistry } from '../../../shared/schedules/registry';

const updatesPerEpoch = 7;
const totalUpdates = 10 * updatesPerEpoch;

function factors(type: string, given: Record<string, number>, states: Partial<ScheduleState>[]): number[] {
  const definition = scheduleRegistry.get(type)!;
  const params = { ...defaultsOf(definition.params), ...given };
  return states.map((state) => definition.factor(params, { ...still, ...state }));
}

const still: ScheduleState = { update: 0, updatesPerEpoch, totalUpdates, history: [] };
const everyUpdate = Array.from({ length: totalUpdates }, (_, update) => ({ update }));

function expectClose(received: number[], wanted: number[]): void {
  expect(received).toHaveLength(wanted.length);
  received.forEach((value, index) => expect(value, `at ${index}`).toBeCloseTo(wanted[index]!, 10));
}

describe('constant', () => {
  it('stays', () => {
    expect(new Set(factors('constant', {}, everyUpdate))).toEqual(new Set([1]));
  });
});

describe('step', () => {
  it('multiplies the rate at the end of every third epoch, as StepLR(step_size=3) does', () => {
    let rate = 1;
    const wanted = everyUpdate.map(({ update }) => {
      const epoch = update / updatesPerEpoch;
      if (Number.isInteger(epoch) && epoch > 0 && epoch % 3 === 0) rate *= 0.2;
      return rate;
    });
    expectClose(factors('step', { everyEpochs: 3, factor: 0.2 }, everyUpdate), wanted);
    expect(new Set(wanted).size).toBe(4);
  });
});

describe('cosine', () => {
  it('follows the recurrence of CosineAnnealingLR without a warm-up', () => {
    const least = 0.05;
    let rate = 1;
    const wanted = everyUpdate.map(({ update }) => {
      if (update > 0) {
        const [now, before] = [update, update - 1].map((at) => 1 + Math.cos((Math.PI * at) / totalUpdates));
        rate = (now! / before!) * (rate - least) + least;
      }
      return rate;
    });
    expectClose(factors('cosine', { finalFactor: least }, everyUpdate), wanted);
  });

  it('rises in a straight line first, to the full rate at the end of the warm-up', () => {
    const found = factors('cosine', { warmupEpochs: 2, finalFactor: 0.1 }, everyUpdate);
    const warmup = 2 * updatesPerEpoch;
    expectClose(
      found.slice(0, warmup),
      Array.from({ length: warmup }, (_, update) => (update + 1) / warmup),
    );
    expect(found[warmup]).toBe(1);
    expect(found[warmup + (totalUpdates - warmup) / 2]).toBeCloseTo(0.55, 10);
    expect(found[totalUpdates - 1]).toBeLessThan(0.11);
  });

  it('warms up for part of an epoch, and never beyond the end', () => {
    expect(factors('cosine', { warmupEpochs: 0.5 }, [{ update: 0 }])[0]).toBeCloseTo(1 / Math.round(3.5), 10);
    const long = factors('cosine', { warmupEpochs: 1000 }, everyUpdate);
    expect(long[totalUpdates - 1]).toBe(1);
    expect(factors('cosine', { finalFactor: 0.2 }, [{ update: totalUpdates + 5 }])[0]).toBeCloseTo(0.2, 10);
  });
});

/** ReduceLROnPlateau in mode "min" with a relative threshold, stepped once an epoch. */
function reduceOnPlateau(history: readonly number[], patience: number, factor: number, least: number): number {
  const state = { best: Infinity, bad: 0, rate: 1 };
  for (const value of history) {
    if (value < state.best * (1 - 1e-4)) [state.best, state.bad] = [value, 0];
    else state.bad += 1;
    if (state.bad > patience) [state.rate, state.bad] = [Math.max(state.rate * factor, least), 0];
  }
  return state.rate;
}

describe('plateau', () => {
  it('does what ReduceLROnPlateau does, for any history of losses', () => {
    const losses = fc.array(fc.double({ min: 0.01, max: 2, noNaN: true }), { maxLength: 40 });
    fc.assert(
      fc.property(losses, fc.integer({ min: 0, max: 4 }), (history, patience) => {
        const found = factors('plateau', { patience, minimum: 0.1 }, [{ history }])[0]!;
        expect(found).toBeCloseTo(reduceOnPlateau(history, patience, 0.5, 0.1), 10);
      }),
      { seed: 1 },
    );
  });

  it('halves when nothing improved for longer than its patience, and again only after as long a wait', () => {
    const stalled = Array.from({ length: 10 }, () => 1);
    const states = stalled.map((_, epochs) => ({ history: stalled.slice(0, epochs + 1) }));
    expect(factors('plateau', { patience: 2 }, states)).toEqual([1, 1, 1, 0.5, 0.5, 0.5, 0.25, 0.25, 0.25, 0.125]);
  });

  it('takes improvements of values below zero for what they are', () => {
    const rising = [-0.5, -0.6, -0.7, -0.8, -0.9].map((_, epochs, all) => ({ history: all.slice(0, epochs + 1) }));
    expect(factors('plateau', { patience: 0 }, rising)).toEqual([1, 1, 1, 1, 1]);
    expect(factors('plateau', { patience: 0 }, [{ history: [-0.5, -0.5] }])).toEqual([0.5]);
  });

  it('counts an epoch whose value is not a number as one without improvement', () => {
    expect(factors('plateau', { patience: 0 }, [{ history: [1, NaN] }])).toEqual([0.5]);
    expect(factors('plateau', { patience: 1 }, [{ history: [1, NaN, 0.5] }])).toEqual([1]);
  });
});
