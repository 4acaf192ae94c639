/** What the inspector says of a node is what the compiler counts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { layerFacts, totalsOf, usersOf } from '../../../renderer/inspector/layerFacts';
import { compile } from '../../../shared/compile';
import { parseDesign } from '../../../shared/design/parseDesign';
import type { Design } from '../../../shared/design/schema';
import { flatten } from '../../../shared/ir/flatten';
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
    );
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
