/** Ids of new nodes and of copies: readable, and free. */
import { describe, expect, it } from 'vitest';
import { freshId } from '../../../shared/design/freshId';

const copies = (id: string, times: number, taken: string[]): string[] => {
  const made: string[] = [];
  for (let time = 0; time < times; time++) made.push(freshId(made.at(-1) ?? id, new Set([...taken, ...made])));
  return made;
};

describe('a new id', () => {
  it('is the layer in small letters, then counted', () => {
    expect(freshId('Dense', new Set())).toBe('dense');
    expect(freshId('Dense', new Set(['dense']))).toBe('dense2');
    expect(freshId('Conv2D', new Set(['conv2D', 'conv2D2']))).toBe('conv2D3');
  });

  it('of a copy of a copy counts on, however often', () => {
    expect(copies('hidden', 4, ['hidden'])).toEqual(['hidden2', 'hidden3', 'hidden4', 'hidden5']);
    expect(copies('conv1', 3, ['conv1'])).toEqual(['conv1_2', 'conv1_3', 'conv1_4']);
  });

  it('keeps a number that belongs to the name', () => {
    expect(freshId('block1', new Set(['block1', 'block2']))).toBe('block1_2');
    expect(freshId('2', new Set(['node']))).toBe('node2');
  });
});
