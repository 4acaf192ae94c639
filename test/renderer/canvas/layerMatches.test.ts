/** The search offers what the wire can be joined to. */
import { describe, expect, it } from 'vitest';
import { matchingLayers, recentFirst, takes } from '../../../renderer/canvas/layerMatches';
import { createWireJudge } from '../../../renderer/state/drawing/wireJudge';
import { batchOf } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import { drawing, rowsOf } from '../state/drawing/drawings';

const design = drawing('image:Input flat:Flatten lost:Dense', 'image>flat', { image: { shape: [8, 8, 3] } });
const rows = rowsOf(design);

function offered(node: string, side: 'in' | 'out'): string[] {
  const { judge } = createWireJudge(design, rows);
  const wireFrom = { fixed: { node, port: null }, side, judge, moves: null, refusals: new Map<string, string>() };
  return matchingLayers({ wireFrom }, design, rows).map(({ type }) => type);
}

describe('a wire let go over nothing', () => {
  it('asks for what takes an image, or what takes features', () => {
    expect(offered('image', 'out')).toEqual(expect.arrayContaining(['Conv2D', 'MaxPool2D', 'Add', 'ReLU', 'Output']));
    expect(offered('image', 'out')).not.toContain('Embedding');
    expect(offered('flat', 'out')).toEqual(expect.arrayContaining(['Dense', 'Softmax', 'Concatenate']));
    expect(offered('flat', 'out')).not.toContain('Conv2D');
    expect(offered('flat', 'out')).not.toContain('Input');
  });

  it('offers all that has an input where nothing is known of what it carries', () => {
    const withInput = library.layers.list.filter(({ inputs }) => inputs.length > 0).length;
    expect(offered('lost', 'out')).toHaveLength(withInput);
  });

  it('offers what has an output where it was drawn backwards', () => {
    expect(offered('lost', 'in')).toContain('Input');
    expect(offered('lost', 'in')).not.toContain('Output');
  });
});

describe('a search', () => {
  it('offers everything on empty canvas, and in a wire what has a way through', () => {
    expect(matchingLayers({}, design, rows)).toHaveLength(library.layers.list.length);
    const inWire = matchingLayers({ insertInto: 'image → flat' }, design, rows).map(({ type }) => type);
    expect(inWire).toContain('ReLU');
    expect(inWire).not.toContain('Output');
  });

  it('shows what was used last first, and only once', () => {
    const { recent, others } = recentFirst(library.layers.list, ['Dense', 'Gone', 'ReLU']);
    expect(recent.map(({ type }) => type)).toEqual(['Dense', 'ReLU']);
    expect(others).toHaveLength(library.layers.list.length - 2);
  });

  it('says nothing against a layer that needs more than one input', () => {
    const add = library.layers.get('Add')!;
    expect(takes(add, batchOf([3]))).toBe(true);
  });
});
