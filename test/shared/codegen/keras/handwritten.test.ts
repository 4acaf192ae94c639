/** What is written is about as long as what a person wrote for the same network, without having seen it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { golden, handwritten } from './handwritten';

function linesOf(...path: string[]): number {
  return readFileSync(join(golden, ...path), 'utf8').split('\n').length - 1;
}

describe('model.py', () => {
  it('has hand-written twins for five samples', () => {
    expect(handwritten).toHaveLength(5);
  });

  it.each(handwritten)('of %s has at most 1.2 times the lines of its twin', (name) => {
    const ours = linesOf(name, 'keras', 'model.py');
    const theirs = linesOf(name, 'handwritten', 'keras.py');
    expect(ours / theirs).toBeLessThanOrEqual(1.2);
  });
});
