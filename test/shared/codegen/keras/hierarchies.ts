/** Hierarchies that are hard to write as functions: loops in loops, shared repeats, several values, names that meet. */
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { library } from '../../../../shared/library';
import type { KerasCase } from './compareKeras';

type Node = Record<string, unknown>;
type Wire = readonly [from: string, to: string];

interface Sketch {
  name: string;
  nodes: Node[];
  wires: Wire[];
  blocks: Record<string, { params?: Record<string, unknown>; nodes: Node[]; wires: Wire[] }>;
}

const wired = (wires: readonly Wire[]): Node[] => wires.map(([from, to]) => ({ from, to }));

const dense = { id: 'dense', layer: 'Dense', params: { units: 4 } };
const norm = { id: 'norm', layer: 'BatchNorm' };
const ends = [
  { id: 'in', layer: 'Input', params: { shape: [4] } },
  { id: 'out', layer: 'Output', params: { loss: 'meanSquaredError' } },
];
const cell = {
  nodes: [{ id: 'x', layer: 'Input' }, dense, norm, { id: 'y', layer: 'Output' }],
  wires: [
    ['x', 'dense'],
    ['dense', 'norm'],
    ['norm', 'y'],
  ] as Wire[],
};

const sketches: Sketch[] = [
  {
    name: 'a repeat of a repeat',
    nodes: [...ends, { id: 'stage', block: 'stage', times: 3 }],
    wires: [
      ['in', 'stage'],
      ['stage', 'out'],
    ],
    blocks: {
      cell,
      stage: {
        nodes: [
          { id: 'x', layer: 'Input' },
          { id: 'cells', block: 'cell', times: 2 },
          { id: 'sum', layer: 'Add' },
          { id: 'y', layer: 'Output' },
        ],
        wires: [
          ['x', 'cells'],
          ['cells', 'sum'],
          ['x', 'sum'],
          ['sum', 'y'],
        ],
      },
    },
  },
  {
    name: 'a repeat whose weights another uses, with statistics',
    nodes: [
      ...ends,
      { id: 'first', block: 'cell', times: 2 },
      { id: 'again', block: 'cell', times: 2, weightsOf: 'first' },
    ],
    wires: [
      ['in', 'first'],
      ['first', 'again'],
      ['again', 'out'],
    ],
    blocks: { cell },
  },
  {
    name: 'a shared normalisation on two branches',
    nodes: [
      ...ends,
      { id: 'left', layer: 'Dense', params: { units: 3 } },
      { id: 'right', layer: 'Dense', params: { units: 3 } },
      { id: 'one', layer: 'BatchNorm' },
      { id: 'two', layer: 'BatchNorm', weightsOf: 'one' },
      { id: 'both', layer: 'Concatenate' },
    ],
    wires: [
      ['in', 'left'],
      ['in', 'right'],
      ['left', 'one'],
      ['right', 'two'],
      ['one', 'both:input0'],
      ['two', 'both:input1'],
      ['both', 'out'],
    ],
    blocks: {},
  },
  {
    name: 'two values in and out, crossed in every pass',
    nodes: [
      ...ends,
      { id: 'other', layer: 'Dense', params: { units: 4 } },
      { id: 'cross', block: 'cross', times: 3 },
      { id: 'both', layer: 'Multiply' },
    ],
    wires: [
      ['in', 'other'],
      ['in', 'cross:a'],
      ['other', 'cross:b'],
      ['cross:p', 'both:input0'],
      ['cross:q', 'both:input1'],
      ['both', 'out'],
    ],
    blocks: {
      cross: {
        nodes: [
          { id: 'a', layer: 'Input' },
          { id: 'b', layer: 'Input' },
          dense,
          { id: 'tanh', layer: 'Tanh' },
          { id: 'p', layer: 'Output' },
          { id: 'q', layer: 'Output' },
        ],
        wires: [
          ['a', 'dense'],
          ['b', 'tanh'],
          ['tanh', 'p'],
          ['dense', 'q'],
        ],
      },
    },
  },
  {
    name: 'names of layers and blocks that meet',
    nodes: [
      ...ends,
      { id: 'n1', name: 'first dense', layer: 'Dense', params: { units: 4 } },
      { id: 'n2', name: 'first', block: 'cell' },
      { id: 'n3', name: 'cell', block: 'cell' },
      { id: 'n4', name: 'Dense', layer: 'Dense', params: { units: 4 } },
      { id: 'n5', name: 'dense', layer: 'Dense', params: { units: 4 } },
      { id: 'n6', name: 'name', layer: 'ReLU' },
      { id: 'n7', name: '模型', layer: 'Dense', params: { units: 4 } },
    ],
    wires: [
      ['in', 'n1'],
      ['n1', 'n2'],
      ['n2', 'n3'],
      ['n3', 'n4'],
      ['n4', 'n5'],
      ['n5', 'n6'],
      ['n6', 'n7'],
      ['n7', 'out'],
    ],
    blocks: { cell },
  },
];

export function hierarchies(): KerasCase[] {
  return sketches.map(({ name, nodes, wires, blocks }) => {
    const inner = Object.entries(blocks).map(([id, block]) => [id, { ...block, wires: wired(block.wires) }]);
    const design = designSchema.parse({
      netloom: 1,
      name,
      nodes,
      wires: wired(wires),
      blocks: Object.fromEntries(inner) as Record<string, unknown>,
      training: { seed: 1 },
    });
    const { program, diagnostics } = compile(design, library);
    if (!program) throw new Error(`${name}: ${diagnostics.map(({ message }) => message).join('\n')}`);
    return { label: name, program };
  });
}
