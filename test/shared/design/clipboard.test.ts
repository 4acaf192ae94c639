// Copied nodes can be pasted anywhere, with ids of their own.
import { describe, expect, it } from 'vitest';
import { copyNodes, pasteNodes, type Pasted } from '../../../shared/design/clipboard';
import { applyEdit } from '../../../shared/design/edits';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import { drawing } from '../../generators/drawing';

const design = drawing(
  [
    ['image: Input', { shape: [4] }],
    ['first: Dense', { units: 4 }],
    ['second: Dense', { units: 4, weightsOf: 'first' }],
    'stage: @inner',
    'image > first > second > stage',
  ],
  { blocks: { inner: { nodes: [{ id: 'deep', block: 'deeper' }] }, deeper: { nodes: [{ id: 'x', layer: 'Input' }] } } },
);

function paste(text: string, into: Design): { design: Design; ids: string[] } {
  const pasted = pasteNodes(text, into, 'main', [10, 20]) as Pasted;
  return { design: applyEdit(into, pasted.edit).design, ids: pasted.ids };
}

describe('the clipboard', () => {
  const text = copyNodes(design, 'main', new Set(['first', 'second', 'stage']));

  it('carries nodes, inner wires and the blocks that they call, to a design that has none of them', () => {
    const { design: target, ids } = paste(text, emptyDesign());
    expect(ids).toEqual(['first', 'second', 'stage']);
    expect(target.nodes).toEqual(design.nodes.slice(1));
    expect(target.wires).toEqual(design.wires.slice(1));
    expect(target.blocks).toEqual(design.blocks);
  });

  it('gives fresh ids where they are taken, and sharing stays among the copies', () => {
    const { design: target, ids } = paste(text, design);
    expect(ids).toEqual(['first2', 'second2', 'stage2']);
    expect(target.nodes.find(({ id }) => id === 'second2')?.weightsOf).toBe('first2');
    expect(target.wires.slice(-2)).toEqual([
      { from: 'first2', to: 'second2' },
      { from: 'second2', to: 'stage2' },
    ]);
    expect(Object.keys(target.blocks)).toEqual(['inner', 'deeper']);
  });

  it('brings a block under another name where the design has a different one of that name', () => {
    const other = drawing([], { blocks: { deeper: { nodes: [] } } });
    const { design: target } = paste(text, other);
    expect(Object.keys(target.blocks)).toEqual(['deeper', 'inner', 'deeper2']);
    expect(target.blocks['inner']?.nodes).toEqual([{ id: 'deep', block: 'deeper2', params: {} }]);
  });

  it('undoes a paste in one step, and refuses what is not a copy', () => {
    const pasted = pasteNodes(text, design, 'main', [0, 0]) as Pasted;
    const { design: after, inverse } = applyEdit(design, pasted.edit);
    expect(applyEdit(after, inverse).design).toEqual(design);
    for (const junk of ['', 'hello', '{}', '{"netloomClipboard": 2, "nodes": [], "wires": [], "blocks": {}}'])
      expect(pasteNodes(junk, design, 'main', [0, 0])).toMatchObject({ code: 'clipboardUnreadable' });
  });
});
