// A design is written so that people and version control can read it.
import { describe, expect, it } from 'vitest';
import { parseDesign } from '../../../shared/design/parseDesign';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { drawing } from '../../generators/drawing';

const design = drawing(
  [
    ['image: Input', { shape: [8, 8, 1] }],
    ['stage: @residual * 3', { filters: 8 }],
    'out: Output',
    'image > stage > out',
  ],
  {
    name: 'small',
    notes: 'Two\nlines.',
    blocks: { residual: { params: { filters: 4 }, nodes: [{ id: 'x', layer: 'Input' }], wires: [] } },
    training: { epochs: 5, optimizer: { type: 'sgd', momentum: 0.9 } },
    data: { source: 'digits' },
    canvasNotes: [{ id: 'n', text: 'Look here', position: [-0, 1.5], size: [100, 50] }],
  },
);

describe('the text of a design', () => {
  it('has one node, wire and setting a line, in a fixed order', () => {
    expect(serialiseDesign(design)).toBe(`{
  "netloom": 1,
  "name": "small",
  "notes": "Two\\nlines.",
  "nodes": [
    { "id": "image", "layer": "Input", "params": { "shape": [8, 8, 1] } },
    { "id": "stage", "block": "residual", "times": 3, "params": { "filters": 8 } },
    { "id": "out", "layer": "Output" }
  ],
  "wires": [
    { "from": "image", "to": "stage" },
    { "from": "stage", "to": "out" }
  ],
  "blocks": {
    "residual": {
      "params": { "filters": 4 },
      "nodes": [
        { "id": "x", "layer": "Input" }
      ],
      "wires": []
    }
  },
  "canvasNotes": [
    { "id": "n", "text": "Look here", "position": [-0, 1.5], "size": [100, 50] }
  ],
  "training": {
    "epochs": 5,
    "optimizer": { "type": "sgd", "momentum": 0.9 }
  },
  "data": { "source": "digits" }
}
`);
  });

  it('gives the design back', () => {
    expect(parseDesign(serialiseDesign(design), 'x')).toEqual({ design });
  });

  it('differs in one line where one node differs', () => {
    const moved = {
      ...design,
      nodes: design.nodes.map((node) => (node.id === 'out' ? { ...node, note: 'end' } : node)),
    };
    const before = serialiseDesign(design).split('\n');
    const after = serialiseDesign(moved).split('\n');
    expect(after.filter((line, at) => line !== before[at])).toHaveLength(1);
  });
});
