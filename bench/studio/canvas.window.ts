/** A drawing of 1,000 nodes under the hand against one of 100, panned and with a node dragged, at the same zoom. */
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { middleOf } from '../../test/e2e/support/mouse';
import { node } from '../../test/e2e/support/drawing';
import { endAll, launch, type Studio } from '../../test/e2e/support/launch';
import { freshFolder, ownFile } from '../../test/e2e/support/stage';
import { compareSides, report, type Comparison } from '../measure';
import { circle, framesOf, type Frames } from './frames';
import { gridDesign } from './gridDesign';

afterEach(endAll);

const steps = 60;
/** In the second column of the grid, so that it has wires on both sides. */
const dragged = 'n12';

async function openGrid(nodes: number): Promise<Studio> {
  const file = ownFile(join(freshFolder('documents'), `grid-${nodes}.netloom`), gridDesign(nodes));
  const studio = await launch({ files: [file] });
  await node(studio.page, dragged).waitFor();
  return studio;
}

async function pan(studio: Studio): Promise<Frames> {
  const { page } = studio;
  const from = await middleOf(page.locator('[data-feature="Canvas"]'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down({ button: 'middle' });
  const frames = await framesOf(studio, steps, () => circle(page, from, steps));
  await page.mouse.move(from.x, from.y);
  await page.mouse.up({ button: 'middle' });
  return frames;
}

async function dragNode(studio: Studio): Promise<Frames> {
  const { page } = studio;
  const from = await middleOf(node(page, dragged));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const frames = await framesOf(studio, steps, () => circle(page, from, steps));
  await page.mouse.move(from.x, from.y);
  await page.mouse.up();
  return frames;
}

const gestures = { pan, 'drag a node': dragNode };
const measures = { 'p95 frame': 'interval', 'computing a movement': 'computing' } as const;

it.each(Object.entries(gestures))(
  'is as quick with 1,000 nodes: %s',
  async (gesture, perform) => {
    const [small, large] = [await openGrid(100), await openGrid(1000)];
    const comparisons: Comparison[] = [];
    for (const [measure, key] of Object.entries(measures)) {
      comparisons.push(
        await compareSides({
          what: `${gesture}, ${measure}`,
          reference: { name: '100 nodes', sample: async () => (await perform(small))[key] },
          candidate: { name: '1,000 nodes', sample: async () => (await perform(large))[key] },
          bound: 1.3,
          pairs: 7,
        }),
      );
    }
    report(comparisons);
    await small.close();
    await large.close();
    expect(comparisons.map(({ verdict }) => verdict)).not.toContain('exceeded');
  },
  600_000,
);
