/** A network that learns real data before one's eyes: curves, heat map and nodes move; pause, go on, stop, resume; the end. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { node } from './support/drawing';
import { endAll, launch } from './support/launch';
import { drawnLength, heatPixels, plot } from './support/plots';
import { inState, pastStep, runRows, setEpochs, shownStep, showRuns, train, trainToEnd } from './support/runs';
import { until } from './support/waiting';

afterEach(endAll);

/** The groups of weights of `digits-cnn`: three convolutions, three normalisations, one dense layer. */
const weightLayers = 7;

/** All that a user reads of a run's progress, in one text. */
async function whatIsSeen(page: Page): Promise<string> {
  const { sum } = await heatPixels(page, weightLayers);
  const lengths = await Promise.all(['loss', 'metric', 'layers'].map((name) => drawnLength(page, name)));
  const meter = await node(page, 'conv1').locator('[data-meter]').getAttribute('title');
  return JSON.stringify([await shownStep(page), sum, lengths, meter]);
}

describe('a run in the window', () => {
  it('moves every plot and the nodes, stands still when paused, goes on, stops, is resumed, and ends with results', async () => {
    const studio = await launch({ sample: 'digits-cnn' });
    const { page } = studio;
    await setEpochs(page, 100_000);
    await train(page);
    for (const name of ['loss', 'metric', 'layers']) {
      await until(`lines in the plot ${name}`, async () => (await drawnLength(page, name)) > 0, 60);
    }
    const before = await until('the heat map', async () => (await heatPixels(page, weightLayers)).sum || null);
    await until('another picture of it', async () => (await heatPixels(page, weightLayers)).sum !== before);
    await node(page, 'conv1').locator('[data-meter]').waitFor();

    await page.getByRole('button', { name: 'Pause' }).click();
    await inState(page, 'paused');
    const paused = await settled(page);
    await showRuns(page);
    await runRows(page).and(page.locator('[data-state="paused"]')).waitFor();
    await page.locator('[data-region="dock"] [data-tab="training"]').click();
    await until('the same picture as before', async () => (await whatIsSeen(page)) === paused);

    const step = (await shownStep(page)) ?? 0;
    await page.getByRole('button', { name: 'Continue' }).click();
    const later = await pastStep(page, step);
    await page.keyboard.press('Control+Alt+Enter');
    await inState(page, 'stopped');
    await page.locator('[data-feature="TrainingPanel"] [data-action="run.resume"]').click();
    await pastStep(page, later);
    await page.keyboard.press('Control+Alt+Enter');
    await inState(page, 'stopped');

    await setEpochs(page, 4);
    await trainToEnd(page);
    const result = await page.locator('[data-result="test"]').innerText();
    // Four epochs on 1,797 digits are far better than the tenth that guessing gets.
    expect(Number(/accuracy\s+([\d.]+)\s*%/i.exec(result)?.[1])).toBeGreaterThan(80);
    await studio.close();
  }, 300_000);
});

/** The picture once what was under way has arrived: the same for longer than plots wait before they are drawn anew. */
async function settled(page: Page): Promise<string> {
  let [last, times] = ['', 0];
  return until('a picture that stands still', async () => {
    const now = await whatIsSeen(page);
    times = now === last ? times + 1 : 0;
    last = now;
    return times >= 10 ? now : null;
  });
}

describe('five sigmoid layers', () => {
  it('show vanishing gradients: blue first layers, and a dark top of the heat map', async () => {
    const studio = await launch({ sample: 'digits-sigmoid-deep' });
    const { page } = studio;
    await trainToEnd(page);
    await page.locator('[data-feature="Canvas"]').press('Shift+1');
    const tint = node(page, 'dense1').locator('[data-gradient="vanishing"]');
    await tint.waitFor();
    const [red = 0, , blue = 0] = await tint.evaluate((element) =>
      (getComputedStyle(element).backgroundColor.match(/[\d.]+/g) ?? []).map(Number),
    );
    expect(blue).toBeGreaterThan(red);
    // The layer nearest the loss is the measure, and has no tint.
    expect(await node(page, 'logits').locator('[data-gradient]').count()).toBe(0);
    await plot(page, 'heatmap').locator('canvas').waitFor();
    const names = await plot(page, 'heatmap').getByRole('button').allInnerTexts();
    expect(names.filter((name) => /^(dense|logits)/.test(name))).toEqual([...denseLayers, 'logits']);
    await until('a heat map that is dark above and light below', async () => {
      const { rows } = await heatPixels(page, 6);
      const [first = 255, second = 255] = rows;
      const [fifth = 0, last = 0] = rows.slice(-2);
      return rows.length === 6 && first < 80 && first < second && second < fifth && last > 2 * first;
    });
    await studio.close();
  }, 300_000);
});

const denseLayers = [1, 2, 3, 4, 5].map((at) => `dense${at}`);
