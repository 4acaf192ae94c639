// Whatever is wrong with a design ends in diagnostics that say where, never in an exception.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compile } from '../../../shared/compile';
import { parseDesign } from '../../../shared/design/parseDesign';
import { serialiseDesign } from '../../../shared/design/serialiseDesign';
import { flatten } from '../../../shared/ir/flatten';
import { library } from '../../../shared/library';
import type { Diagnostic } from '../../../shared/messages';
import { breakDesign } from '../../generators/breakDesign';
import { choicesFrom, numberList, type Choices } from '../../generators/choices';
import { drawDesign } from '../../generators/randomDesign';
import { examples } from '../../drivers/examples';

/** What concerns the design as a whole names the setting instead of a node. */
function saysWhere(diagnostic: Diagnostic): boolean {
  return diagnostic.node !== null || diagnostic.param !== null || diagnostic.code === 'noOutput';
}

describe('random broken designs', () => {
  it('end in diagnostics that name a node', () => {
    const codes = new Set<string>();
    const property = fc.property(numberList(), numberList(), (drawing, breaking) => {
      const choices = choicesFrom(breaking);
      const { design, data } = drawDesign(choicesFrom(drawing));
      let broken = breakDesign(choices, design);
      if (choices.chance(40)) broken = breakDesign(choices, broken.design);
      const { diagnostics, program, layers } = compile(broken.design, library, { data });
      const errors = diagnostics.filter(({ severity }) => severity === 'error');
      errors.forEach(({ code }) => codes.add(code));
      expect(program === null, broken.damage).toBe(errors.length > 0);
      expect(
        diagnostics.filter((one) => !saysWhere(one)),
        broken.damage,
      ).toEqual([]);
      expect(layers.every((row) => Number.isFinite(row.trainable) && Number.isFinite(row.macs))).toBe(true);
      if (program) expect(flatten(program).length).toBeGreaterThan(0);
    });
    fc.assert(property, { numRuns: 250, seed: 11 });
    expect([...codes].length).toBeGreaterThan(20);
  });

  it('as files with junk at any place end in problems that name the file', () => {
    const property = fc.property(numberList(), numberList(), (drawing, breaking) => {
      const choices = choicesFrom(breaking);
      const { design, data } = drawDesign(choicesFrom(drawing));
      const raw = JSON.parse(serialiseDesign(design)) as unknown;
      const parsed = parseDesign(JSON.stringify(withJunk(choices, raw)), 'broken.netloom');
      if ('design' in parsed) compile(parsed.design, library, { data });
      else expect(parsed.problems.every(({ message }) => message.includes('broken.netloom'))).toBe(true);
    });
    fc.assert(property, { numRuns: examples(150), seed: 12 });
  });

  it('as text that is cut or changed anywhere end in problems or a design', () => {
    const property = fc.property(numberList(), fc.nat(), fc.string({ maxLength: 3 }), (drawing, place, insert) => {
      const text = serialiseDesign(drawDesign(choicesFrom(drawing)).design);
      const at = place % text.length;
      for (const damaged of [text.slice(0, at), text.slice(0, at) + insert + text.slice(at + 1)]) {
        const parsed = parseDesign(damaged, 'cut.netloom');
        if ('problems' in parsed) expect(parsed.problems[0]?.message).toContain('cut.netloom');
      }
    });
    fc.assert(property, { numRuns: examples(100), seed: 13 });
  });
});

const junk: readonly unknown[] = [
  null,
  true,
  -1,
  1e300,
  '',
  'x',
  [],
  {},
  [[[]]],
  { __proto__: null },
  'a:b:c',
  '=width',
];

/** Replaces the value at a random path by something else, or adds an entry beside it. */
function withJunk(choices: Choices, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || choices.chance(15)) return choices.pick(junk);
  const entries = Object.entries(value as Record<string, unknown>);
  if (entries.length === 0) return choices.pick(junk);
  const [key, part] = choices.pick(entries);
  const changed = withJunk(choices, part);
  if (Array.isArray(value)) return value.map((one: unknown, at) => (String(at) === key ? changed : one));
  return { ...value, [choices.chance(10) ? 'constructor' : key]: changed };
}
