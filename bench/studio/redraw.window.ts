/** What drawing a run anew costs when its log has a million steps against ten thousand; and that one step stands out. */
import { afterEach, expect, it } from 'vitest';
import { endAll, launch, type Studio } from '../../test/e2e/support/launch';
import { freshFolder } from '../../test/e2e/support/stage';
import { writeSettings } from '../../test/e2e/support/launch';
import { compareSides, report } from '../measure';
import { recordTasks } from './taskTimes';
import { writeRun } from './writeRun';

afterEach(endAll);

const redraws = 6;
const lengths = [10_000, 1_000_000] as const;
const runOf = (steps: number): string => `2026-01-01-steps-${steps}`;

async function show({ page }: Studio, steps: number): Promise<void> {
  await page.getByRole('tab', { name: 'Runs' }).click();
  await page
    .locator(`[data-run="${runOf(steps)}"]`)
    .first()
    .click();
  await page.getByRole('tab', { name: 'Training' }).click();
  await page.locator('[data-plot="loss"] path.js-line').first().waitFor({ state: 'attached' });
}

/** Milliseconds that the window computes when the smoothing changes and three plots are drawn anew. */
async function redraw(studio: Studio, steps: number): Promise<number> {
  await show(studio, steps);
  const { page } = studio;
  const smoothing = page.locator('[data-feature="TrainingPanel"] [role="slider"]').first();
  await smoothing.focus();
  const tasksOf = await recordTasks(studio);
  for (let at = 0; at < redraws; at++) {
    const drawn = page.evaluate(
      () =>
        new Promise<void>((resolve) => {
          const plot = document.querySelector('[data-plot="loss"]');
          const watcher = new MutationObserver(() => {
            watcher.disconnect();
            requestAnimationFrame(() => setTimeout(resolve));
          });
          if (plot) watcher.observe(plot, { subtree: true, attributes: true, attributeFilter: ['d'] });
        }),
    );
    await page.keyboard.press(at % 2 === 0 ? 'ArrowLeft' : 'ArrowRight');
    await drawn;
  }
  const tasks = await tasksOf();
  return tasks.reduce((sum, { computing }) => sum + computing, 0) / redraws;
}

/** Of the points of all lines of the loss: heights in pixels above the lowest. */
function heights({ page }: Studio): Promise<number[]> {
  return page.locator('[data-plot="loss"]').evaluate((plot) => {
    const outlines = [...plot.querySelectorAll('.scatterlayer path.js-line')].map(
      (path) => path.getAttribute('d') ?? '',
    );
    const points = outlines.flatMap((d) => [...d.matchAll(/(-?[\d.]+),(-?[\d.]+)/g)].map(([, , y]) => Number(y)));
    const lowest = points.reduce((most, y) => Math.max(most, y), -Infinity);
    return points.map((y) => lowest - y);
  });
}

it('costs the same for a million steps as for ten thousand, and shows the one that stands out', async () => {
  const home = freshFolder('home');
  writeSettings(home, { theme: 'light', language: 'en' });
  for (const steps of lengths) await writeRun(home, runOf(steps), steps);
  const studio = await launch({ home, sample: 'digits-cnn' });
  const [short, long] = lengths;
  await show(studio, long);
  const above = await heights(studio);
  const highest = above.reduce((most, height) => Math.max(most, height), 0);
  const standing = above.filter((height) => height > highest / 2).length;
  console.log(JSON.stringify({ bench: 'studio: one outlier in a million', points: above.length, highest, standing }));
  expect(above.length).toBeGreaterThan(100);
  expect(highest).toBeGreaterThan(40);
  expect(standing).toBeGreaterThan(0);
  expect(standing).toBeLessThan(5);
  const comparison = await compareSides({
    what: 'drawing a run anew, computing',
    reference: { name: '10,000 steps', sample: () => redraw(studio, short) },
    candidate: { name: '1,000,000 steps', sample: () => redraw(studio, long) },
    bound: 1.2,
    pairs: 7,
  });
  report([comparison]);
  await studio.close();
  expect(comparison.verdict).not.toBe('exceeded');
}, 600_000);
