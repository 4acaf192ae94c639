/** While something moves, everything else stays the very same object, so that nothing else is drawn anew. */
import { describe, expect, it } from 'vitest';
import { createFlowGraph } from '../../../renderer/canvas/flowGraph';
import { moveEdit } from '../../../renderer/state/drawing/nodeEdits';
import { after, drawing } from '../state/drawing/drawings';

const design = drawing('a:Input b:Conv2D c:ReLU d:Dense e:Output', 'a>b b>c c>d d>e');
const none: ReadonlySet<string> = new Set();

describe('the graph that is drawn', () => {
  it('changes one node while one is dragged, and no wire', () => {
    const graph = createFlowGraph();
    const before = graph.nodesOf(design, none, null);
    const wires = graph.wiresOf(design, none).wires;
    const during = graph.nodesOf(design, none, new Map([['c', [500, 80]]]));
    expect(during.filter((node, at) => node !== before[at]).map(({ id }) => id)).toEqual(['c']);
    expect(graph.wiresOf(design, none).wires.every((wire, at) => wire === wires[at])).toBe(true);
  });

  it('changes the dragged node and its wires when it is let go', () => {
    const graph = createFlowGraph();
    const before = graph.nodesOf(design, none, null);
    const wires = graph.wiresOf(design, none).wires;
    const moved = after(design, moveEdit(design, new Map([['c', [480, 80]]])));
    expect(
      graph
        .nodesOf(moved, none, null)
        .filter((node, at) => node !== before[at])
        .map(({ id }) => id),
    ).toEqual(['c']);
    const changed = graph.wiresOf(moved, none).wires.filter((wire, at) => wire !== wires[at]);
    expect(changed.map(({ id }) => id)).toEqual(['b → c', 'c → d']);
  });

  it('changes two nodes when the selection goes from one to the other', () => {
    const graph = createFlowGraph();
    const before = graph.nodesOf(design, new Set(['a']), null);
    const next = graph.nodesOf(design, new Set(['b']), null);
    expect(next.filter((node, at) => node !== before[at]).map(({ id }) => id)).toEqual(['a', 'b']);
  });

  it('knows size and ports before anything is drawn', () => {
    for (const { width, height, handles, data } of createFlowGraph().nodesOf(design, none, null)) {
      expect([width, height]).toEqual([data.shape.width, data.shape.height]);
      expect(handles).toHaveLength(data.shape.inputs.length + data.shape.outputs.length);
    }
  });

  it('gives a merge one port more than it has wires', () => {
    const merge = drawing('a:Input b:ReLU add:Add', 'a>b a>add b>add');
    const add = createFlowGraph()
      .nodesOf(merge, none, null)
      .find(({ id }) => id === 'add');
    expect(add?.data.shape.inputs.map(({ id, free }) => [id, free])).toEqual([
      ['input0', false],
      ['input1', false],
      ['input2', true],
    ]);
    const ends = createFlowGraph()
      .wiresOf(merge, none)
      .wires.map(({ targetHandle }) => targetHandle);
    expect(ends).toEqual(['input', 'input0', 'input1']);
  });
});
