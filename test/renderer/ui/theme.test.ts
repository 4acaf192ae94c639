/** Everything that is read or pressed stands out from its ground, in both themes, by the numbers of WCAG. */
import { describe, expect, it } from 'vitest';
import { contrast, coloursOf, lightness, type Theme } from './themeColours';

const themes: readonly Theme[] = ['light', 'dark'];
const grounds = ['--surface', '--surface-sunken', '--surface-raised', '--canvas'];
const states = ['--hover', '--pressed', '--accent-soft'];

describe('the measure itself', () => {
  it('gives the contrasts that WCAG gives', () => {
    expect(contrast('#000000', '#ffffff')).toBeCloseTo(21, 5);
    expect(contrast('#777777', '#ffffff')).toBeCloseTo(4.48, 2);
    expect(contrast('#0000ff', '#ffffff')).toBeCloseTo(8.59, 2);
  });
});

describe.each(themes)('the %s theme', (theme) => {
  const colours = coloursOf(theme);
  const of = (name: string): string => {
    const value = colours.get(name);
    if (value === undefined || !/^#[0-9a-f]{6}$/.test(value)) throw new Error(`${name} is no colour: ${value}`);
    return value;
  };
  /** What of these pairs stays below the ratio, as text. */
  const below = (ratio: number, names: readonly string[], on: readonly string[]): string[] =>
    names.flatMap((name) =>
      on.flatMap((ground) => {
        const found = contrast(of(name), of(ground));
        return found < ratio ? [`${name} on ${ground}: ${found.toFixed(2)}`] : [];
      }),
    );

  it('has content at 7 to 1', () => {
    expect(below(7, ['--text'], [...grounds, ...states, '--error-soft', '--warning-soft'])).toEqual([]);
  });

  it('has labels at 4.5 to 1', () => {
    expect(below(4.5, ['--text-label'], [...grounds, ...states])).toEqual([]);
    expect(below(4.5, ['--text-faint', '--error', '--warning', '--success', '--accent'], grounds)).toEqual([]);
    expect(below(4.5, ['--accent-text'], ['--accent'])).toEqual([]);
    expect(below(4.5, ['--surface'], ['--error', '--text'])).toEqual([]);
    expect(below(4.5, ['--error'], ['--error-soft'])).toEqual([]);
    expect(below(4.5, ['--warning'], ['--warning-soft'])).toEqual([]);
    expect(below(4.5, ['--accent'], ['--accent-soft'])).toEqual([]);
  });

  it('has edges of controls, the focus ring, wires, categories and runs at 3 to 1', () => {
    expect(below(3, ['--control-edge', '--accent'], grounds)).toEqual([]);
    const signs = [...colours.keys()].filter((name) => /^--(category|wire|run)-/.test(name));
    expect(signs.length).toBeGreaterThan(25);
    expect(below(3, signs, ['--surface', '--surface-raised', '--canvas'])).toEqual([]);
  });

  it('lets no category shout: all have about the same lightness', () => {
    const lights = [...colours.keys()]
      .filter((name) => name.startsWith('--category-'))
      .map((name) => lightness(of(name)));
    expect(Math.max(...lights) - Math.min(...lights)).toBeLessThan(12);
  });

  it('has twelve runs that differ from each other', () => {
    const runs = Array.from({ length: 12 }, (_, at) => of(`--run-${at + 1}`));
    expect(new Set(runs).size).toBe(12);
  });
});
