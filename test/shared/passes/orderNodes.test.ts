// Nodes run after what they need, and circles are named.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { library } from '../../../shared/library';
import { drawing } from '../../generators/drawing';

function order(design: ReturnType<typeof drawing>): string[] {
  return compile(design, library).layers.map(({ id }) => id);
}

describe('the order of nodes', () => {
  it('is that of the drawing where that can run', () => {
    expect(order(drawing(['a: Input', 'b: ReLU', 'c: Tanh', 'd: Add', 'a > b > d', 'a > c > d']))).toEqual([
      'a',
      'b',
      'c',
      'd',
    ]);
  });

  it('puts every node after its sources, however the file lists them, even in a chain deeper than the call stack', () => {
    const ids = Array.from({ length: 20_000 }, (_, at) => `n${at}`);
    const wires = ids.slice(1).map((id, at) => ({ from: ids[at]!, to: id }));
    const nodes = ids.map((id, at) => ({ id, layer: at === 0 ? 'Input' : 'ReLU', params: {} })).reverse();
    expect(order({ ...drawing([]), nodes, wires })).toEqual(ids);
  });

  it('names the nodes of a circle in the direction of the wires, and still infers the rest', () => {
    const design = drawing(['x: Input', 'a: Add', 'b: ReLU', 'c: Tanh', 'y: ReLU', 'x > a > b > c > a', 'x > y']);
    const { diagnostics, layers, program } = compile(design, library);
    expect(program).toBeNull();
    const [cycle] = diagnostics.filter(({ code }) => code === 'cycle');
    expect(cycle?.message).toBe('The wires run in a circle: a → b → c → a. Remove one of them; values flow one way.');
    expect(cycle?.node).toBe('a');
    expect(layers.filter(({ outputs }) => outputs).map(({ id }) => id)).toEqual(['x', 'y']);
  });

  it('finds a node that feeds itself, and shortens long circles', () => {
    const alone = compile(drawing(['a: ReLU', 'a > a']), library).diagnostics.find(({ code }) => code === 'cycle');
    expect(alone?.arguments['nodes']).toBe('a → a');
    const ids = Array.from({ length: 50 }, (_, at) => `n${at}`);
    const ring = drawing([...ids.map((id) => `${id}: ReLU`), [...ids, 'n0'].join(' > ')]);
    const long = compile(ring, library).diagnostics.find(({ code }) => code === 'cycle');
    expect(long?.arguments['nodes']).toBe('n0 → n1 → n2 → n3 → n4 → n5 → n6 → ... → n49 → n0');
  });
});
