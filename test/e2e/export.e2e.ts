/** The drawing becomes code in the window: read, found from either side, saved into a folder, proved against the engine. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { answerSaving } from './support/documents';
import { field, node } from './support/drawing';
import { endAll, launch, type Studio } from './support/launch';
import { screenshot } from './support/screenshot';
import { freshFolder, ownFolder } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

async function openCode({ page }: Studio): Promise<void> {
  await page.keyboard.press('Control+Shift+4');
  await page.locator('[data-feature="code"]').waitFor();
}

const lines = ({ page }: Studio) => page.locator('[data-code] .cm-line');
const marked = ({ page }: Studio) => page.locator('[data-code] .cm-ofNode');

describe('the code of a drawing', () => {
  it('is there for every target, follows an edit, and lines and layers find each other', async () => {
    const studio = await launch({ sample: 'digits-resnet' });
    const { page } = studio;
    await node(page, 'conv1').waitFor();
    await openCode(studio);
    await lines(studio).filter({ hasText: 'class HandwrittenDigitsResidual' }).waitFor();
    await lines(studio).filter({ hasText: 'self.conv1 = nn.Conv2d(1, 16, 3' }).click();
    await until('the inspector of conv1', async () => (await field(page, 'filters').inputValue()) === '16');
    expect(await marked(studio).first().innerText()).toContain('self.conv1 = nn.Conv2d');
    await screenshot(page, 'code-pytorch');
    await field(page, 'kernelSize').fill('5');
    await page.keyboard.press('Tab');
    await lines(studio).filter({ hasText: 'nn.Conv2d(1, 16, 5' }).waitFor();
    for (const [target, text] of [
      ['keras', 'layers.Conv2D('],
      ['tfjs', 'tf.layers.conv2d'],
      ['onnx', 'Conv'],
    ] as const) {
      await page.locator(`[data-target="${target}"]`).click();
      await lines(studio).filter({ hasText: text }).first().waitFor();
      expect(await page.locator(`[data-target="${target}"]`).getAttribute('data-fits')).toBe('true');
    }
    await studio.close();
  });

  it('is saved with weights and data; a folder with something else in it stays as it is until the user says so', async () => {
    const studio = await launch({ sample: 'digits-mlp' });
    const { page } = studio;
    await node(page, 'hidden').waitFor();
    const folder = join(ownFolder(freshFolder('code')), 'digits');
    mkdirSync(folder);
    writeFileSync(join(folder, 'model.py'), 'print("mine")\n');
    ownFolder(folder);
    await answerSaving(studio, folder);
    await openCode(studio);
    await page.locator('[data-action="code.save"]').click();
    await page.getByRole('dialog').getByText('model.py').waitFor();
    expect(readFileSync(join(folder, 'model.py'), 'utf8')).toBe('print("mine")\n');
    await page.locator('[data-action="code.replace"]').click();
    await page.locator(`[data-folder="${folder}"]`).waitFor();
    const files = ['model.py', 'train.py', 'weights.safetensors', 'requirements.txt', 'README.md', 'netloom.json'];
    expect(files.filter((name) => !existsSync(join(folder, name)))).toEqual([]);
    expect(existsSync(join(folder, 'data', 'train_image.npy'))).toBe(true);
    // What is seen is what is written.
    const shown = (await lines(studio).allInnerTexts()).map((line) => line.replace(/\n$/, ''));
    const written = readFileSync(join(folder, 'model.py'), 'utf8').split('\n');
    expect(shown.length).toBeGreaterThan(5);
    expect(written.slice(0, shown.length)).toEqual(shown);
    await node(page, 'hidden').click();
    await field(page, 'units').fill('48');
    await page.keyboard.press('Tab');
    await page.getByRole('switch', { name: 'Changes' }).click();
    await page.locator('.cm-deletedChunk').first().waitFor();
    await screenshot(page, 'code-changes');
    await studio.close();
  });

  const python = process.env.NETLOOM_TEST_PYTHON;
  it(
    python
      ? 'is verified: it computes what the engine computes'
      : 'is not verified without a Python, and what installs one is said',
    async () => {
      const studio = await launch({ sample: 'digits-resnet', env: { NETLOOM_PYTHON: python ?? '/nowhere/python' } });
      const { page } = studio;
      await node(page, 'conv1').waitFor();
      const folder = join(ownFolder(freshFolder('verified')), 'resnet');
      await answerSaving(studio, folder);
      await openCode(studio);
      await page.locator('[data-action="code.save"]').click();
      await page.locator(`[data-folder="${folder}"]`).waitFor();
      await page.locator('[data-action="code.verify"]').click();
      if (python) {
        await page.locator('[data-verified="true"]').waitFor({ timeout: 180_000 });
        await screenshot(page, 'code-verified');
        expect(existsSync(join(folder, 'VERIFIED.json'))).toBe(true);
      } else await page.getByRole('alert').filter({ hasText: 'NETLOOM_PYTHON' }).waitFor();
      await studio.close();
    },
    300_000,
  );
});
