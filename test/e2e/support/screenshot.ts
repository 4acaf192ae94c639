/** Pictures for the documentation: kept in docs/screenshots when NETLOOM_SCREENSHOTS=1, else only taken. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { stage } from './stage';

const keep = process.env.NETLOOM_SCREENSHOTS === '1';
const documentation = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url));

/**
 * Takes the whole window once fonts are there and nothing moves; hands back the file. The pointer rests where nothing
 * answers to it, and no field is being written in, unless the picture is of what the hand `held` does.
 */
export async function screenshot(page: Page, name: string, { held = false } = {}): Promise<string> {
  const folder = keep ? documentation : join(stage.work, 'screenshots');
  mkdirSync(folder, { recursive: true });
  if (!held) await rest(page);
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}

async function rest(page: Page): Promise<void> {
  const [x, y] = await page.evaluate(() => {
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    return [innerWidth * 0.6, innerHeight - 6] as const;
  });
  await page.mouse.move(x, y);
}
