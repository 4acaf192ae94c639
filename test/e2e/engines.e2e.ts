/** The page on engines: what works here, what an installation would do, does, and leaves; what auto chooses, and says. */
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { fakePython, type FakePython } from '../drivers/fakePython';
import { node } from './support/drawing';
import { endAll, launch, resize, type LaunchOptions, type Studio } from './support/launch';
import { inState } from './support/runs';
import { screenshot } from './support/screenshot';
import { freshFolder } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

const all = process.env.NETLOOM_SCREENSHOTS === '1';
type Look = Required<Pick<LaunchOptions, 'theme' | 'locale'>>;
const light: Look = { theme: 'light', locale: 'en' };
const looks: Look[] = all ? [light, { theme: 'dark', locale: 'en' }, { theme: 'light', locale: 'zh-CN' }] : [light];

/** With a Python first on the PATH that installs in a moment, as told. */
function withPython(fake: FakePython = {}): Record<string, string> {
  const folder = freshFolder('python');
  fakePython(folder, { free: 80e9, ...fake });
  const none = { NETLOOM_PYTHON: '', VIRTUAL_ENV: '', CONDA_PREFIX: '' };
  return { PATH: [folder, process.env.PATH ?? ''].join(':'), ...none };
}

async function openEngines({ page }: Studio): Promise<Locator> {
  await page.keyboard.press('Control+K');
  await page.getByRole('dialog').getByRole('combobox').fill('engines');
  await page.keyboard.press('Enter');
  const engines = page.locator('[data-feature="engines"]');
  await engines.locator('[data-engine="wasm"]').waitFor({ timeout: 60_000 });
  return engines;
}

const card = ({ page }: Studio, name: string): Locator =>
  page.locator(`[data-feature="engines"] [data-engine="${name}"]`);

function inCardState(studio: Studio, name: string, state: string): Promise<void> {
  return card(studio, name)
    .and(studio.page.locator(`[data-state="${state}"]`))
    .waitFor({ timeout: 60_000 });
}

describe('the page on engines', () => {
  it.each(looks)('shows what works on this machine, with its product, $theme $locale', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-mlp', env: withPython() });
    await node(studio.page, 'hidden').waitFor();
    await openEngines(studio);
    await inCardState(studio, 'wasm', 'ready');
    expect(await card(studio, 'wasm').innerText()).toMatch(/256 × 256[\s\S]*ms/);
    await inCardState(studio, 'verify', 'missing');
    const name = ['engines', look.theme, ...(look.locale === 'en' ? [] : ['zh'])].join('-');
    await screenshot(studio.page, name);
    await resize(studio, { width: 1100, height: 700 });
    await screenshot(studio.page, `${name}-small`);
    await studio.close();
  });

  it.each(looks)('says size, place and command before anything is installed, $theme $locale', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-mlp', env: withPython() });
    await node(studio.page, 'hidden').waitFor();
    await openEngines(studio);
    await card(studio, 'verify').locator('[data-action="engines.install"]').click();
    const plan = studio.page.locator('[data-plan="verify"]');
    await plan.locator('[data-plan-size]').waitFor();
    const text = await plan.innerText();
    expect(text).toMatch(/\d+(\.\d+)? [MG]iB/);
    expect(text).toContain('npx netloom engines install verify --yes');
    expect(text).toContain(join(studio.home, 'engines', 'verify'));
    await screenshot(studio.page, ['engines-plan', look.theme, ...(look.locale === 'en' ? [] : ['zh'])].join('-'));
    await studio.close();
  });

  it('installs, is cancelled, and goes on to the end, also while the page is closed', async () => {
    const pip = [
      {
        when: 'keras==',
        output: 'Downloading torch-2.14.1-cp311.whl (800.0 MB)\nProgress 400 of 800\n',
        forever: true,
      },
    ];
    const env = withPython({ pip });
    const studio = await launch({ sample: 'digits-mlp', env });
    const { page } = studio;
    await node(page, 'hidden').waitFor();
    await openEngines(studio);
    await card(studio, 'verify').locator('[data-action="engines.install"]').click();
    await page.locator('[data-action="engines.begin"]').click();
    await card(studio, 'verify').getByText('downloading torch 2.14.1').waitFor({ timeout: 60_000 });
    await screenshot(page, 'engines-installing');
    await card(studio, 'verify').locator('[data-action="engines.cancel"]').click();
    await inCardState(studio, 'verify', 'unfinished');
    await studio.close();

    const again = await launch({ home: studio.home, sample: 'digits-mlp', env: withPython() });
    await node(again.page, 'hidden').waitFor();
    await openEngines(again);
    await inCardState(again, 'verify', 'unfinished');
    await card(again, 'verify').locator('[data-action="engines.install"]').click();
    await again.page.locator('[data-action="engines.begin"]').click();
    await again.page.keyboard.press('Escape');
    await again.page.locator('[data-notice="info"]').filter({ hasText: 'verify' }).waitFor({ timeout: 60_000 });
    await openEngines(again);
    await inCardState(again, 'verify', 'ready');
    await again.close();
  });

  it('gives diagnostics to the clipboard that name every engine, and not the home folder', async () => {
    const studio = await launch({ sample: 'digits-mlp', env: withPython() });
    await node(studio.page, 'hidden').waitFor();
    await openEngines(studio);
    await studio.page.locator('[data-action="engines.diagnostics"]').click();
    const text = await until('the diagnostics', async () => {
      const found = await studio.app.evaluate(({ clipboard }) => clipboard.readText());
      return found.startsWith("Netloom's engines") ? found : null;
    });
    expect(text).toContain('\nEngine wasm\n');
    expect(text).toContain('matrix product: ');
    expect(text).toContain('Electron ');
    expect(text).not.toContain(studio.home);
    await studio.close();
  });
});

describe('the engine of the next run', () => {
  it('auto is chosen in the menu, kept, and says what it took', async () => {
    const studio = await launch({ sample: 'digits-mlp', env: withPython() });
    const { page } = studio;
    await node(page, 'hidden').waitFor();
    await page.locator('[data-action="train.engine"]').click();
    await page.locator('[role="menu"] [data-engine="wasm"]').waitFor({ timeout: 60_000 });
    await screenshot(page, 'engine-menu');
    await page.locator('[role="menu"] [data-engine="auto"]').click();
    await page.locator('[data-feature="Canvas"]').press('Control+Enter');
    await page.locator('[data-choice="wasm"]').waitFor({ timeout: 120_000 });
    expect(await page.locator('[data-choice="wasm"]').innerText()).toMatch(/^auto chose wasm: /);
    await inState(page, 'finished', 120);
    await screenshot(page, 'engine-chosen');
    await studio.close();
    const again = await launch({ home: studio.home, sample: 'digits-mlp' });
    await node(again.page, 'hidden').waitFor();
    expect(await again.page.locator('[data-action="train.engine"]').innerText()).toContain('auto');
    await again.close();
  });
});
