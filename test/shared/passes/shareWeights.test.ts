// Weights are shared by nodes of one kind and shape, counted once, and owned by the end of the chain.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { flatten } from '../../../shared/ir/flatten';
import { library } from '../../../shared/library';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

const start: Line[] = [
  ['i: Input', { shape: [4] }],
  ['a: Dense', { units: 4 }],
];

function errors(lines: readonly Line[], more: Record<string, unknown> = {}): string[] {
  const { diagnostics } = compile(drawing(lines, more), library);
  return diagnostics.filter(({ severity }) => severity === 'error').map((one) => `${one.node}: ${one.message}`);
}

describe('shared weights', () => {
  it('belong to the owner at the end of the chain and count once', () => {
    const lines: Line[] = [
      ...start,
      ['b: Dense', { units: 4, weightsOf: 'a' }],
      ['c: Dense', { units: 4, weightsOf: 'b' }],
      'o: Output',
      'i > a > b > c > o',
    ];
    const { program, totals, layers } = compile(drawing(lines), library);
    expect(flatten(program!).map(({ path, group }) => [path, group])).toEqual([
      ['i', 'i'],
      ['a', 'a'],
      ['b', 'a'],
      ['c', 'a'],
      ['o', 'o'],
    ]);
    expect(totals).toEqual({ trainable: 20, nonTrainable: 0, macs: 48 });
    expect(layers.map(({ trainable, weightsOf }) => [trainable, weightsOf])).toEqual([
      [0, null],
      [20, null],
      [0, 'a'],
      [0, 'a'],
      [0, null],
    ]);
  });

  it('of calls pair the layers inside, pass by pass', () => {
    const blocks = {
      stage: {
        params: { units: 4 },
        ...bodyOf(['x: Input', ['d: Dense', { units: '=units' }], 'y: Output', 'x > d > y']),
      },
    };
    const lines: Line[] = [
      ['i: Input', { shape: [4] }],
      's: @stage * 2',
      ['t: @stage * 2', { weightsOf: 's' }],
      'o: Output',
      'i > s > t > o',
    ];
    const { program, totals } = compile(drawing(lines, { blocks }), library);
    expect(
      flatten(program!)
        .map(({ path, group }) => [path, group])
        .slice(1, 5),
    ).toEqual([
      ['s/0/d', 's/0/d'],
      ['s/1/d', 's/1/d'],
      ['t/0/d', 's/0/d'],
      ['t/1/d', 's/1/d'],
    ]);
    expect(totals.trainable).toBe(40);
    const longer = lines.map((line): Line => (line === 's: @stage * 2' ? 's: @stage * 3' : line));
    expect(errors(longer, { blocks })[0]).toContain(
      't: It uses the weights of s, but its number of passes differs: expected 3, received 2.',
    );
    const wider = lines.map((line): Line => (line === 's: @stage * 2' ? ['s: @stage * 2', { units: 5 }] : line));
    expect(errors(wider, { blocks })[0]).toContain('t: It uses the weights of s, but its inner node d differs');
  });

  it('need nodes of one kind, equal parameters and equal shapes', () => {
    const shared = (params: Line): string[] => errors([...start, params, 'o: Output', 'i > a > b > o']);
    expect(shared(['b: Conv2D', { weightsOf: 'a' }])[0]).toContain(
      'b: It uses the weights of a, which is Dense; expected Conv2D',
    );
    expect(shared(['b: Dense', { units: 5, weightsOf: 'a' }])).toEqual([
      'b: It uses the weights of a, but its parameter units differs: expected 4, received 5.',
    ]);
    expect(
      errors([
        ['i: Input', { shape: [3] }],
        ['a: Dense', { units: 4 }],
        ['b: Dense', { units: 4, weightsOf: 'a' }],
        'o: Output',
        'i > a > b > o',
      ]),
    ).toEqual(['b: It uses the weights of a, but its weight kernel differs: expected [3, 4], received [4, 4].']);
    expect(shared(['b: Dense', { units: 4, weightsOf: 'aa' }])).toEqual([
      expect.stringContaining('b: It uses the weights of "aa", but there is no such node beside it. Did you mean a'),
    ]);
    expect(
      errors([
        ['i: Input', { shape: [4] }],
        ['a: Dense', { weightsOf: 'b' }],
        ['b: Dense', { weightsOf: 'a' }],
        'o: Output',
        'i > a > b > o',
      ])[0],
    ).toContain("a: These nodes use each other's weights in a circle: a → b → a");
  });

  it('keep their owner in the program even where it leads to no Output', () => {
    const { program } = compile(
      drawing([...start, ['b: Dense', { units: 4, weightsOf: 'a' }], 'o: Output', 'i > a', 'i > b > o']),
      library,
    );
    expect(program?.main.nodes.map(({ id }) => id)).toEqual(['i', 'a', 'b', 'o']);
  });
});
