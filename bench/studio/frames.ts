/** What the window does while the hand moves: how much it computes for each movement, and how fast frames follow. */
import type { Page } from 'playwright-core';
import type { Studio } from '../../test/e2e/support/launch';
import { recordTasks } from './taskTimes';

export interface Frames {
  /** Milliseconds that the window's main thread computed for a movement until the next one, 95th percentile. */
  computing: number;
  /** Milliseconds from one frame to the next on the clock, 95th percentile. */
  interval: number;
}

interface Recording extends Window {
  endRecording?: () => number[];
}

/** Goes around below a place one time and a half, the button held, and ends 80 pixels below it. */
export async function recordCircles(studio: Studio, { x, y }: { x: number; y: number }): Promise<Frames> {
  const { page } = studio;
  const tasksOf = await recordTasks(studio);
  await recordIntervals(page);
  const moves: number[] = [];
  for (let step = 0; step <= movements; step++) {
    const angle = (step / movements) * 3 * Math.PI;
    // Of the clock that the trace has too.
    moves.push(Number(process.hrtime.bigint() / 1000n));
    await page.mouse.move(x + 60 * Math.sin(angle), y + 40 * (1 - Math.cos(angle)));
  }
  const intervals = (await page.evaluate(() => (window as unknown as Recording).endRecording?.())) ?? [];
  const perMove = new Array<number>(movements).fill(0);
  let move = -1;
  for (const { at, computing } of await tasksOf()) {
    while ((moves[move + 1] ?? Infinity) <= at) move += 1;
    if (move >= 0 && move < movements) perMove[move] = (perMove[move] ?? 0) + computing;
  }
  return { computing: percentile95(perMove), interval: percentile95(intervals) };
}

const movements = 40;

function recordIntervals(page: Page): Promise<void> {
  return page.evaluate(() => {
    const intervals: number[] = [];
    let last: number | null = null;
    let going = true;
    const next = (now: number): void => {
      if (last !== null) intervals.push(now - last);
      last = now;
      if (going) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
    (window as unknown as Recording).endRecording = () => {
      going = false;
      return intervals;
    };
  });
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN;
}
