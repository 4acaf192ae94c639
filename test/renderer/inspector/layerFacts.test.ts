/** What the inspector says of a node is what the compiler counts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerFacts, totalsOf, usersOf } from '../../../renderer/inspector/layerFacts';
import { compile } from '../../../shared/compile';
import { parseDesign } from '../../../shared/design/parseDesign';
import { emptyDesign, type Design } from '../../../shared/design/schema';
import { flatten } from '../../../shared/ir/flatten';
import { sampleSizes, type TensorType } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import { choicesFrom, numberList } from '../../generators/choices';
import { drawDesign } from '../../generators/randomDesign';

function checkFacts(design: Design, data?: Parameters<typeof compile>[2]): void {
  const { layers, program, totals } = compile(design, library, data);
  if (!program) throw new Error('the design has errors');
  const rows = new Map(layers.map((row) => [row.id, row]));
  const flat = new Map(flatten(program).map((one) => [one.path, one.layer]));
  for (const node of design.nodes) {
    const facts = layerFacts(design, rows, node);
    const layer = flat.get(node.id);
    if (layer) {
      expect(facts.weights.map(({ name, spec }) => [name, spec.shape])).toEqual(
        Object.entries(layer.weights).map(([name, { shape }]) => [name, shape]),
      );
      expect(Object.fromEntries(facts.inputs.flatMap(({ port, type }) => (type ? [[port, type]] : [])))).toEqual(
        layer.inputTypes,
      );
      expect(Object.fromEntries(facts.outputs.map(({ port, type }) => [port, type]))).toEqual(layer.outputTypes);
    }
    expect(facts.weightsOf).toBe(node.weightsOf ?? null);
  }
  const all = totalsOf(rows, new Set(design.nodes.map(({ id }) => id)));
  expect(all).toEqual(totals);
}

const folder = join(__dirname, '..', '..', '..', 'assets', 'designs');

describe('facts of a node', () => {
  it.each(readdirSync(folder))('of %s are the compiler’s', (file) => {
    const parsed = parseDesign(readFileSync(join(folder, file), 'utf8'), file);
    if (!('design' in parsed)) throw new Error('it does not open');
    checkFacts(parsed.design);
  });

  it('of random designs are the compiler’s', () => {
    fc.assert(
      fc.property(numberList(), (numbers) => {
        const { design, data } = drawDesign(choicesFrom(numbers));
        const used = compile(design, library, { data }).diagnostics.every(({ code }) => code !== 'unusedNode');
        fc.pre(used);
        checkFacts(design, { data });
      }),
      { numRuns: 40 },
    );
  });

  it('tell the outputs of a block apart', () => {
    const inner = (id: string, layer: string, params = {}) => ({ id, layer, params });
    const block = {
      params: {},
      nodes: [
        inner('x', 'Input'),
        inner('wide', 'Dense', { units: 7 }),
        inner('same', 'Output'),
        inner('more', 'Output'),
      ],
      wires: [
        { from: 'x', to: 'same' },
        { from: 'x', to: 'wide' },
        { from: 'wide', to: 'more' },
      ],
    };
    const call = { id: 'call', block: 'two', params: {} };
    const relu = inner('relu', 'ReLU');
    const design: Design = {
      ...emptyDesign(),
      blocks: { two: block },
      nodes: [inner('input', 'Input', { shape: [3] }), call, relu],
      wires: [
        { from: 'input', to: 'call' },
        { from: 'call:more', to: 'relu' },
      ],
    };
    const rows = new Map(compile(design, library).layers.map((row) => [row.id, row]));
    const sizes = ({ type }: { type: TensorType | null }) => type && sampleSizes(type);
    expect(layerFacts(design, rows, relu).inputs.map(sizes)).toEqual([[7]]);
    expect(layerFacts(design, rows, call).outputs.map(sizes)).toEqual([[3], [7]]);
    expect(layerFacts(design, rows, call)).toMatchObject({ trainable: 28, macs: 21 });
  });

  it('are as many as are known where another node has an error', () => {
    const design = { nodes: [], wires: [], blocks: {} } as unknown as Design;
    const node = { id: 'dense', layer: 'Dense', params: { units: -1 } };
    const facts = layerFacts({ ...design, nodes: [node] }, new Map(), node);
    expect(facts).toMatchObject({ weights: [], savedElements: null, inputs: [{ port: 'input', type: null }] });
  });

  it('name those who share weights', () => {
    const nodes = [
      { id: 'a', layer: 'Dense', params: {} },
      { id: 'b', layer: 'Dense', params: {}, weightsOf: 'a' },
    ];
    expect(usersOf({ nodes }, 'a').map(({ id }) => id)).toEqual(['b']);
  });
});
