/** Training in the window: from the first empty dock over live curves, pause and stop to a finished run and a past one. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { endAll, launch, resize, type Studio } from './support/launch';
import { screenshot } from './support/screenshot';
import { freshFolder } from './support/stage';
import { until } from './support/waiting';

afterEach(endAll);

const state = ({ page }: Studio, name: string): Promise<void> =>
  page.locator(`[data-feature="TrainingPanel"] [data-state="${name}"]`).waitFor({ timeout: 120_000 });

function plot({ page }: Studio, name: string): ReturnType<Studio['page']['locator']> {
  return page.locator(`[data-plot="${name}"]`);
}

/** How much of the loss is drawn: the length of the lines' outlines. */
function drawnLength(studio: Studio): Promise<number> {
  return plot(studio, 'loss').evaluate((figure) =>
    [...figure.querySelectorAll<SVGPathElement>('.scatterlayer path.js-line')].reduce(
      (sum, path) => sum + path.getTotalLength(),
      0,
    ),
  );
}

/** Colours in the heat map, so that an empty picture is told from one of data. */
function heatColours(studio: Studio): Promise<number> {
  return plot(studio, 'heatmap')
    .locator('canvas')
    .evaluate((canvas: HTMLCanvasElement) => {
      const { data } = canvas.getContext('2d')?.getImageData(0, 0, canvas.width, canvas.height) ?? { data: [] };
      const colours = new Set<number>();
      for (let at = 0; at < data.length; at += 4) {
        if (data[at + 3] === 255)
          colours.add(((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0));
      }
      return colours.size;
    });
}

/** The system's dialog cannot be pressed here: it is answered with a place in `folder`. */
async function answerSaving({ app }: Studio, folder: string): Promise<void> {
  await app.evaluate(({ BrowserWindow }, to) => {
    const [window] = BrowserWindow.getAllWindows();
    window?.webContents.session.on('will-download', (_event, item) => item.setSavePath(`${to}/${item.getFilename()}`));
  }, folder);
}

describe('training in the window', () => {
  it('shows every plot move, pauses, goes on, and ends with its result', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    const { page } = studio;
    await page.getByText('No run yet').waitFor();
    await screenshot(page, 'training-empty');
    await page.keyboard.press('Control+Enter');
    await state(studio, 'running');
    await until('a first line', async () => (await drawnLength(studio)) > 0);
    const before = await drawnLength(studio);
    await until('the line to grow', async () => (await drawnLength(studio)) > before);
    await until('the heat map', async () => (await heatColours(studio)) > 10);
    await expect.poll(() => plot(studio, 'metric').locator('path.js-line').count()).toBeGreaterThan(0);
    await expect.poll(() => plot(studio, 'layers').locator('path.js-line').count()).toBeGreaterThan(2);

    await page.getByRole('button', { name: 'Pause' }).click();
    await state(studio, 'paused');
    const paused = Number(await page.locator('[data-training="paused"]').getAttribute('data-step'));
    expect(paused).toBeGreaterThan(0);
    await screenshot(page, 'training-paused');
    await page.keyboard.press('Control+.');
    await state(studio, 'running');
    await until('the next step', async () => {
      const step = await page.locator('[data-training]').getAttribute('data-step');
      return Number(step) > paused;
    });
    await until(
      'epoch 3',
      async () => Number(await page.locator('[data-training]').getAttribute('data-epoch')) >= 3,
      120,
    );
    await screenshot(page, 'training-epoch-3');
    await state(studio, 'finished');
    await page
      .locator('[data-result="test"]')
      .getByText(/accuracy/)
      .waitFor();
    await screenshot(page, 'training-finished');
    await studio.close();
  }, 300_000);

  it('reads values under one crosshair, zooms, and comes back', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    const { page } = studio;
    await page.keyboard.press('Control+Enter');
    await until('a few steps', async () => (await drawnLength(studio)) > 100);
    await page.getByRole('button', { name: 'Stop' }).click();
    await state(studio, 'stopped');
    const box = await plot(studio, 'loss').boundingBox();
    if (!box) throw new Error('the loss is not drawn');
    await page.mouse.move(box.x + box.width * 0.4, box.y + box.height * 0.5);
    await plot(studio, 'loss')
      .getByText(/step \d+/)
      .waitFor();
    // The same step in the other plots.
    expect(await page.locator('[data-plot] [data-crosshair]').count()).toBe(4);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.6, box.y + box.height * 0.5, { steps: 5 });
    await page.mouse.up();
    await expect.poll(() => plot(studio, 'loss').getAttribute('data-zoomed')).toBe('true');
    await screenshot(page, 'training-zoomed');
    await page.mouse.dblclick(box.x + box.width * 0.5, box.y + box.height * 0.5);
    await expect.poll(() => plot(studio, 'loss').getAttribute('data-zoomed')).toBe('false');
    const pictures = freshFolder('pictures');
    await answerSaving(studio, pictures);
    await plot(studio, 'loss').hover();
    await plot(studio, 'loss').getByRole('button', { name: 'Save as PNG' }).click();
    const beside = await plot(studio, 'layers').boundingBox();
    await plot(studio, 'layers').hover();
    await plot(studio, 'layers').getByRole('status').waitFor();
    // However many lines are told of, nothing moves.
    expect(await plot(studio, 'layers').boundingBox()).toEqual(beside);
    await plot(studio, 'layers').getByRole('button', { name: 'Save as SVG' }).click();
    await plot(studio, 'heatmap').hover();
    await plot(studio, 'heatmap').getByRole('button', { name: 'Save as PNG' }).click();
    const beginning = (name: string): string => {
      const file = join(pictures, name);
      return existsSync(file) ? readFileSync(file).toString('latin1', 0, 4) : '';
    };
    await until('the picture of the loss', () => beginning('Loss.png') === '\x89PNG');
    await until('the picture of the layers', () => beginning('Gradient RMS by layer.svg') === '<svg');
    // The words that lie over the drawing are in its picture too.
    const saved = readFileSync(join(pictures, 'Gradient RMS by layer.svg'), 'utf8');
    for (const word of ['Gradient RMS by layer', 'Step', 'conv1 ']) expect(saved).toContain(`>${word}`);
    await until('the picture of the heat map', () => /^.PNG/.test(beginning('Layers × steps.png')));
    // A row of the heat map leads to its node.
    await plot(studio, 'heatmap').getByRole('button', { name: 'conv2' }).click();
    await until('conv2 selected', () =>
      page.locator('.react-flow__node.selected').getByText('conv2', { exact: true }).isVisible(),
    );
    await studio.close();
  });

  it('fits a small window, in the dark and in Chinese', async () => {
    const studio = await launch({ sample: 'digits-cnn', theme: 'dark', locale: 'zh-CN' });
    const { page } = studio;
    await page.keyboard.press('Control+Enter');
    await until('a few steps', async () => (await drawnLength(studio)) > 100);
    await screenshot(page, 'training-dark-zh');
    await resize(studio, { width: 1100, height: 700 });
    await until('the plot in its new box', async () => {
      const box = await plot(studio, 'loss').boundingBox();
      return box !== null && box.width > 200 && box.x + box.width <= 1100;
    });
    await screenshot(page, 'training-dark-zh-1100');
    await studio.close();
  });
});
