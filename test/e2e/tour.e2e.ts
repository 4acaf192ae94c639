/** The way of docs/tour.md: from the empty canvas to two runs compared; with NETLOOM_SCREENSHOTS=1 it makes the pictures. */
import type { Page } from 'playwright-core';
import { afterEach, describe, it } from 'vitest';
import { choose, field, node, place, port, wire } from './support/drawing';
import { endAll, launch } from './support/launch';
import { drag } from './support/mouse';
import { lineColours } from './support/plots';
import { inState, runRows, setEpochs, showRuns, train } from './support/runs';
import { screenshot } from './support/screenshot';
import { until } from './support/waiting';

afterEach(endAll);

const layers = [
  ['Conv2D', 'conv2D', [340, 130]],
  ['ReLU', 'reLU', [560, 130]],
  ['Flatten', 'flatten', [740, 130]],
  ['Dense', 'dense', [340, 300]],
  ['Output', 'output', [560, 300]],
] as const;

const problem = (page: Page, code: string) => page.locator(`[role="listitem"] [data-problem="${code}"]`);
const solved = (page: Page): Promise<void> => page.locator('[data-region="status"]').getByText('No problems').waitFor();

describe('the tour', () => {
  it('leads from the empty canvas to two runs compared', { timeout: 400_000 }, async () => {
    const { page, close } = await launch();
    const picture = (number: number, name: string, held = false): Promise<string> =>
      screenshot(page, `tour-${String(number).padStart(2, '0')}-${name}`, { held });

    await page.locator('[data-region="welcome"]').waitFor();
    await picture(1, 'start');
    await page.locator('[data-region="welcome"] [data-action="file.new"]').click();
    await page.getByText('Draw the first layer').waitFor();
    await picture(2, 'empty-canvas');

    await place(page, 'Input', 'input', [130, 130]);
    await page.locator('.react-flow__pane').click({ position: { x: 40, y: 420 } });
    await field(page, 'designName').fill('Digits');
    await choose(page, 'source', /digits/i);
    await page.locator('[data-region="status"] [data-action="view.problems"]').click();
    await problem(page, 'inputUnfit').waitFor();
    await picture(3, 'data');
    await problem(page, 'inputUnfit').locator('[data-repair]').filter({ hasText: '8, 8, 1' }).click();
    await node(page, 'input').getByText('8×8×1').waitFor();

    for (const [layer, id, at] of layers) await place(page, layer, id, at);
    await picture(4, 'layers');
    await drag(page, port(page, 'input:output'), port(page, 'conv2D:input'), async () => {
      await picture(5, 'wire', true);
    });
    await wire(page, 'conv2D:output', 'reLU:input');
    await wire(page, 'reLU:output', 'flatten:input');
    await wire(page, 'flatten:output', 'dense:input');
    await wire(page, 'dense:output', 'output:input');
    await node(page, 'dense').click();
    await field(page, 'units').fill('10');
    await solved(page);
    await picture(6, 'wired');

    await node(page, 'conv2D').click();
    await field(page, 'kernelSize').fill('9');
    await problem(page, 'windowTooLarge').waitFor();
    await picture(7, 'mistake');
    await problem(page, 'windowTooLarge').locator('[data-repair]').filter({ hasText: 'same' }).click();
    await field(page, 'kernelSize').fill('3');
    await solved(page);
    await page.locator('[data-feature="Canvas"]').press('Shift+L');
    await until('one row', async () => {
      const [first, last] = [await node(page, 'flatten').boundingBox(), await node(page, 'output').boundingBox()];
      return first !== null && last !== null && last.x > first.x + first.width;
    });
    await page.keyboard.press('Shift+Digit1');
    await picture(8, 'arranged');

    await page.locator('.react-flow__pane').click({ position: { x: 40, y: 60 } });
    await setEpochs(page, 40);
    await train(page);
    await page
      .locator('[data-region="status"]')
      .getByText(/Epoch ([3-9]|[1-9][0-9])\//)
      .waitFor({ timeout: 60_000 });
    await picture(9, 'training');
    await inState(page, 'finished', 150);
    await picture(10, 'finished');

    await node(page, 'conv2D').click();
    await field(page, 'filters').fill('4');
    await train(page);
    await inState(page, 'finished', 150);
    await showRuns(page);
    await until('both runs', async () => (await runRows(page).count()) === 2);
    for (const row of await runRows(page).all()) {
      const tick = row.getByRole('checkbox');
      if ((await tick.getAttribute('aria-checked')) !== 'true') await tick.click();
    }
    await page.locator('[data-feature="runs"] [data-tab="curves"]').click();
    await until('two colours', async () => (await lineColours(page, 'compare loss')).length > 1);
    await picture(11, 'two-runs');
    await page.locator('[data-feature="runs"] [data-tab="differences"]').click();
    await page.locator('[data-design]').filter({ hasText: 'filters' }).waitFor();
    await picture(12, 'differences');
    await close();
  });
});
