/** What is left out for those who only look: never a spike, never the newest, never the best. */
import fc from 'fast-check';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { frameRows } from '../../../../electron/trainer/loop/frameRows';
import { thinEvents } from '../../../../electron/trainer/loop/thinEvents';
import type { EpochSummary, RunEvent } from '../../../../shared/training/events';

describe('the rows of a frame', () => {
  const loss = fc.oneof(
    { weight: 20, arbitrary: fc.float({ noNaN: true }) },
    fc.constantFrom(NaN, Infinity, -Infinity),
  );

  it('are few and in order, the newest and the extremes of all among them, and a loss that is no number', () => {
    fc.assert(
      fc.property(
        fc.array(loss, { minLength: 1, maxLength: 2000 }),
        fc.integer({ min: 8, max: 64 }),
        (losses, most) => {
          const rows = frameRows(losses.length, most, (at) => losses[at] as number);
          expect(rows.length).toBeLessThanOrEqual(most);
          expect(rows).toEqual([...new Set(rows)].sort((a, b) => a - b));
          expect(rows[rows.length - 1]).toBe(losses.length - 1);
          const shown = rows.map((at) => losses[at] as number);
          const finite = (values: number[]): number[] => values.filter(Number.isFinite);
          for (const extreme of [Math.min, Math.max]) {
            const of = (values: number[]): number => finite(values).reduce((a, b) => extreme(a, b), extreme());
            expect(of(shown)).toBe(of(losses));
          }
          const odd = losses.findIndex((one) => !Number.isFinite(one));
          if (odd >= 0) expect(rows).toContain(odd);
        },
      ),
    );
  });
});

describe('events for a window', () => {
  afterEach(() => void vi.useRealTimers());

  const epoch = (number: number, best: boolean): RunEvent => ({
    event: 'epoch',
    summary: { epoch: number, best } as EpochSummary,
  });

  it('of a fast run are few, the last and the best epoch among them, and the end comes after them', () => {
    vi.useFakeTimers();
    const told: RunEvent[] = [];
    const send = thinEvents((event) => void told.push(event), Date.now);
    for (let number = 1; number <= 1000; number += 1) {
      send(epoch(number, number === 600));
      send({ event: 'checkpoint', kind: 'last', step: number });
      vi.advanceTimersByTime(2);
    }
    send({ event: 'state', state: 'paused', step: 1000 });
    expect(told.length).toBeLessThan(20);
    const epochs = told.flatMap((event) => (event.event === 'epoch' ? [event.summary.epoch] : []));
    expect(epochs).toContain(600);
    expect(epochs[epochs.length - 1]).toBe(1000);
    expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
    expect(told[told.length - 1]).toMatchObject({ event: 'state' });
  });

  it('of a slow run are told all, none later than half a second', () => {
    vi.useFakeTimers();
    const told: RunEvent[] = [];
    const send = thinEvents((event) => void told.push(event), Date.now);
    for (let number = 1; number <= 5; number += 1) {
      send(epoch(number, true));
      send({ event: 'checkpoint', kind: 'best', step: number });
      vi.advanceTimersByTime(500);
      expect(told).toHaveLength(2 * number);
      vi.advanceTimersByTime(5000);
    }
  });
});
