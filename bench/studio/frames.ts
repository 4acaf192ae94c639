/** Frames of the window while the hand moves: how long after each other they come, and how much work is in each. */
import type { Page } from 'playwright-core';
import type { Studio } from '../../test/e2e/support/launch';
import { recordTasks } from './taskTimes';

export interface Frames {
  /** Milliseconds from one frame to the next, 95th percentile. */
  interval: number;
  /** Milliseconds that the window's main thread computed, for each movement of the hand. */
  computing: number;
}

interface Recording extends Window {
  endRecording?: () => number[];
}

/** Goes around a place in small steps, the button held, `rounds` times. */
export async function circle(page: Page, { x, y }: { x: number; y: number }, steps: number): Promise<void> {
  for (let step = 1; step <= steps; step++) {
    const angle = (step / steps) * 4 * Math.PI;
    await page.mouse.move(x + 60 * Math.sin(angle), y + 40 * (1 - Math.cos(angle)));
  }
}

export async function framesOf(studio: Studio, steps: number, work: () => Promise<void>): Promise<Frames> {
  const { page } = studio;
  const tasksOf = await recordTasks(studio);
  await page.evaluate(() => {
    const intervals: number[] = [];
    let [last, going] = [performance.now(), true];
    const next = (now: number): void => {
      intervals.push(now - last);
      last = now;
      if (going) requestAnimationFrame(next);
    };
    requestAnimationFrame((now) => {
      last = now;
      requestAnimationFrame(next);
    });
    (window as unknown as Recording).endRecording = () => {
      going = false;
      return intervals;
    };
  });
  await work();
  const intervals = (await page.evaluate(() => (window as unknown as Recording).endRecording?.())) ?? [];
  const tasks = await tasksOf();
  return {
    interval: percentile95(intervals),
    computing: tasks.reduce((sum, { computing }) => sum + computing, 0) / steps,
  };
}

function percentile95(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(0.95 * (sorted.length - 1))] ?? NaN;
}
