/** A drawing of 1,000 nodes under the hand against one of 100, panned and with a node dragged, at the same zoom. */
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterEach, expect, it } from 'vitest';
import { middleOf } from '../../test/e2e/support/mouse';
import { node } from '../../test/e2e/support/drawing';
import { endAll, launch, type Studio } from '../../test/e2e/support/launch';
import { freshFolder, ownFile } from '../../test/e2e/support/stage';
import { compareSides, median, report } from '../measure';
import { recordCircles, type Frames } from './frames';
import { gridDesign } from './gridDesign';

afterEach(endAll);

/** In the second column and row of the grid, so that it has wires on both sides and room below. */
const dragged = 'n10';

async function openGrid(nodes: number): Promise<Studio> {
  const file = ownFile(join(freshFolder('documents'), `grid-${nodes}.netloom`), gridDesign(nodes));
  const studio = await launch({ files: [file] });
  await node(studio.page, dragged).waitFor();
  return studio;
}

const gestures = {
  pan: { button: 'middle', place: (page: Page) => page.locator('[data-feature="Canvas"]') },
  'drag a node': { button: 'left', place: (page: Page) => node(page, dragged) },
} as const;

async function perform({ button, place }: (typeof gestures)[keyof typeof gestures], studio: Studio): Promise<Frames> {
  const { page } = studio;
  const from = await middleOf(place(page));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button });
  const { y: before } = await middleOf(node(page, dragged));
  const frames = await recordCircles(studio, from);
  const { y: after } = await middleOf(node(page, dragged));
  expect(after - before, 'pixels that the node went down').toBeGreaterThan(40);
  await page.mouse.move(from.x, from.y);
  await page.mouse.up({ button });
  // A drag sets off a few pixels late: undone, the next one begins where this one did.
  if (button === 'left') await page.keyboard.press('Control+z');
  return frames;
}

it.each(Object.entries(gestures))(
  'is as quick with 1,000 nodes: %s',
  async (what, gesture) => {
    const [small, large] = [await openGrid(100), await openGrid(1000)];
    const intervals: number[][] = [[], []];
    const side = (studio: Studio, at: number) => async (): Promise<number> => {
      const { computing, interval } = await perform(gesture, studio);
      intervals[at]?.push(interval);
      return computing;
    };
    const comparison = await compareSides({
      what: `${what}: p95 of computing a movement`,
      reference: { name: '100 nodes', sample: side(small, 0) },
      candidate: { name: '1,000 nodes', sample: side(large, 1) },
      bound: 1.3,
      pairs: 7,
    });
    report([comparison]);
    const [ofSmall = NaN, ofLarge = NaN] = intervals.map((one) => median(one));
    console.log(JSON.stringify({ bench: `studio: ${what}, p95 from frame to frame on the clock`, ofSmall, ofLarge }));
    await small.close();
    await large.close();
    expect(comparison.verdict).not.toBe('exceeded');
  },
  600_000,
);
