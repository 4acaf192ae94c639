/** Training as it is seen in the window: started with the keys, its state, its step, and the row of each run. */
import type { Locator, Page } from 'playwright-core';
import { until } from './waiting';

/** What the training dock says that the run does: `running`, `paused`, `finished`. */
export async function inState(page: Page, state: string, seconds = 90): Promise<void> {
  await page.locator(`[data-feature="TrainingPanel"] [data-state="${state}"]`).waitFor({ timeout: seconds * 1000 });
}

/** Starts training by its shortcut and waits until steps are made. */
export async function train(page: Page): Promise<void> {
  await page.locator('[data-feature="Canvas"]').press('Control+Enter');
  await inState(page, 'running');
}

/** Trains to the end, however quick that is. */
export async function trainToEnd(page: Page): Promise<void> {
  const ended = page.locator('[data-feature="TrainingPanel"] [data-state="finished"] + [title]');
  const ending = async (): Promise<string | null> =>
    (await ended.count()) === 0 ? null : ended.getAttribute('title', { timeout: 1000 }).catch(() => null);
  const before = await ending();
  await page.locator('[data-feature="Canvas"]').press('Control+Enter');
  await until(
    'the end of another run',
    async () => {
      const run = await ending();
      return run !== null && run !== before;
    },
    120,
  );
}

/** The step that the status bar shows; null while nothing is trained. */
export async function shownStep(page: Page): Promise<number | null> {
  const status = page.locator('[data-training]');
  if ((await status.count()) === 0) return null;
  const step = await status.getAttribute('data-step', { timeout: 1000 }).catch(() => null);
  return step === null ? null : Number(step);
}

/** Waits until the run is further than this step, and hands back where it is. */
export function pastStep(page: Page, step: number): Promise<number> {
  return until(
    `a step after ${step}`,
    async () => {
      const now = await shownStep(page);
      return now !== null && now > step ? now : null;
    },
    60,
  );
}

export async function showRuns(page: Page): Promise<void> {
  await page.locator('[data-region="dock"] [data-tab="runs"]').click();
}

/** Rows of the list of runs, newest first. */
export const runRows = (page: Page): Locator => page.locator('[data-feature="runs"] [data-run][data-state]');

/** Lays all runs of the list over each other, once there are so many; gives their colours. */
export async function overlayRuns(page: Page, count: number): Promise<string[]> {
  await until(`${count} runs in the list`, async () => (await runRows(page).count()) === count);
  const colours: string[] = [];
  for (const row of await runRows(page).all()) {
    const tick = row.getByRole('checkbox');
    if ((await tick.getAttribute('aria-checked')) !== 'true') await tick.click();
    await row.locator('[aria-checked="true"]').waitFor();
    colours.push(await tick.evaluate((dot) => getComputedStyle(dot).borderTopColor));
  }
  return colours;
}

/** An entry of the menu behind the dots of a run's row. */
export async function runCommand(page: Page, row: Locator, action: string): Promise<void> {
  await row.getByRole('button', { name: /^What can be done with/ }).click();
  await page.locator(`[role="menu"] [data-action="${action}"]`).click();
}

/** Sets how many epochs the design is trained for, in the inspector. */
export async function setEpochs(page: Page, epochs: number): Promise<void> {
  await page.locator('[data-feature="Canvas"]').press('Escape');
  await page.locator('[data-region="inspector"] [data-param="epochs"] input').fill(String(epochs));
}
