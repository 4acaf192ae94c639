/** Two runs that differ in one layer: overlaid, told apart, judged by class and by sample; deleted, brought back, opened. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { field, node } from './support/drawing';
import { endAll, launch, type Studio } from './support/launch';
import { lineColours, plot } from './support/plots';
import { overlayRuns, runCommand, runRows, setEpochs, showRuns, trainToEnd } from './support/runs';
import { until } from './support/waiting';

afterEach(endAll);

const details = (page: Page, tab: string) => page.locator(`[data-feature="runs"] [data-tab="${tab}"]`);

describe('two runs', () => {
  it('of which one has a smaller layer are overlaid, compared, judged, deleted and opened again', async () => {
    const studio = await launch({ sample: 'digits-mlp' });
    const { page } = studio;
    await setEpochs(page, 2);
    const units = await trainBoth(page);
    await showRuns(page);
    await overlayBoth(page);
    await nameTheDifference(page, units);
    await lookBehindCell(page);
    await trySamples(page);
    await deleteAndUndo(page);
    await openFirstDesign(studio, units);
    await studio.close();
  }, 300_000);
});

/** Trains, changes the units of the hidden layer to 5, trains again; hands back how many they were. */
async function trainBoth(page: Page): Promise<string> {
  await trainToEnd(page);
  await node(page, 'hidden').click();
  const units = await field(page, 'units').inputValue();
  await field(page, 'units').fill('5');
  await node(page, 'hidden').getByText('Dense 5').waitFor();
  await trainToEnd(page);
  return units;
}

async function overlayBoth(page: Page): Promise<void> {
  const colours = await overlayRuns(page, 2);
  expect(new Set(colours).size).toBe(2);
  await details(page, 'curves').click();
  for (const name of ['compare loss', 'compare accuracy']) {
    await until(`both colours in ${name}`, async () => {
      const drawn = await lineColours(page, name);
      return colours.every((colour) => drawn.includes(colour));
    });
  }
  await plot(page, 'compare loss').waitFor();
}

async function nameTheDifference(page: Page, units: string): Promise<void> {
  await details(page, 'differences').click();
  const told = page.locator('[data-design]').filter({ hasText: 'units' });
  await told.waitFor();
  expect(await told.innerText()).toMatch(new RegExp(`hidden: units (${units} → 5|5 → ${units})`));
  await page.locator('[data-result="test accuracy"]').waitFor();
}

async function lookBehindCell(page: Page): Promise<void> {
  await runRows(page).first().click();
  await details(page, 'classes').click();
  const cell = page.locator('[data-cell="0:0"]');
  const count = Number(await cell.innerText());
  expect(count).toBeGreaterThan(0);
  await cell.click();
  await until('its samples', async () => (await page.locator('[data-sample]').count()) === count);
}

async function trySamples(page: Page): Promise<void> {
  await details(page, 'try').click();
  for (const index of [0, 3]) {
    await page.locator(`button[data-sample="${index}"]`).click();
    const answer = page.locator(`[data-prediction="${index}"]`);
    await answer.waitFor();
    const shares = await answer.locator('[data-class]').allInnerTexts();
    const percent = shares.map((text) => Number(/([\d.]+)\s*%/.exec(text)?.[1] ?? NaN));
    expect(percent).toHaveLength(10);
    expect(Math.abs(percent.reduce((sum, share) => sum + share, 0) - 100)).toBeLessThan(1);
    await answer.locator('[data-true]').waitFor();
  }
}

async function deleteAndUndo(page: Page): Promise<void> {
  const gone = await runRows(page).first().getAttribute('data-run');
  await runCommand(page, runRows(page).first(), 'runs.remove');
  await until('one run less', async () => (await runRows(page).count()) === 1);
  expect(await runRows(page).first().getAttribute('data-run')).not.toBe(gone);
  await page.locator('[data-notice]').getByRole('button', { name: 'Undo' }).click();
  await until('both again', async () => (await runRows(page).count()) === 2);
  expect(await runRows(page).first().getAttribute('data-run')).toBe(gone);
}

/** This window has unsaved changes, so that the design of the first run comes in another. */
async function openFirstDesign({ app, page }: Studio, units: string): Promise<void> {
  const opened = app.waitForEvent('window');
  await runCommand(page, runRows(page).last(), 'runs.openDesign');
  const other = await opened;
  await node(other, 'hidden').getByText(`Dense ${units}`).waitFor();
  await node(page, 'hidden').getByText('Dense 5').waitFor();
}
