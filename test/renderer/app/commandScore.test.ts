/** The command palette finds what is meant, and nothing else. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commandScore } from '../../../renderer/app/commandScore';

const best = (typed: string, entries: readonly string[]): string[] =>
  entries
    .filter((entry) => commandScore(entry, typed) > 0)
    .sort((a, b) => commandScore(b, typed) - commandScore(a, typed));

describe('what is typed', () => {
  it('finds entries that hold it, beginnings first', () => {
    const entries = ['Show the selection canvas.fitSelection', 'deconv', 'Go to conv1', 'conv1 Conv2D node:conv1'];
    expect(best('conv', entries)).toEqual(['conv1 Conv2D node:conv1', 'Go to conv1', 'deconv']);
  });

  it('may be several words in any order, with or without capitals and accents, and Chinese', () => {
    expect(best('AS save', ['Save as… file.saveAs', 'Open…'])).toEqual(['Save as… file.saveAs']);
    expect(best('resume', ['Résumé'])).toEqual(['Résumé']);
    expect(best('缩放', ['缩放至 100 %', '打开'])).toEqual(['缩放至 100 %']);
  });

  it('can be anything', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (entry, typed) => {
        const score = commandScore(entry, typed);
        expect(score).toBeGreaterThanOrEqual(0);
        expect(score).toBeLessThanOrEqual(1);
        expect(commandScore(`${entry} ${typed}`, typed)).toBeGreaterThan(0);
      }),
    );
  });
});
