/** Nodes without a place get one that is free; the plain layout never puts two nodes on one place. */
import { describe, expect, it } from 'vitest';
import { boxesOf, overlaps, positionsOf } from '../../../../renderer/state/drawing/geometry';
import { layeredPositions } from '../../../../renderer/state/drawing/layeredPositions';
import type { Design } from '../../../../shared/design/schema';
import { drawing, sampleDesigns } from './drawings';

function bare(design: Design): Design {
  const nodes = design.nodes.map((node) => {
    const kept = { ...node };
    delete kept.position;
    return kept;
  });
  return { ...design, nodes };
}

function overlapping(design: Design): string[] {
  const boxes = [...boxesOf(design)];
  return boxes.flatMap(([id, box], at) =>
    boxes.slice(at + 1).flatMap(([other, there]) => (overlaps(box, there) ? [`${id} ${other}`] : [])),
  );
}

describe('the plain layout', () => {
  it.each(sampleDesigns())('of $name overlaps nowhere and runs from left to right', ({ design }) => {
    const unplaced = bare(design);
    expect(overlapping(unplaced)).toEqual([]);
    const positions = layeredPositions(unplaced);
    for (const { from, to } of design.wires) {
      const [source, target] = [from, to].map((end) => positions.get(end.split(':')[0]!)!);
      expect(source![0]).toBeLessThan(target![0]);
    }
  });

  it('ends for a drawing that runs in a circle, and for twenty thousand layers in a row', () => {
    expect(layeredPositions(drawing('a:ReLU b:ReLU c:ReLU', 'a>b b>c c>a')).size).toBe(3);
    const ids = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    const row = bare({
      ...drawing(''),
      nodes: ids.map((id) => ({ id, layer: 'ReLU', params: {} })).reverse(),
      wires: ids.slice(1).map((to, at) => ({ from: ids[at]!, to })),
    });
    expect(layeredPositions(row).get('n19999')?.[0]).toBe(19_999 * 240);
  });
});

describe('a node without a place', () => {
  it('stands behind the node that feeds it, on nobody else', () => {
    const design = drawing('a:Input b:ReLU c:ReLU', 'a>b a>c');
    const nodes = design.nodes.map((node) => (node.id === 'c' ? bare({ ...design, nodes: [node] }).nodes[0]! : node));
    const mixed = { ...design, nodes };
    expect(positionsOf(mixed).get('c')?.[0]).toBe(240);
    expect(overlapping(mixed)).toEqual([]);
  });
});
