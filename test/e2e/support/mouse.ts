/** The hand on the mouse: drags in small steps, as a person does, because gestures listen to the moves between. */
import type { Locator, Page } from 'playwright-core';

interface Point {
  x: number;
  y: number;
}

/** The middle of what is on the screen. */
export async function middleOf(target: Locator): Promise<Point> {
  await target.waitFor({ state: 'visible' });
  const box = await target.boundingBox();
  if (!box) throw new Error(`${String(target)} is not on the screen`);
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Presses at one place, moves through the steps between, and lets go at the other; `held` runs before letting go. */
export async function drag(
  page: Page,
  from: Locator | Point,
  to: Locator | Point,
  held?: () => Promise<void>,
): Promise<void> {
  const start = 'x' in from ? from : await middleOf(from);
  const end = 'x' in to ? to : await middleOf(to);
  await page.mouse.move(start.x, start.y);
  await page.mouse.down();
  await page.mouse.move(start.x + 4, start.y + 4, { steps: 2 });
  await page.mouse.move(end.x, end.y, { steps: 12 });
  await held?.();
  await page.mouse.up();
}
