/** Pictures for the documentation: kept in docs/screenshots when NETLOOM_SCREENSHOTS=1, else only taken. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { stage } from './stage';

const keep = process.env.NETLOOM_SCREENSHOTS === '1';
const documentation = fileURLToPath(new URL('../../../docs/screenshots', import.meta.url));

/** Takes the whole window once fonts are there and nothing moves; hands back the file. */
export async function screenshot(page: Page, name: string): Promise<string> {
  const folder = keep ? documentation : join(stage.work, 'screenshots');
  mkdirSync(folder, { recursive: true });
  await page.evaluate(() => document.fonts.ready.then(() => undefined));
  const path = join(folder, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled', caret: 'hide' });
  return path;
}
