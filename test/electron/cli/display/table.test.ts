/** Text in columns: never wider than the terminal, whatever stands in it. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cellsOf, fit, joinFitting, table, wrap } from '../../../../electron/cli/display/table';

const words = fc.string({ unit: fc.constantFrom('a', 'b', '层', ' ', '×', '_'), maxLength: 40 });

describe('a table', () => {
  it('shrinks the columns that may, before it cuts numbers', () => {
    const columns = [
      { title: 'node', shrinks: true },
      { title: 'non-trainable', short: 'fixed', align: 'right' as const },
    ];
    const rows = [['a-node-with-a-long-name', '1,234']];
    expect(table(columns, rows, 80)).toEqual([
      'node                     non-trainable',
      'a-node-with-a-long-name          1,234',
    ]);
    expect(table(columns, rows, 20)).toEqual(['node           fixed', 'a-node-with-…  1,234']);
  });

  it('is never wider than it may be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(words, words, words), { minLength: 1 }),
        fc.integer({ min: 20, max: 90 }),
        (rows, width) => {
          const columns = [
            { title: 'one', shrinks: true },
            { title: 'two' },
            { title: 'three', align: 'right' as const },
          ];
          for (const line of table(columns, rows, width)) expect(cellsOf(line)).toBeLessThanOrEqual(width);
        },
      ),
    );
  });
});

describe('a line', () => {
  it('is cut to its cells, wide characters never in half', () => {
    fc.assert(
      fc.property(words, fc.integer({ min: 0, max: 30 }), (text, width) => {
        expect(cellsOf(fit(text, width))).toBeLessThanOrEqual(width);
      }),
    );
    expect(fit('层层层', 4)).toBe('层…');
  });

  it('of pieces leaves out what does not fit, and paints only what is there', () => {
    const red = (text: string): string => `<${text}>`;
    expect(joinFitting([{ text: 'loss ' }, { text: '0.1 ', paint: red }, { text: 'validation' }], 9)).toBe(
      'loss <0.1>',
    );
    expect(joinFitting([{ text: 'a' }, { text: '   ', paint: red }], 9)).toBe('a');
  });
});

describe('a sentence', () => {
  it('is broken at spaces, keeps its first indent and loses nothing', () => {
    expect(wrap('    one two three', 12, '    ')).toEqual(['    one two', '    three']);
    expect(wrap('in /a/very/long/path/that/fits/nowhere it is', 12)).toEqual([
      'in',
      '/a/very/long/path/that/fits/nowhere',
      'it is',
    ]);
    expect(wrap('aaaaa  b', 5).join(' ')).toBe('aaaaa  b');
    fc.assert(
      fc.property(words, fc.integer({ min: 5, max: 60 }), (text, width) => {
        expect(wrap(text, width).join(' ')).toBe(text);
      }),
    );
  });
});
