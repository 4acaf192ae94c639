/**
 * The screens that users see most, for docs/screenshots: with NETLOOM_SCREENSHOTS=1 in both themes and in Chinese, else in
 * the light theme only. Each story reaches its screen as a user does.
 */
import { join } from 'node:path';
import { afterEach, describe, it } from 'vitest';
import { appWithout } from './support/brokenApp';
import { field, node, place, port } from './support/drawing';
import { endAll, launch, resize, type LaunchOptions, type Studio } from './support/launch';
import { journalHolds } from './support/journals';
import { drag } from './support/mouse';
import { lineColours } from './support/plots';
import { inState, runRows, setEpochs, showRuns, train } from './support/runs';
import { screenshot } from './support/screenshot';
import { freshFolder, ownFile } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

const all = process.env.NETLOOM_SCREENSHOTS === '1';
type Look = Required<Pick<LaunchOptions, 'theme' | 'locale'>>;
const small = { width: 1100, height: 700 } as const;
const light: Look = { theme: 'light', locale: 'en' };
const themes: Look[] = all ? [light, { theme: 'dark', locale: 'en' }] : [light];
const chinese: Look = { theme: 'light', locale: 'zh-CN' };
const looks: Look[] = all ? [...themes, chinese] : themes;

const nameOf = (screen: string, { theme, locale }: Look): string =>
  [screen, theme, ...(locale === 'en' ? [] : ['zh'])].join('-');

const drawn = ({ page }: Studio): Promise<void> => page.locator('.react-flow__node').first().waitFor();

/** Blocks of eight branches, as a search for architectures draws them: 25 layers each; a file without positions. */
function longDesign(blocks: number): string {
  const nodes: object[] = [{ id: 'image', layer: 'Input', params: { shape: [32, 32, 3] } }];
  const wires: object[] = [];
  let before = 'image';
  for (let block = 0; block < blocks; block++) {
    const join = `join${block}`;
    for (let branch = 0; branch < 8; branch++) {
      const [convolution, norm, activation] = ['conv', 'norm', 'relu'].map((kind) => `${kind}${block}x${branch}`);
      const params = { filters: 4, kernelSize: [1 + 2 * (branch % 3), 3], padding: 'same' };
      nodes.push({ id: convolution, layer: 'Conv2D', params }, { id: norm, layer: 'BatchNorm' });
      nodes.push({ id: activation, layer: 'ReLU' });
      wires.push({ from: before, to: convolution }, { from: convolution, to: norm }, { from: norm, to: activation });
      wires.push({ from: activation, to: `${join}:input${branch}` });
    }
    nodes.push({ id: join, layer: 'Concatenate' });
    before = join;
  }
  return JSON.stringify({ netloom: 1, name: `${nodes.length} layers`, nodes, wires });
}

describe('the first screens', () => {
  it.each(looks)('welcome, $theme $locale', async (look) => {
    const studio = await launch(look);
    await studio.page.locator('[data-region="welcome"]').waitFor();
    await screenshot(studio.page, nameOf('first-start', look));
    await studio.close();
  });

  it.each(themes)('an empty canvas, $theme', async (look) => {
    const studio = await launch(look);
    await studio.page.locator('[data-action="file.new"]').first().click();
    await studio.page.locator('[data-feature="Canvas"]').waitFor();
    await screenshot(studio.page, nameOf('empty-canvas', look));
    await studio.close();
  });
});

describe('a drawing', () => {
  it.each(themes)('with skip connections, $theme', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-resnet' });
    const { page } = studio;
    await drawn(studio);
    await screenshot(page, nameOf('digits-resnet', look));
    await studio.close();
  });

  it.each(themes)('in a small window, $theme', async (look) => {
    const studio = await launch({ ...look, size: small });
    await studio.page.locator('[data-sample="digits-resnet"]').click();
    await drawn(studio);
    await screenshot(studio.page, nameOf('digits-resnet-small', look));
    await studio.close();
  });

  it.each(themes)('while a wire is pulled, $theme', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-mlp' });
    const { page } = studio;
    await drawn(studio);
    await place(page, 'Conv2D', 'conv2D', [640, 400]);
    await drag(page, port(page, 'hidden:output'), port(page, 'conv2D:input'), async () => {
      await page.locator('[data-wire-hint]').waitFor();
      await screenshot(page, nameOf('wire-dragged', look), { held: true });
    });
    await studio.close();
  });

  it.each(looks)('with a shape that does not fit, and its repair, $theme $locale', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-resnet' });
    const { page } = studio;
    await drawn(studio);
    await node(page, 'conv1').click();
    await field(page, 'filters').fill('24');
    await page.locator('[data-region="status"] [data-action="view.problems"]').click();
    await page.locator('[role="listitem"] [data-problem] [data-stop]').first().click();
    await node(page, 'add2').locator('[data-problem]').waitFor();
    await screenshot(page, nameOf('shape-error', look));
    await studio.close();
  });

  it.each(themes)('of 300 layers, $theme', async (look) => {
    const folder = freshFolder('designs');
    const studio = await launch({ ...look, files: [ownFile(join(folder, 'long.netloom'), longDesign(12))] });
    const { page } = studio;
    // Nodes without a place are laid out first, and then shown from their start.
    await node(page, 'conv0x0').waitFor();
    const canvas = page.locator('[data-feature="Canvas"]');
    await until('the whole net', async () => {
      await canvas.press('Shift+Digit1');
      return (
        (await page.locator('.react-flow__node').count()) === 301 &&
        (await canvas.getAttribute('data-detail')) === 'colour'
      );
    });
    await screenshot(page, nameOf('three-hundred-layers', look));
    await studio.close();
  });
});

describe('training', () => {
  it.each(themes)('at its third epoch, $theme', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-cnn' });
    const { page } = studio;
    await drawn(studio);
    await train(page);
    await page
      .locator('[data-region="status"]')
      .getByText(/Epoch [3-9]\//)
      .waitFor({ timeout: 90_000 });
    await screenshot(page, nameOf('training', look));
    if (look.theme === 'dark') {
      await resize(studio, small);
      await screenshot(page, nameOf('training-small', look));
    }
    await studio.close();
  });

  it.each(looks)('finished, two runs compared, $theme $locale', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-mlp' });
    const { page } = studio;
    await drawn(studio);
    await setEpochs(page, 4);
    await train(page);
    await inState(page, 'finished');
    await node(page, 'hidden').click();
    await field(page, 'units').fill('16');
    await train(page);
    await inState(page, 'finished');
    await showRuns(page);
    await until('both runs', async () => (await runRows(page).count()) === 2);
    for (const row of await runRows(page).all()) {
      const tick = row.getByRole('checkbox');
      if ((await tick.getAttribute('aria-checked')) !== 'true') await tick.click();
    }
    await page.locator('[data-feature="runs"] [data-tab="curves"]').click();
    await until('two colours', async () => (await lineColours(page, 'compare loss')).length > 1);
    await screenshot(page, nameOf('two-runs', look));
    await studio.close();
  });
});

describe('what went wrong', () => {
  it.each(looks)('an engine that is not there, $theme $locale', async (look) => {
    const executable = appWithout(/tfjs-backend-wasm.*[.]wasm$/);
    const studio = await launch({ ...look, sample: 'digits-mlp', executable });
    const { page } = studio;
    await drawn(studio);
    await page.locator('.react-flow__pane').click({ position: { x: 40, y: 40 } });
    await page.keyboard.press('Control+Enter');
    await page.locator('[data-feature="TrainingPanel"] [role="alert"]').waitFor({ timeout: 60_000 });
    await screenshot(page, nameOf('engine-missing', look));
    await studio.close();
  });

  it.each(themes)('a crash, after which the drawing is there again, $theme', async (look) => {
    const studio = await launch({ ...look, sample: 'digits-mlp' });
    await node(studio.page, 'hidden').click();
    await field(studio.page, 'units').fill('48');
    await journalHolds(studio.home, '"units":48');
    await studio.kill();
    const again = await launch({ home: studio.home });
    await node(again.page, 'hidden').getByText('Dense 48').waitFor();
    await screenshot(again.page, nameOf('recovered', look));
    await again.close();
  });
});
