/** Axes in round steps: what is drawn lies within them, and new data seldom move them. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { roundUp, spanOfX, spanOfY, spreadLabels, ticksOf } from '../../../../renderer/ui/plot/axes';

const numbers = fc.double({ min: -1e6, max: 1e6, noNaN: true });
const positive = fc.double({ min: 1e-9, max: 1e9, noNaN: true });

describe('the x axis of a run that trains', () => {
  it('grows in steps: a thousand frames move it a few times', () => {
    const ends = new Set(Array.from({ length: 1000 }, (_, at) => spanOfX([0, 1 + at], false)[1]));
    expect(ends.size).toBeLessThan(35);
  });

  it('holds what there is, with at most a third of it to spare', () => {
    fc.assert(
      fc.property(positive, (end) => {
        const [, to] = spanOfX([0, end], false);
        expect(to).toBeGreaterThanOrEqual(end * (1 - 1e-9));
        expect(to).toBeLessThanOrEqual(end * 1.34);
      }),
    );
  });

  it('ends with the data of a run that has ended', () => {
    expect(spanOfX([0, 437], true)).toEqual([0, 437]);
  });
});

describe('the y axis', () => {
  it('holds every value and has at most six lines, a linear one at equal distances', () => {
    fc.assert(
      fc.property(numbers, numbers, (a, b) => {
        const [low, high] = [Math.min(a, b), Math.max(a, b)];
        const [from, to] = spanOfY([low, high], false);
        const slack = Math.max(1e-12, (to - from) * 1e-6);
        expect(from).toBeLessThanOrEqual(low + slack);
        expect(to).toBeGreaterThanOrEqual(high - slack);
        expect(ticksOf([from, to], 4, false).length).toBeLessThanOrEqual(7);
      }),
    );
  });

  it('on a log scale holds every value, with lines between its ends', () => {
    fc.assert(
      fc.property(positive, positive, (a, b) => {
        const range = spanOfY([Math.min(a, b), Math.max(a, b)], true);
        expect(range[0]).toBeLessThanOrEqual(Math.min(a, b) * (1 + 1e-6));
        expect(range[1]).toBeGreaterThanOrEqual(Math.max(a, b) * (1 - 1e-6));
        const ticks = ticksOf(range, 4, true);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
        for (const tick of ticks) {
          expect(tick).toBeGreaterThanOrEqual(range[0] * (1 - 1e-6));
          expect(tick).toBeLessThanOrEqual(range[1] * (1 + 1e-6));
        }
      }),
    );
  });

  it('says round numbers', () => {
    expect(spanOfY([0.03, 4.6], false)).toEqual([0, 6]);
    expect(ticksOf([0, 6], 4, false)).toEqual([0, 2, 4, 6]);
    expect(roundUp(437)).toBe(500);
  });
});

describe('labels at the ends of lines', () => {
  it('keep their order and their distance, and stay within the plot', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 20, max: 180, noNaN: true }), { maxLength: 5 }), (places) => {
        const moved = spreadLabels(places, 13, [20, 180]);
        const order = places.map((_, at) => at).sort((a, b) => (moved[a] as number) - (moved[b] as number));
        order.forEach((at, position) => {
          expect(moved[at]).toBeGreaterThanOrEqual(20 - 1e-9);
          expect(moved[at]).toBeLessThanOrEqual(180 + 1e-9);
          const before = order[position - 1];
          if (before === undefined) return;
          expect((moved[at] as number) - (moved[before] as number)).toBeGreaterThanOrEqual(13 - 1e-9);
          expect(places[at]).toBeGreaterThanOrEqual(places[before] as number);
        });
      }),
    );
  });

  it('that stand apart stay where they are', () => {
    expect(spreadLabels([30, 100], 13, [20, 180])).toEqual([30, 100]);
  });
});
