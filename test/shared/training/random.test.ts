/** The random streams against the generator's published answers and against what uniform and normal numbers must be. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../shared/training/random';
import { threefry2x32 } from '../../../shared/training/threefry';

function encrypt(key: [number, number], counter: [number, number]): string[] {
  const out = new Uint32Array(2);
  threefry2x32(key[0], key[1], counter[0], counter[1], out);
  return [...out].map((word) => word.toString(16).padStart(8, '0'));
}

describe('threefry2x32', () => {
  it('gives the known answers of the Random123 library for 20 rounds', () => {
    expect(encrypt([0, 0], [0, 0])).toEqual(['6b200159', '99ba4efe']);
    expect(encrypt([0xffffffff, 0xffffffff], [0xffffffff, 0xffffffff])).toEqual(['1cb996fc', 'bb002be7']);
    expect(encrypt([0x13198a2e, 0x03707344], [0x243f6a88, 0x85a308d3])).toEqual(['c4923a9c', '483df7a0']);
  });
});

describe('a stream', () => {
  it('draws the same numbers in one piece and in many', () => {
    const whole = randomStream(7, 'dropout', 3).uniform(1001);
    const stream = randomStream(7, 'dropout', 3);
    const pieces = [1, 400, 0, 599, 1].flatMap((count) => [...stream.uniform(count)]);
    expect(pieces).toEqual([...whole]);
  });

  it('differs by seed, by label and by the kind of the label', () => {
    const firsts = [
      randomStream(1, 'a'),
      randomStream(2, 'a'),
      randomStream(1 + 2 ** 32, 'a'),
      randomStream(1, 'b'),
      randomStream(1, 1),
      randomStream(1, '1'),
      randomStream(1, 'a', 'b'),
      randomStream(1, 'ab'),
      randomStream(1, 'abc'),
    ].map((stream) => stream.uniform(1)[0]);
    expect(new Set(firsts).size).toBe(firsts.length);
  });

  it('has uniform and normal numbers with the right moments', () => {
    const count = 100_000;
    const mean = (values: Float32Array, of: (x: number) => number): number =>
      values.reduce((sum, x) => sum + of(x), 0) / count;
    const uniform = randomStream(0, 'moments').uniform(count);
    expect(mean(uniform, (x) => x)).toBeCloseTo(0.5, 2);
    expect(mean(uniform, (x) => x * x)).toBeCloseTo(1 / 3, 2);
    expect(Math.max(...uniform.subarray(0, 5000))).toBeLessThan(1);
    const normal = randomStream(0, 'moments').normal(count);
    expect(mean(normal, (x) => x)).toBeCloseTo(0, 1);
    expect(mean(normal, (x) => x * x)).toBeCloseTo(1, 1);
  });

  it('permutes every position exactly once and shuffles', () => {
    const order = randomStream(3, 'shuffle', 0).permutation(1000);
    expect([...order].sort((a, b) => a - b)).toEqual(Array.from({ length: 1000 }, (_, index) => index));
    const fixed = order.filter((value, index) => value === index).length;
    expect(fixed).toBeLessThan(10);
  });
});
