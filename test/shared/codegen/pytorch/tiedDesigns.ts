/** Designs whose weights are used where the module is another, and blocks of several values: hard for classes alone. */
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { withAnyLoss } from '../exampleProgram';
import type { NamedProgram } from '../tfjs/programsToExport';

interface Drawing {
  nodes: Record<string, unknown>[];
  wires: [from: string, to: string][];
  blocks?: Record<string, { nodes: Record<string, unknown>[]; wires: [from: string, to: string][]; params?: unknown }>;
}

const image = (shape: number[], id = 'image'): Record<string, unknown> => ({ id, layer: 'Input', params: { shape } });
const result = { id: 'result', layer: 'Output', params: { loss: 'anything' } };
const conv = { filters: 2, strides: 2, padding: 'same' };

const drawings: Readonly<Record<string, Drawing>> = {
  'a kernel for images of odd and of even size, whose padding differs': {
    nodes: [
      image([5, 5, 2], 'odd'),
      image([6, 6, 2], 'even'),
      { id: 'one', layer: 'Conv2D', params: conv },
      { id: 'two', layer: 'Conv2D', params: conv, weightsOf: 'one' },
      { id: 'sum', layer: 'Add' },
      result,
    ],
    wires: [
      ['odd', 'one'],
      ['even', 'two'],
      ['one', 'sum'],
      ['two', 'sum'],
      ['sum', 'result'],
    ],
  },
  'a block for images of odd and of even size': {
    nodes: [
      image([5, 5, 2], 'odd'),
      image([6, 6, 2], 'even'),
      { id: 'one', block: 'down' },
      { id: 'two', block: 'down', weightsOf: 'one' },
      { id: 'sum', layer: 'Add' },
      result,
    ],
    wires: [
      ['odd', 'one'],
      ['even', 'two'],
      ['one', 'sum'],
      ['two', 'sum'],
      ['sum', 'result'],
    ],
    blocks: {
      down: {
        nodes: [
          { id: 'x', layer: 'Input' },
          { id: 'conv', layer: 'Conv2D', params: conv },
          { id: 'tanh', layer: 'Tanh' },
          { id: 'y', layer: 'Output' },
        ],
        wires: [
          ['x', 'conv'],
          ['conv', 'tanh'],
          ['tanh', 'y'],
        ],
      },
    },
  },
  'two values through a repeat, crossed each time': {
    nodes: [
      image([3], 'left'),
      image([3], 'right'),
      { id: 'pair', block: 'cross', times: 3 },
      { id: 'product', layer: 'Multiply' },
      result,
    ],
    wires: [
      ['left', 'pair:a'],
      ['right', 'pair:b'],
      ['pair:c', 'product'],
      ['pair:d', 'product'],
      ['product', 'result'],
    ],
    blocks: {
      cross: {
        nodes: [
          { id: 'a', layer: 'Input' },
          { id: 'b', layer: 'Input' },
          { id: 'first', layer: 'Dense', params: { units: 3 } },
          { id: 'sum', layer: 'Add' },
          { id: 'c', layer: 'Output' },
          { id: 'd', layer: 'Output' },
        ],
        wires: [
          ['a', 'first'],
          ['first', 'sum'],
          ['b', 'sum'],
          ['sum', 'c'],
          ['first', 'd'],
        ],
      },
    },
  },
  'normalisation of five axes and of six': {
    nodes: [
      image([2, 3, 2, 4], 'five'),
      { id: 'norm5', layer: 'BatchNorm' },
      { id: 'relu', layer: 'ReLU' },
      { id: 'six', layer: 'Reshape', params: { shape: [2, 3, 2, 2, 2] } },
      { id: 'norm6', layer: 'BatchNorm' },
      { id: 'softmax', layer: 'Softmax' },
      result,
    ],
    wires: [
      ['five', 'norm5'],
      ['norm5', 'relu'],
      ['relu', 'six'],
      ['six', 'norm6'],
      ['norm6', 'softmax'],
      ['softmax', 'result'],
    ],
  },
  'a value that is added to itself, and a chain of one layer': {
    nodes: [
      image([4], 'x'),
      { id: 'once', block: 'one' },
      { id: 'double', layer: 'Add' },
      { id: 'product', layer: 'Multiply' },
      result,
    ],
    wires: [
      ['x', 'once'],
      ['once', 'double'],
      ['x', 'double'],
      ['double', 'product'],
      ['once', 'product'],
      ['product', 'result'],
    ],
    blocks: {
      one: {
        nodes: [
          { id: 'in', layer: 'Input' },
          { id: 'dense', layer: 'Dense', params: { units: 4, kernelInitialiser: 'heNormal' } },
          { id: 'out', layer: 'Output' },
        ],
        wires: [
          ['in', 'dense'],
          ['dense', 'out'],
        ],
      },
    },
  },
};

export function tiedDesigns(): NamedProgram[] {
  return Object.entries(drawings).map(([label, drawing]) => {
    const { program, diagnostics } = compile(designOf(label, drawing), withAnyLoss);
    if (!program) throw new Error(`${label}: ${diagnostics.map(({ message }) => message).join('\n')}`);
    return { label, program };
  });
}

function designOf(name: string, { nodes, wires, blocks = {} }: Drawing): ReturnType<typeof designSchema.parse> {
  const inner = Object.entries(blocks).map(([id, block]) => [id, { ...block, wires: wiresOf(block.wires) }] as const);
  const design = { netloom: 1, name, nodes, wires: wiresOf(wires), blocks: Object.fromEntries(inner) };
  return designSchema.parse({ ...design, training: { seed: 1 } });
}

function wiresOf(wires: Drawing['wires']): { from: string; to: string }[] {
  return wires.map(([from, to]) => ({ from, to }));
}
