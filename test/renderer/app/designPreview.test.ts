/** The small pictures of the gallery: everything inside, nothing lost, whatever the design. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designPreview, type DesignPreview } from '../../../renderer/app/designPreview';
import { parseDesign } from '../../../shared/design/parseDesign';
import { emptyDesign, type Design } from '../../../shared/design/schema';

const folder = fileURLToPath(new URL('../../../assets/designs', import.meta.url));

function sample(file: string): Design {
  const parsed = parseDesign(readFileSync(`${folder}/${file}`, 'utf8'), file);
  if ('problems' in parsed) throw new Error(file);
  return parsed.design;
}

function outside({ boxes, wires }: DesignPreview, width: number, height: number): string[] {
  const bad = boxes.filter(({ x, y, width: w, height: h }) => !(x >= 0 && y >= 0 && x + w <= width && y + h <= height));
  const numbers = wires.flatMap((path) => path.match(/-?\d+(\.\d+)?/g) ?? []).map(Number);
  return [...bad.map(({ id }) => id), ...(numbers.every(Number.isFinite) ? [] : ['a wire'])];
}

describe.each(readdirSync(folder))('the picture of %s', (file) => {
  it('has every node and wire, inside its frame', () => {
    const design = sample(file);
    const picture = designPreview(design, 264, 84);
    expect(picture.boxes.map(({ id }) => id)).toEqual(design.nodes.map(({ id }) => id));
    expect(picture.wires).toHaveLength(design.wires.length);
    expect(outside(picture, 264, 84)).toEqual([]);
  });

  it('can be made where the file gives no positions', () => {
    const design = sample(file);
    const nodes = design.nodes.map(({ position, ...node }) => (position ? node : node)) as Design['nodes'];
    expect(outside(designPreview({ ...design, nodes }, 264, 84), 264, 84)).toEqual([]);
  });
});

describe('a picture', () => {
  it('of nothing is empty', () => {
    expect(designPreview(emptyDesign(), 264, 84)).toEqual({ boxes: [], wires: [] });
  });

  it('survives positions far away, wires into nothing and layers that nobody knows', () => {
    const at = fc.integer({ min: -1_000_000, max: 1_000_000 });
    const node = fc.record({ layer: fc.constantFrom('Dense', 'Add', 'NoSuch'), position: fc.tuple(at, at) });
    const ends = fc.constantFrom('n0', 'n1', 'n2:b', 'gone');
    const wire = fc.record({ from: ends, to: ends });
    fc.assert(
      fc.property(fc.array(node, { maxLength: 8 }), fc.array(wire, { maxLength: 8 }), (given, wires) => {
        const nodes = given.map((one, index) => ({ id: `n${index}`, params: {}, ...one }));
        const picture = designPreview({ ...emptyDesign(), nodes, wires }, 264, 84);
        expect(outside(picture, 264 + 2, 84 + 2)).toEqual([]);
      }),
    );
  });
});
