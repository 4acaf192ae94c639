/** A run keeps its colour everywhere and for ever, and no two of the first twelve look alike. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { settingsSchema } from '../../../shared/ipc/studio/settingsSchema';
import { assignRunColours, runColour, runPaletteSize, type RunColours } from '../../../renderer/state/runColours';
import { coloursOf } from '../ui/themeColours';

const ids = fc.uniqueArray(fc.string({ minLength: 1, maxLength: 8 }), { maxLength: 40 });

describe('the colours of runs', () => {
  it('follow the order of the palette, oldest run first', () => {
    expect(assignRunColours({}, ['a', 'b', 'c'])).toEqual({ a: 0, b: 1, c: 2 });
    expect(runColour({ a: 0, b: 11 }, 'a')).toBe('var(--run-1)');
    expect(runColour({ a: 0, b: 11 }, 'b')).toBe('var(--run-12)');
    expect(runColour({}, 'unknown')).toBe('var(--text-faint)');
  });

  it('are all in both themes, each another one', () => {
    for (const theme of ['light', 'dark'] as const) {
      const properties = coloursOf(theme);
      const values = Array.from({ length: runPaletteSize }, (_, at) => properties.get(`--run-${at + 1}`));
      expect(values.every((value) => /^#[0-9a-f]{6}$/.test(value ?? ''))).toBe(true);
      expect(new Set(values).size).toBe(runPaletteSize);
    }
  });

  it('never change once they are given, whatever runs come and go', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 6 }), (lists) => {
        let colours: RunColours = {};
        for (const list of lists) {
          const next = assignRunColours(colours, list);
          for (const [id, place] of Object.entries(colours)) expect(next[id]).toBe(place);
          expect(Object.keys(next)).toEqual(expect.arrayContaining(list));
          colours = next;
        }
        expect(settingsSchema.parse(JSON.parse(JSON.stringify({ runColours: colours }))).runColours).toEqual(colours);
      }),
    );
  });

  it('are as different as the palette allows: no place is used twice more than another', () => {
    fc.assert(
      fc.property(ids, (list) => {
        const colours = assignRunColours({}, list);
        const uses = new Array<number>(runPaletteSize).fill(0);
        for (const id of list) uses[colours[id] ?? 0] = (uses[colours[id] ?? 0] ?? 0) + 1;
        expect(Math.max(...uses) - Math.min(...uses)).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('of a deleted run go to a new one only when no other is free, and wait for its return meanwhile', () => {
    const before = assignRunColours({}, ['a', 'b', 'c']);
    const without = assignRunColours(before, ['b', 'c', 'd']);
    expect(without.a).toBe(before.a);
    expect(assignRunColours(without, ['a', 'b', 'c', 'd'])).toBe(without);
  });

  it('come back as the very same object where nothing is new, so that nothing is written', () => {
    const colours = assignRunColours({}, ['a', 'b']);
    expect(assignRunColours(colours, ['b', 'a'])).toBe(colours);
  });

  it('are forgotten for runs that are gone once there are thousands', () => {
    const old = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`old-${at}`, at % runPaletteSize]));
    const colours = assignRunColours(old, ['old-7', 'new']);
    expect(Object.keys(colours)).toEqual(['old-7', 'new']);
    expect(colours['old-7']).toBe(old['old-7']);
  });
});
