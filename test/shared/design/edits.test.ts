// The edits that properties find hard to reach by chance.
import { describe, expect, it } from 'vitest';
import { applyEdit } from '../../../shared/design/edits';
import { drawing } from '../../generators/drawing';

describe('an edit', () => {
  it('that adds a node for which a wire waits is undone without taking the wire', () => {
    const design = drawing(['a: Input', 'a > b']);
    const added = applyEdit(design, { edit: 'addNode', in: 'main', node: { id: 'b', layer: 'ReLU', params: {} } });
    expect(applyEdit(added.design, added.inverse).design).toEqual(design);
  });

  it('that removes a node takes its wires, and brings them back to their places', () => {
    const design = drawing(['a: Input', 'b: ReLU', 'c: Add', 'a > c', 'a > b > c', 'a > c']);
    const removed = applyEdit(design, { edit: 'removeNode', in: 'main', id: 'b' });
    expect(removed.design.wires).toEqual([
      { from: 'a', to: 'c' },
      { from: 'a', to: 'c' },
    ]);
    expect(applyEdit(removed.design, removed.inverse).design).toEqual(design);
  });

  it('of what is not there changes nothing', () => {
    const design = drawing(['a: Input']);
    for (const edit of [
      { edit: 'removeNode', in: 'main', id: 'b' } as const,
      { edit: 'removeNode', in: 'nowhere', id: 'a' } as const,
      { edit: 'removeWire', in: 'main', wire: { from: 'a', to: 'b' } } as const,
      { edit: 'setBlock', id: 'stage', block: null } as const,
    ])
      expect(applyEdit(design, edit).design).toBe(design);
  });

  it('keeps everything that it does not touch the same object, so that compile finds it unchanged', () => {
    const design = drawing(['a: Input', 'b: ReLU', 'a > b'], { blocks: { stage: {} } });
    const { design: after } = applyEdit(design, { edit: 'setName', name: 'other' });
    expect(
      [after.nodes, after.wires, after.blocks].every(
        (part, at) => part === [design.nodes, design.wires, design.blocks][at],
      ),
    ).toBe(true);
    const { design: more } = applyEdit(design, {
      edit: 'addNode',
      in: 'main',
      node: { id: 'c', layer: 'ReLU', params: {} },
    });
    expect(more.nodes[0]).toBe(design.nodes[0]);
    expect(more.wires).toBe(design.wires);
  });
});
