/** What is written is about as long as what a person wrote for the same network, without having seen it. */
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const golden = join(__dirname, '..', '..', '..', 'golden');
const handwritten = readdirSync(golden).filter((name) => existsSync(join(golden, name, 'handwritten', 'tfjs.ts')));

function linesOf(...path: string[]): number {
  return readFileSync(join(golden, ...path), 'utf8').split('\n').length - 1;
}

describe('model.ts', () => {
  it('has hand-written twins for five samples', () => {
    expect(handwritten).toHaveLength(5);
  });

  it.each(handwritten)('of %s has at most 1.2 times the lines of its twin', (name) => {
    const ours = linesOf(name, 'tfjs', 'model.ts');
    const theirs = linesOf(name, 'handwritten', 'tfjs.ts');
    expect(ours / theirs).toBeLessThanOrEqual(1.2);
  });
});
