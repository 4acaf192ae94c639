/** What the layout engine makes of a drawing: nothing on top of another, from left to right, ports in line. */
import Elk from 'elkjs/lib/elk.bundled.js';
import { describe, expect, it } from 'vitest';
import { elkGraph } from '../../../renderer/canvas/elkGraph';
import { boxesOf, overlaps, type Point } from '../../../renderer/state/drawing/geometry';
import { moveEdit } from '../../../renderer/state/drawing/nodeEdits';
import type { Design } from '../../../shared/design/schema';
import { after, drawing, sampleDesigns } from '../state/drawing/drawings';

async function arranged(design: Design): Promise<Design> {
  const { children = [] } = await new Elk().layout(elkGraph(design));
  const centre = ({ x = 0, y = 0, width = 0, height = 0 }): Point => [x + width / 2, y + height / 2];
  return after(design, moveEdit(design, new Map(children.map((child) => [child.id, centre(child)]))));
}

describe('the automatic layout', () => {
  it.each(sampleDesigns())('of $name overlaps nowhere and runs from left to right', async ({ design }) => {
    const boxes = boxesOf(await arranged(design));
    const list = [...boxes];
    const touching = list.flatMap(([id, box], at) =>
      list.slice(at + 1).flatMap(([other, there]) => (overlaps(box, there, 8) ? [`${id} ${other}`] : [])),
    );
    expect(touching).toEqual([]);
    for (const { from, to } of design.wires)
      expect(boxes.get(from.split(':')[0]!)!.right, `${from} > ${to}`).toBeLessThan(boxes.get(to.split(':')[0]!)!.left);
  });

  it('takes a drawing with a wire in a circle, with nodes alone, and of several parts', async () => {
    const odd = await arranged(drawing('a:ReLU b:ReLU alone:Dense c:Input d:Output', 'a>b b>a a>a c>d'));
    expect(odd.nodes.every(({ position }) => position?.every(Number.isFinite))).toBe(true);
  });
});
