/** The hand on the drawing: layers dragged from the palette, wires pulled from dot to dot, fields filled in, words read. */
import type { Locator, Page } from 'playwright-core';
import { drag } from './mouse';

export const node = (page: Page, id: string): Locator => page.locator(`.react-flow__node [data-node="${id}"]`);
export const port = (page: Page, end: string): Locator => page.locator(`.react-flow__node [data-port="${end}"]`);
export const wires = (page: Page): Locator => page.locator('[data-wire]');

/** Drags a layer of the palette to this place of the canvas, counted from its upper left corner. */
export async function place(page: Page, layer: string, id: string, [x, y]: readonly [number, number]): Promise<void> {
  const item = page.locator(`[data-region="palette"] [data-layer="${layer}"]`).last();
  await item.scrollIntoViewIfNeeded();
  const canvas = await page.locator('[data-feature="Canvas"]').boundingBox();
  if (!canvas) throw new Error('there is no canvas to drop on');
  await drag(page, item, { x: canvas.x + x, y: canvas.y + y });
  await node(page, id).waitFor();
}

/** Pulls a wire from an output, `conv2D:output`, to an input, and waits until one more is there. */
export async function wire(page: Page, from: string, to: string): Promise<void> {
  const before = await wires(page).count();
  await drag(page, port(page, from), port(page, to));
  await wires(page).nth(before).waitFor({ state: 'attached' });
}

/** The field of a parameter in the inspector. */
export const field = (page: Page, name: string): Locator =>
  page.locator(`[data-region="inspector"] [data-param="${name}"]`).locator('input, textarea').first();

/** Chooses one of the named values that a field of the inspector offers. */
export async function choose(page: Page, name: string, option: string | RegExp): Promise<void> {
  await page.locator(`[data-region="inspector"] [data-param="${name}"] [role="combobox"]`).first().click();
  await page.getByRole('option', { name: option }).click();
}
