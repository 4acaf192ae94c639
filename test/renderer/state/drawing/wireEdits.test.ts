/** Layers are put into wires, after nodes and at places, and never on top of another node. */
import { describe, expect, it } from 'vitest';
import { resolveWires } from '../../../../renderer/state/drawing/drawingPorts';
import { boxesOf, overlaps } from '../../../../renderer/state/drawing/geometry';
import { addLayerAt, appendLayer, breakEdit, insertInWire } from '../../../../renderer/state/drawing/wireEdits';
import type { Design } from '../../../../shared/design/schema';
import { after, drawing, wiresText } from './drawings';

const chain = drawing('image:Input a:Conv2D b:ReLU c:Conv2D', 'image>a a>b b>c');

function overlapping(design: Design): string[] {
  const boxes = [...boxesOf(design)];
  return boxes.flatMap(([id, box], at) =>
    boxes.slice(at + 1).flatMap(([other, there]) => (overlaps(box, there) ? [`${id} ${other}`] : [])),
  );
}

describe('a layer put into a wire', () => {
  it('carries on what the wire carried, and what follows makes room', () => {
    const wire = resolveWires(chain).find(({ id }) => id === 'a → b')!;
    const inserted = insertInWire(chain, wire, 'BatchNorm')!;
    const design = after(chain, inserted.edit);
    expect(wiresText(design)).toBe('image>a a>batchNorm batchNorm>b b>c');
    expect(overlapping(design)).toEqual([]);
    const x = (id: string): number => design.nodes.find((node) => node.id === id)?.position?.[0] ?? NaN;
    expect(x('a')).toBeLessThan(x('batchNorm'));
    expect(x('batchNorm')).toBeLessThan(x('b'));
  });

  it('needs a way through it', () => {
    const [wire] = resolveWires(chain);
    expect(insertInWire(chain, wire!, 'Output')).toBeNull();
    expect(insertInWire(chain, wire!, 'Input')).toBeNull();
  });
});

describe('a layer appended', () => {
  it('stands behind the node, wired to it', () => {
    const { edit, id } = appendLayer(chain, 'Flatten', 'c', [0, 0]);
    const design = after(chain, edit);
    expect(wiresText(design)).toBe('image>a a>b b>c c>flatten');
    expect(design.nodes.find((node) => node.id === id)?.position?.[0]).toBeGreaterThan(720);
    expect(overlapping(design)).toEqual([]);
  });

  it('goes into the one wire that leads on', () => {
    expect(wiresText(after(chain, appendLayer(chain, 'Dropout', 'b', [0, 0]).edit))).toBe(
      'image>a a>b b>dropout dropout>c',
    );
  });

  it('is not wired where no wire can start or end', () => {
    expect(wiresText(after(chain, appendLayer(chain, 'Input', 'c', [0, 0]).edit))).toBe(wiresText(chain));
    expect(wiresText(after(chain, appendLayer(chain, 'ReLU', null, [0, 0]).edit))).toBe(wiresText(chain));
  });

  it('finds a free place, however often it is asked for the same', () => {
    let design = chain;
    for (let count = 0; count < 12; count++) design = after(design, addLayerAt(design, 'Dense', [240, 0]).edit);
    expect(overlapping(design)).toEqual([]);
  });
});

describe('breaking', () => {
  it('takes the wires of one port, or of a node', () => {
    const design = drawing('a:Input b:ReLU c:ReLU add:Add', 'a>b a>c b>add.input0 c>add.input1');
    expect(wiresText(after(design, breakEdit(design, 'a', 'output', 'out')))).toBe('b>add:input0 c>add:input1');
    expect(wiresText(after(design, breakEdit(design, 'add', 'input1', 'in')))).toBe('a>b a>c b>add:input0');
    expect(wiresText(after(design, breakEdit(design, 'c', null, 'both')))).toBe('a>b b>add:input0');
  });
});
