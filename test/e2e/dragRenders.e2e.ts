/** A large drawing stays quick because what is dragged is drawn anew, and nothing else: counted, not timed. */
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { emptyDesign, type Design } from '../../shared/design/schema';
import { serialiseDesign } from '../../shared/design/serialiseDesign';
import { node } from './support/drawing';
import { endAll, launch } from './support/launch';
import { middleOf } from './support/mouse';
import { countRenders, listenToReact } from './support/renders';
import { freshFolder, ownFile } from './support/stage';

afterEach(endAll);

const columns = 30;
const rows = 10;

/** 300 nodes in ten lines from one input to one sum, small enough on the screen that many are seen at once. */
function manyLines(): Design {
  const nodes: Design['nodes'] = [];
  const wires: Design['wires'] = [];
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const id = `r${row}c${column}`;
      const ends = row === 0 && column === 0;
      nodes.push({
        id,
        ...(ends ? { layer: 'Input', params: { shape: [4] } } : { layer: 'Dense', params: { units: 4 } }),
        position: [column * 240, row * 110],
      });
      if (column > 0) wires.push({ from: `r${row}c${column - 1}`, to: id });
      else if (row > 0) wires.push({ from: 'r0c0', to: id });
    }
  }
  return { ...emptyDesign('many lines'), nodes, wires };
}

it('moves a dragged node with the hand, and renders it and its wires, and none of the other 299', async () => {
  const file = ownFile(join(freshFolder('documents'), 'lines.netloom'), serialiseDesign(manyLines()));
  const studio = await launch({ files: [file] });
  const { page } = studio;
  await listenToReact(page);
  await node(page, 'r2c2').waitFor();
  expect(await page.locator('.react-flow__node').count()).toBeGreaterThan(20);

  // The press selects the node and shows it in the inspector; what follows is the drag alone.
  const from = await middleOf(node(page, 'r2c2'));
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  await page.mouse.move(from.x + 4, from.y + 12, { steps: 4 });
  const stop = await countRenders(page);
  await page.mouse.move(from.x + 20, from.y + 40, { steps: 20 });
  await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))));
  const { nodes, wires, changed } = await stop();
  await page.mouse.up();
  const to = await middleOf(node(page, 'r2c2'));
  // It sets off when the hand has moved three pixels.
  expect(Math.abs(to.x - from.x - 20), 'the node went with the hand').toBeLessThan(5);
  expect(Math.abs(to.y - from.y - 40), 'the node went with the hand').toBeLessThan(5);

  const own = ['r2c1 → r2c2', 'r2c2 → r2c3'];
  expect(Object.keys(nodes)).toEqual(['r2c2']);
  expect(Object.keys(wires).sort()).toEqual(own);
  // Not more often than the hand moved, which says that the counting counts.
  expect(nodes['r2c2']).toBeGreaterThan(5);
  expect(nodes['r2c2']).toBeLessThanOrEqual(21);
  expect(changed).toEqual([...own, 'r2c2'].sort());
  await studio.close();
});

it('is led across the drawing by the small map', async () => {
  const file = ownFile(join(freshFolder('documents'), 'lines.netloom'), serialiseDesign(manyLines()));
  const studio = await launch({ files: [file] });
  const { page } = studio;
  await node(page, 'r0c1').waitFor();
  const map = await page.getByTestId('rf__minimap').boundingBox();
  if (!map) throw new Error('there is no small map');
  await page.mouse.click(map.x + map.width - 12, map.y + map.height / 2);
  await node(page, 'r4c28').waitFor();
  await node(page, 'r0c1').waitFor({ state: 'detached' });
  await studio.close();
});
