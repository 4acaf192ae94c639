// Types are inferred once for what is equal, and again only where an edit changed something.
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { applyEdit } from '../../../shared/design/edits';
import type { Design } from '../../../shared/design/schema';
import { formatType } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import { createMemo } from '../../../shared/passes/memo';
import { bodyOf, drawing, type Line } from '../../generators/drawing';

const length = 50;

/** A chain in which every Dense has a size of its own, and a ReLU of that size after it. */
function chain(): Design {
  const lines: Line[] = [['n0: Input', { shape: [3] }]];
  for (let at = 1; at <= length; at++) lines.push([`n${at}: Dense`, { units: 100 + at }], `r${at}: ReLU`);
  const ids = Array.from({ length }, (_, at) => `n${at + 1} > r${at + 1}`).join(' > ');
  return drawing([...lines, 'out: Output', `n0 > ${ids} > out`]);
}

function withUnits(design: Design, id: string, units: number): Design {
  const node = design.nodes.find((one) => one.id === id)!;
  return applyEdit(design, { edit: 'updateNode', in: 'main', id, node: { ...node, params: { units } } }).design;
}

describe('inference with a memo', () => {
  it('after an edit asks only the nodes downstream, as far as a type changes', () => {
    const memo = createMemo();
    const asked = (design: Design): number => {
      const before = memo.inferences;
      expect(compile(design, library, { memo }).program).not.toBeNull();
      return memo.inferences - before;
    };
    const design = chain();
    expect(asked(design)).toBe(2 * length + 2);
    expect(asked(design)).toBe(0);
    // The Dense itself, its ReLU, and the Dense after it, which has the same output as before: there it ends.
    expect(asked(withUnits(design, 'n20', 7))).toBe(3);
    // The last Dense: itself, its ReLU and the Output.
    expect(asked(withUnits(design, `n${length}`, 8))).toBe(3);
    expect(asked({ ...design, name: 'renamed' })).toBe(0);
    const moved = { ...design, nodes: design.nodes.map((node) => ({ ...node, position: [1, 2] as [number, number] })) };
    expect(asked(moved)).toBe(0);
    // Undone: everything is remembered.
    expect(asked(design)).toBe(0);
  });

  it('asks the whole rest where every type changes downstream', () => {
    const lines: Line[] = [['n0: Input', { shape: [3] }]];
    const activations = ['ReLU', 'Tanh', 'Sigmoid', 'GELU', 'Dropout', 'LayerNorm', 'Softmax'];
    activations.forEach((layer, at) => lines.push(`n${at + 1}: ${layer}`));
    const wires = ['n0', ...activations.map((_, at) => `n${at + 1}`), 'out'].join(' > ');
    const design = drawing([...lines, 'out: Output', wires]);
    const memo = createMemo();
    compile(design, library, { memo });
    const before = memo.inferences;
    const node = { ...design.nodes[0]!, params: { shape: [4] } };
    compile(applyEdit(design, { edit: 'updateNode', in: 'main', id: 'n0', node }).design, library, { memo });
    expect(memo.inferences - before).toBe(activations.length + 2);
  });

  it('asks once for a hundred equal passes, and for an edit inside a block once more', () => {
    const blocks = {
      stage: bodyOf(['x: Input', ['d: Dense', { units: 6 }], 'r: ReLU', 'y: Output', 'x > d > r > y']),
    };
    const design = drawing([['i: Input', { shape: [6] }], 's: @stage * 100', 'o: Output', 'i > s > o'], { blocks });
    const memo = createMemo();
    const first = compile(design, library, { memo });
    expect(first.layers).toHaveLength(202);
    expect(memo.inferences).toBe(4);
    const node = { id: 'r', layer: 'Tanh', params: {} };
    compile(applyEdit(design, { edit: 'updateNode', in: 'stage', id: 'r', node }).design, library, { memo });
    expect(memo.inferences).toBe(5);
  });

  it('forgets what another library said', () => {
    const memo = createMemo();
    const design = drawing(['i: Input', 'd: Dense', 'o: Output', 'i > d > o']);
    compile(design, library, { memo });
    const fewer = { ...library, layers: { ...library.layers, get: () => undefined } };
    expect(compile(design, fewer, { memo }).diagnostics[0]?.code).toBe('unknownLayer');
    expect(compile(design, library, { memo }).program).not.toBeNull();
  });
});

describe('inference past errors', () => {
  it('gives the types of everything that does not depend on the wrong node, also inside blocks', () => {
    const blocks = {
      two: bodyOf(['x: Input', 'z: Input', 'a: ReLU', 'b: Tanh', 'y: Output', 'u: Output', 'x > a > y', 'z > b > u']),
    };
    const design = drawing(
      [
        ['i: Input', { shape: [4] }],
        ['bad: Conv2D', {}],
        's: @two',
        'p: ReLU',
        'q: ReLU',
        'i > bad > s:x',
        'i > s:z',
        's:y > p',
        's:u > q',
      ],
      { blocks },
    );
    const { layers, diagnostics, program } = compile(design, library);
    expect(program).toBeNull();
    expect(diagnostics.filter(({ severity }) => severity === 'error').map(({ node }) => node)).toEqual([null, 'bad']);
    const types = layers.map(({ id, outputs }) => [id, outputs && Object.values(outputs).map(formatType).join()]);
    expect(Object.fromEntries(types)).toEqual({
      i: 'batch×4',
      bad: null,
      's/a': null,
      's/b': 'batch×4',
      p: null,
      q: 'batch×4',
    });
  });
});
