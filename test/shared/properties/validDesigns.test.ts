// Whatever can be drawn rightly compiles, and comes back from its file as the same program.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { parseDesign } from '../../../shared/design/parseDesign';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { flatten } from '../../../shared/ir/flatten';
import { library } from '../../../shared/library';
import { createMemo } from '../../../shared/passes/memo';
import { randomDesign } from '../../generators/randomDesign';
import { examples } from '../../drivers/examples';

describe('random valid designs', () => {
  it('compile without an error, and every layer of the library, block and shared weight occurs among them', () => {
    const met = { layers: new Set<string>(), blocks: 0, repeats: 0, sharing: 0, severalInputs: 0, severalOutputs: 0 };
    const property = fc.property(randomDesign(), ({ design, data }) => {
      const { diagnostics, program, layers, totals } = compile(design, library, { data });
      expect(diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
      const flat = flatten(program!);
      flat.forEach(({ layer }) => met.layers.add(layer.definition.type));
      met.blocks += program!.main.nodes.some(({ kind }) => kind === 'call') ? 1 : 0;
      met.repeats += program!.main.nodes.some((node) => node.kind === 'call' && node.iterations.length > 1) ? 1 : 0;
      met.sharing += flat.some(({ group, path }) => group !== path) ? 1 : 0;
      met.severalInputs += program!.feeds.length > 1 ? 1 : 0;
      met.severalOutputs += program!.heads.length > 1 ? 1 : 0;
      expect(layers.reduce((sum, row) => sum + row.trainable, 0)).toBe(totals.trainable);
      expect(layers.reduce((sum, row) => sum + row.macs, 0)).toBe(totals.macs);
    });
    fc.assert(property, { numRuns: 160, seed: 20260101 });
    expect([...met.layers].sort()).toEqual(library.layers.list.map(({ type }) => type).sort());
    for (const [what, count] of Object.entries(met)) if (what !== 'layers') expect(count, what).toBeGreaterThan(10);
  });

  it('come back from their file equal, and compile to an equal program', () => {
    const property = fc.property(randomDesign(), ({ design, data }) => {
      const parsed = parseDesign(serialiseDesign(design), 'random.netloom');
      expect(parsed).toEqual({ design });
      if (!('design' in parsed)) return;
      expect(compile(parsed.design, library, { data }).program).toEqual(compile(design, library, { data }).program);
    });
    fc.assert(property, { numRuns: examples(60), seed: 2 });
  });

  it('compile with a memo of other designs to what they compile to alone', () => {
    const memo = createMemo();
    const property = fc.property(randomDesign(), ({ design, data }) => {
      const alone = compile(design, library, { data });
      expect(compile(design, library, { data, memo })).toEqual(alone);
      expect(compile(design, library, { data, memo })).toEqual(alone);
    });
    fc.assert(property, { numRuns: examples(60), seed: 3 });
  });
});
