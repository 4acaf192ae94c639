/** Two designs compared, as a reader would tell it: what came, what went, what was changed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { designDifferences } from '../../../renderer/compare/designDifferences';
import { designSentences } from '../../../renderer/compare/designSentences';
import { compareStrings } from '../../../renderer/compare/strings';
import { emptyDesign, type Design, type DesignNode } from '../../../shared/design/schema';

const node = (id: string, layer: string, params: DesignNode['params'] = {}, name?: string): DesignNode => ({
  id,
  layer,
  params,
  ...(name === undefined ? {} : { name }),
});

const before: Design = {
  ...emptyDesign('before'),
  nodes: [node('x', 'Input'), node('conv', 'Conv2D', { filters: 32 }), node('act', 'ReLU'), node('y', 'Output')],
  wires: [
    { from: 'x', to: 'conv' },
    { from: 'conv', to: 'act' },
    { from: 'act', to: 'y' },
  ],
};

describe('what differs between two designs', () => {
  it('is nothing where only names, places and notes were changed', () => {
    const moved = before.nodes.map((one) => ({
      ...one,
      position: [3, 4] as [number, number],
      note: 'here',
      name: 'N',
    }));
    expect(designDifferences(before, { ...before, name: 'other', nodes: moved })).toEqual([]);
  });

  it('names the parameter, with what it was and what it is; a default is undefined', () => {
    const nodes = before.nodes.map((one) =>
      one.id === 'conv' ? node('conv', 'Conv2D', { filters: 64, padding: 'valid' }, 'First') : one,
    );
    expect(designDifferences(before, { ...before, nodes })).toEqual([
      {
        block: null,
        kind: 'nodeChanged',
        name: 'First',
        changes: [
          { key: 'filters', before: 32, after: 64 },
          { key: 'padding', before: undefined, after: 'valid' },
        ],
      },
    ]);
  });

  it('tells a node that came without the wires that go without saying, but not a wire between old nodes', () => {
    const after: Design = {
      ...before,
      nodes: [...before.nodes, node('drop', 'Dropout')],
      wires: [
        { from: 'x', to: 'conv' },
        { from: 'conv', to: 'act' },
        { from: 'act', to: 'drop' },
        { from: 'drop', to: 'y' },
        { from: 'x', to: 'act:b' },
      ],
    };
    expect(designDifferences(before, after)).toEqual([
      { block: null, kind: 'nodeAdded', name: 'drop', layer: 'Dropout' },
      { block: null, kind: 'wireAdded', from: 'x', to: 'act:b' },
      { block: null, kind: 'wireRemoved', from: 'act', to: 'y' },
    ]);
  });

  it('looks into blocks', () => {
    const block = { params: {}, nodes: [node('norm', 'BatchNorm')], wires: [] };
    const [added] = designDifferences(before, { ...before, blocks: { stage: block } });
    expect(added).toEqual({ block: 'stage', kind: 'nodeAdded', name: 'norm', layer: 'BatchNorm' });
  });

  it('read backwards is the same story with coming and going exchanged', () => {
    const layers = fc.constantFrom('Dense', 'ReLU', 'Conv2D');
    const designs = fc
      .uniqueArray(fc.record({ id: fc.constantFrom('a', 'b', 'c', 'd'), layer: layers, units: fc.nat(3) }), {
        selector: ({ id }) => id,
      })
      .map((nodes): Design => ({
        ...emptyDesign(),
        nodes: nodes.map(({ id, layer, units }) => node(id, layer, { units })),
      }));
    fc.assert(
      fc.property(designs, designs, (one, other) => {
        const there = designDifferences(one, other);
        const back = designDifferences(other, one);
        const count = (found: typeof there, kind: string): number => found.filter((said) => said.kind === kind).length;
        expect(count(there, 'nodeAdded')).toBe(count(back, 'nodeRemoved'));
        expect(count(there, 'nodeChanged')).toBe(count(back, 'nodeChanged'));
        expect(designDifferences(one, one)).toEqual([]);
      }),
    );
  });
});

describe('the same in words', () => {
  const after: Design = {
    ...before,
    nodes: [
      ...before.nodes
        .filter(({ id }) => id !== 'act')
        .map((one) => (one.id === 'conv' ? node('conv', 'Conv2D', { filters: 64, padding: 'valid' }) : one)),
      node('Dropout', 'Dropout'),
      node('norm', 'BatchNorm'),
    ],
    wires: [
      { from: 'x', to: 'conv' },
      { from: 'conv', to: 'y' },
    ],
    blocks: { stage: { params: {}, nodes: [node('n', 'ReLU')], wires: [] } },
  };

  it('is a sentence for what came, one for what went, one a changed node and one a wire', () => {
    expect(designSentences(designDifferences(before, after), compareStrings.en)).toEqual([
      'Added: Dropout, norm (BatchNorm)',
      'Removed: act (ReLU)',
      'conv: filters 32 → 64, padding default → valid',
      'Wire conv → y was added',
      'In block stage: Added: n (ReLU)',
    ]);
  });

  it('is said in Chinese too, and is nothing where nothing differs', () => {
    expect(designSentences(designDifferences(before, after), compareStrings['zh-CN'])[0]).toBe(
      '新增：Dropout、norm（BatchNorm）',
    );
    expect(designSentences([], compareStrings.en)).toEqual([]);
  });
});
