/** From the empty canvas to a network that can be trained, by mouse: layers, wires, shapes; a mistake made, mended, undone. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { choose, field, node, place, port, wire, wires } from './support/drawing';
import { endAll, launch, type Studio } from './support/launch';
import { drag } from './support/mouse';
import { screenshot } from './support/screenshot';

afterEach(endAll);

/** Two rows, as there is room for them; the skip goes from the convolution past its activation. */
const layers = [
  ['Input', 'input', [130, 120]],
  ['Conv2D', 'conv2D', [340, 120]],
  ['BatchNorm', 'batchNorm', [560, 120]],
  ['ReLU', 'reLU', [750, 120]],
  ['Add', 'add', [110, 300]],
  ['Flatten', 'flatten', [280, 300]],
  ['Dense', 'dense', [500, 300]],
  ['Output', 'output', [700, 300]],
] as const;

const flow = [
  ['input:output', 'conv2D:input'],
  ['conv2D:output', 'batchNorm:input'],
  ['batchNorm:output', 'reLU:input'],
  ['reLU:output', 'add:input0'],
  ['conv2D:output', 'add:input1'],
  ['add:output', 'flatten:input'],
  ['flatten:output', 'dense:input'],
  ['dense:output', 'output:input'],
] as const;

async function placeLayers(page: Page): Promise<void> {
  await page.locator('[data-region="welcome"] [data-action="file.new"]').click();
  await page.getByText('Draw the first layer').waitFor();
  for (const [layer, id, at] of layers) await place(page, layer, id, at);
}

async function wireLayers(page: Page): Promise<void> {
  for (const [from, to] of flow) await wire(page, from, to);
  expect(await wires(page).count()).toBe(flow.length);
  // What a wire carries is said where the rank changes, and under the pointer.
  await page.locator('[data-wire-shape="8×8×1"]').waitFor();
  await page.locator('[data-wire-shape="1152"]').waitFor();
}

/** What the card of a node says about its output. */
async function says(page: Page, id: string, text: string): Promise<void> {
  await node(page, id).getByText(text).first().waitFor();
}

const problem = (page: Page, code: string) => page.locator(`[role="listitem"] [data-problem="${code}"]`);
const badge = (page: Page, id: string, code: string) => node(page, id).locator(`[data-problem="${code}"]`);

describe('an empty canvas', () => {
  it('becomes a network with a skip, whose shapes are right while it is drawn', async () => {
    const studio = await launch();
    const { page } = studio;
    await placeLayers(page);
    await feedDigits(studio);
    await wireLayers(page);
    await says(page, 'conv2D', '6×6×32');
    await says(page, 'batchNorm', '6×6×32');
    await says(page, 'flatten', '1152');
    await node(page, 'dense').click();
    await field(page, 'units').fill('10');
    await says(page, 'dense', '11,530');
    await refuseWire(page);
    await breakMendUndoRedo(page);
    await arrange(page);
    await screenshot(page, 'drawn');
    await studio.close();
  }, 300_000);
});

/** The data of the design; its Input is told the size of an image by the repair that the problem offers. */
async function feedDigits({ page }: Studio): Promise<void> {
  await page.locator('.react-flow__pane').click({ position: { x: 40, y: 420 } });
  await choose(page, 'source', /digits/i);
  await badge(page, 'input', 'inputUnfit').waitFor();
  await page.locator('[data-region="status"] [data-action="view.problems"]').click();
  await problem(page, 'inputUnfit').locator('[data-repair]').filter({ hasText: '8, 8, 1' }).click();
  await badge(page, 'input', 'inputUnfit').waitFor({ state: 'detached' });
  await says(page, 'input', '8×8×1');
}

/** A wire that would make a circle says so while it is held, and is not made. */
async function refuseWire(page: Page): Promise<void> {
  const hint = page.locator('[data-wire-hint]');
  await drag(page, port(page, 'flatten:output'), port(page, 'batchNorm:input'), async () => {
    await hint.filter({ hasText: /circle|cycle|itself|back/i }).waitFor();
  });
  await hint.waitFor({ state: 'detached' });
  expect(await wires(page).count()).toBe(flow.length);
}

async function breakMendUndoRedo(page: Page): Promise<void> {
  const none = page.locator('[data-region="status"]').getByText('No problems');
  await none.waitFor();
  await node(page, 'conv2D').click();
  await field(page, 'kernelSize').fill('9');
  await badge(page, 'conv2D', 'windowTooLarge').waitFor();
  await problem(page, 'windowTooLarge').waitFor();
  // Nothing is invented behind the mistake.
  await says(page, 'batchNorm', '?');
  await problem(page, 'windowTooLarge').locator('[data-repair]').filter({ hasText: 'same' }).click();
  await none.waitFor();
  await says(page, 'conv2D', '8×8×32');
  await says(page, 'flatten', '2048');

  await page.locator('[data-feature="Canvas"]').press('Control+z');
  await badge(page, 'conv2D', 'windowTooLarge').waitFor();
  await problem(page, 'windowTooLarge').waitFor();
  await page.locator('[data-feature="Canvas"]').press('Control+Shift+z');
  await none.waitFor();
  await says(page, 'conv2D', '8×8×32');
}

/** Arranged, the network flows from left to right, and nothing lies on anything. */
async function arrange(page: Page): Promise<void> {
  await page.locator('[data-feature="Canvas"]').press('Shift+L');
  await page.waitForFunction(
    (ids) => {
      const boxes = ids.map((id) => document.querySelector(`[data-node="${id}"]`)?.getBoundingClientRect());
      return boxes.every((box, at) => at === 0 || (box && boxes[at - 1] && box.left >= boxes[at - 1]!.right));
    },
    layers.map(([, id]) => id),
  );
}
