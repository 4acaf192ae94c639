/** One design on three engines, in the window: each trains it, and the curves lie on each other. */
import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { ask } from './support/bridge';
import { node } from './support/drawing';
import { endAll, launch } from './support/launch';
import { lineColours } from './support/plots';
import { inState, overlayRuns, pastStep, runRows, setEpochs, showRuns, train, trainToEnd } from './support/runs';
import { screenshot } from './support/screenshot';
import { until } from './support/waiting';

afterEach(endAll);

const python = process.env.NETLOOM_TEST_PYTHON;
const engines = ['wasm', 'tensorflow', 'pytorch'] as const;

async function choose(page: Page, engine: string): Promise<void> {
  await page.locator('[data-action="train.engine"]').click();
  await page.locator(`[role="menu"] [data-engine="${engine}"]`).click({ timeout: 120_000 });
}

interface Listing {
  engine: string;
  validation: { loss: number; accuracy: number };
}

/** Oldest first. */
async function listings(page: Page): Promise<Listing[]> {
  const { value } = await ask(page, 'runs', {});
  return [...(value as { runs: Listing[] }).runs].reverse();
}

/** How far apart they are. */
function spread(values: readonly number[]): number {
  return Math.max(...values) - Math.min(...values);
}

describe.runIf(python)('digits-resnet', () => {
  it('trains on wasm, on TensorFlow and on PyTorch, and the three curves are overlaid', async () => {
    const studio = await launch({ sample: 'digits-resnet', env: { NETLOOM_PYTHON: python ?? '' } });
    const { page } = studio;
    await node(page, 'conv1').waitFor();
    await setEpochs(page, 2);
    for (const engine of engines) {
      await choose(page, engine);
      await trainToEnd(page);
    }
    const found = await listings(page);
    expect(found.map(({ engine }) => engine)).toEqual([...engines]);
    // Orders of samples and first weights are equal; what is left is rounding, and how PyTorch counts variances.
    expect(spread(found.map(({ validation }) => validation.loss))).toBeLessThan(0.1);
    expect(spread(found.map(({ validation }) => validation.accuracy))).toBeLessThan(0.04);
    await showRuns(page);
    const colours = await overlayRuns(page, 3);
    expect(new Set(colours).size).toBe(3);
    await page.locator('[data-feature="runs"] [data-tab="curves"]').click();
    await until('three colours', async () => {
      const drawn = await lineColours(page, 'compare accuracy');
      return colours.every((colour) => drawn.includes(colour));
    });
    await screenshot(page, 'engines-overlay');
    await studio.close();
  }, 600_000);
});

describe.runIf(python)('a run that was stopped', () => {
  it('is resumed on the engine that is chosen now, from the step where it stood', async () => {
    const studio = await launch({ sample: 'digits-cnn', env: { NETLOOM_PYTHON: python ?? '' } });
    const { page } = studio;
    await setEpochs(page, 100_000);
    await choose(page, 'wasm');
    await train(page);
    const reached = await pastStep(page, 20);
    await page.getByRole('button', { name: 'Stop' }).click();
    await inState(page, 'stopped');
    await choose(page, 'pytorch');
    await showRuns(page);
    await runRows(page)
      .getByRole('button', { name: /^What can be done/ })
      .click();
    await screenshot(page, 'runs-move', { held: true });
    await page.getByRole('menuitem', { name: 'Resume on pytorch' }).click();
    await inState(page, 'running');
    await pastStep(page, reached);
    await page.getByRole('button', { name: 'Stop' }).click();
    await inState(page, 'stopped');
    expect((await listings(page)).map(({ engine }) => engine)).toEqual(['pytorch']);
    await studio.close();
  }, 600_000);
});
