// Blocks are bound to their arguments, pass by pass, and every parameter is parsed by its definition.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import type { Design } from '../../../shared/design/schema';
import { flatten } from '../../../shared/ir/flatten';
import { library } from '../../../shared/library';
import type { Json } from '../../../shared/messages/define';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

const stage = {
  params: { units: 4, scale: 2 },
  ...bodyOf(['x: Input', ['d: Dense', { units: '=units * scale' }], 'y: Output', 'x > d > y']),
};

function around(call: Line, block: object = stage): Design {
  return drawing([['i: Input', { shape: [4] }], call, 'o: Output', 'i > s > o'], { blocks: { stage: block } });
}

function unitsOf(design: Design): unknown[] {
  const { program, diagnostics } = compile(design, library);
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return flatten(program).flatMap(({ layer }) => layer.params['units'] ?? []);
}

function errors(design: Design): string[] {
  const { diagnostics } = compile(design, library);
  return diagnostics.filter(({ severity }) => severity === 'error').map((one) => `${one.node}: ${one.message}`);
}

describe('parameters of a block', () => {
  it('take their defaults, or what the call says', () => {
    expect(unitsOf(around('s: @stage'))).toEqual([8]);
    expect(unitsOf(around(['s: @stage', { units: 3 }]))).toEqual([6]);
    expect(unitsOf(around(['s: @stage', { units: '=1 + 2', scale: 1 }]))).toEqual([3]);
  });

  it('follow the index of the pass, in the arguments and inside', () => {
    expect(unitsOf(around(['s: @stage * 3', { units: '=2 ** index', scale: 1 }]))).toEqual([1, 2, 4]);
    const indexed = {
      params: {},
      ...bodyOf(['x: Input', ['d: Dense', { units: '=index + 1' }], 'y: Output', 'x > d > y']),
    };
    expect(unitsOf(around('s: @stage * 3', indexed))).toEqual([1, 2, 3]);
    expect(unitsOf(around('s: @stage', indexed))).toEqual([1]);
  });

  it('may follow each other in their defaults', () => {
    expect(unitsOf(around('s: @stage', { ...stage, params: { units: 4, scale: '=units / 2' } }))).toEqual([8]);
  });

  it('bind in blocks within blocks, with a number of passes that is computed', () => {
    const outer = {
      params: { width: 2, depth: 3 },
      ...bodyOf([
        'x: Input',
        ['s: @stage * =depth - 1', { units: '=width', scale: '=index + 1' }],
        'y: Output',
        'x > s > y',
      ]),
    };
    const design = drawing([['i: Input', { shape: [4] }], ['b: @outer', { width: 5 }], 'o: Output', 'i > b > o'], {
      blocks: { stage, outer },
    });
    expect(unitsOf(design)).toEqual([5, 10]);
  });

  it('that make equal passes make one and the same instance', () => {
    const { program } = compile(around(['s: @stage * 100', { units: 4, scale: 1 }]), library);
    const node = program!.main.nodes[1];
    expect(node?.kind === 'call' && new Set(node.iterations).size).toBe(1);
    expect(node?.kind === 'call' && node.iterations.length).toBe(100);
  });
});

describe('what does not fit', () => {
  it('is said with parameter, what was expected and what was received', () => {
    const dense = (params: Record<string, Json>): Design =>
      drawing([['i: Input', { shape: [4] }], ['d: Dense', params], 'o: Output', 'i > d > o']);
    expect(errors(dense({ units: 0 }))).toEqual(['d: units: expected a whole number at least 1, received 0.']);
    expect(errors(dense({ units: -3 }))[0]).toContain('received -3');
    expect(errors(dense({ units: '=1.5' }))[0]).toContain('expected a whole number at least 1, received 1.5');
    expect(errors(dense({ uints: 3 }))[0]).toContain('no parameter "uints" here; known are units, bias');
    expect(errors(dense({ uints: 3 }))[0]).toContain('Did you mean units?');
    expect(errors(dense({ units: '=depth' }))).toEqual([
      'd: units: the expression "=depth" cannot be computed: there is no "depth"; known here: none.',
    ]);
    expect(errors(dense({ units: ['=1 / 0'] }))[0]).toContain('it divides by zero');
  });

  it('in the entry of another registry names entry and parameter', () => {
    const output = (params: Record<string, Json>): string[] =>
      errors(drawing([['i: Input', { shape: [4] }], 'd: Dense', ['o: Output', params], 'i > d > o']));
    expect(output({ loss: 'crossEntrpy' })[0]).toContain(
      'o: loss: there is no loss "crossEntrpy"; known are crossEntropy',
    );
    expect(output({ loss: { type: 'crossEntropy', labelSmoothing: 2 } })[0]).toContain(
      'o: loss.labelSmoothing: expected a number at least 0 and below 1, received 2.',
    );
    expect(output({ loss: { type: 'crossEntropy', smoothing: 0.1 } })[0]).toContain('no parameter "loss.smoothing"');
    expect(output({ metrics: ['accuracy', { type: 'topK', k: 0 }] })[0]).toContain('metrics[1].k: expected');
  });

  it('in a repeated block is said once, at its first pass', () => {
    const blocks = { stage: bodyOf(['x: Input', ['d: Dense', { units: '=0 - index' }], 'y: Output', 'x > d > y']) };
    const design = drawing([['i: Input', { shape: [4] }], 's: @stage * 10000', 'o: Output', 'i > s > o'], { blocks });
    const { diagnostics } = compile(design, library);
    expect(diagnostics.map(({ node, anchor, code }) => [node, anchor, code])).toEqual([
      ['s/0/d', { function: 'stage', node: 'd' }, 'invalidParam'],
    ]);
  });

  it('in the number of passes or the ports of a repeated block is said at the call', () => {
    for (const times of ['0', '10001', '=1.5', '=0 - 1'])
      expect(errors(around(`s: @stage * ${times}`))[0]).toContain('s: times: expected a whole number from 1 to 10000');
    const forked = bodyOf(['x: Input', 'y: Output', 'z: Output', 'x > y', 'x > z']);
    expect(errors(around('s: @stage * 2', forked))[0]).toContain('it has 1 inputs and 2 outputs');
    expect(errors(around(['s: @stage', { unit: 2 }]))[0]).toContain('no parameter "unit" here; known are units, scale');
  });

  it('as too many layers is counted to the layer', () => {
    const blocks = {
      one: bodyOf(['x: Input', ['d: Dense', { units: 4 }], 'y: Output', 'x > d > y']),
      many: bodyOf(['x: Input', 's: @one * 9999', 'y: Output', 'x > s > y']),
    };
    const codes = (extra: number): string[] => {
      const lines: Line[] = [
        ['i: Input', { shape: [4] }],
        's: @many * 10',
        `t: @one * ${extra}`,
        'o: Output',
        'i > s > t > o',
      ];
      return compile(drawing(lines, { blocks }), library).diagnostics.map(({ code }) => code);
    };
    // 99,990 in the ten stages, the Input and the Output; with 8 more it is exactly the most.
    expect(codes(8)).toEqual([]);
    expect(codes(9)).toEqual(['tooManyLayers']);
  });

  it('as too many layers stops before they are written out', () => {
    const lines = (inner: string): object => bodyOf(['x: Input', `s: @${inner} * 10000`, 'y: Output', 'x > s > y']);
    const leaf = bodyOf(['x: Input', ['d: Dense', { units: '=index + 1' }], 'y: Output', 'x > d > y']);
    const blocks = { a: leaf, b: lines('a'), c: lines('b'), d: lines('c') };
    const design = drawing([['i: Input', { shape: [4] }], 's: @d * 10000', 'o: Output', 'i > s > o'], { blocks });
    const { diagnostics, layers } = compile(design, library);
    expect(diagnostics.map(({ code }) => code)).toEqual(['tooManyLayers']);
    expect(diagnostics[0]?.message).toContain('more than 100000 layers');
    expect(layers.length).toBeLessThan(200_000);
  });
});
