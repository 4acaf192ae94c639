/** However often something changes, a plot is drawn ten times a second at most, and what came last is drawn. */
import { describe, expect, it } from 'vitest';
import { createRedraws } from '../../../../renderer/ui/plot/redraws';

/** A clock that stands still until it is told. */
function clock(): {
  now: () => number;
  after: (wait: number, work: () => void) => () => void;
  advance: (to: number) => Promise<void>;
} {
  let time = 0;
  let waiting: { at: number; work: () => void }[] = [];
  return {
    now: () => time,
    after: (wait, work) => {
      const entry = { at: time + wait, work };
      waiting.push(entry);
      return () => (waiting = waiting.filter((one) => one !== entry));
    },
    advance: async (to) => {
      for (;;) {
        const next = waiting.filter(({ at }) => at <= to).sort((a, b) => a.at - b.at)[0];
        if (!next) break;
        waiting = waiting.filter((one) => one !== next);
        time = next.at;
        next.work();
        await new Promise((resolve) => setTimeout(resolve));
      }
      time = to;
    },
  };
}

describe('redraws', () => {
  it('are ten a second while five thousand changes a second arrive, and the last change is drawn', async () => {
    const { now, after, advance } = clock();
    let newest = 0;
    const drawn: { at: number; value: number }[] = [];
    const redraws = createRedraws(
      () => {
        drawn.push({ at: now(), value: newest });
        return Promise.resolve();
      },
      { now, after },
    );
    for (let at = 0; at < 1000; at += 4) {
      for (let change = 0; change < 20; change += 1) {
        newest += 1;
        redraws.ask();
      }
      await advance(at + 4);
    }
    await advance(2000);
    expect(drawn.length).toBeLessThanOrEqual(12);
    expect(drawn.length).toBeGreaterThanOrEqual(9);
    drawn.slice(1).forEach(({ at }, before) => expect(at - (drawn[before]?.at ?? 0)).toBeGreaterThanOrEqual(100));
    expect(drawn[drawn.length - 1]?.value).toBe(newest);
  });

  it('wait for one another, and none is made after the end', async () => {
    const { now, after, advance } = clock();
    let running = 0;
    let most = 0;
    let count = 0;
    const redraws = createRedraws(
      async () => {
        running += 1;
        count += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setTimeout(resolve, 5));
        running -= 1;
      },
      { now, after },
    );
    redraws.now();
    redraws.now();
    await new Promise((resolve) => setTimeout(resolve, 20));
    await advance(500);
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect([most, count]).toEqual([1, 2]);
    redraws.ask();
    redraws.end();
    await advance(5000);
    expect(count).toBe(2);
  });
});
