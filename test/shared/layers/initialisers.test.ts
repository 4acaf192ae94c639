/** First values of weights: moments and bounds against the published formulas, fans against Keras' rule. */
import { describe, expect, it } from 'vitest';
import { initialiserNames, type Initialiser, type WeightSpec } from '../../../shared/ir/initialiser';
import { fansOf, initialise } from '../../../shared/layers/initialisers';
import { randomStream } from '../../../shared/training/random';

/** A kernel 3x3 of 64 to 128 channels: 73,728 values, fan in 576, fan out 1,152. */
const shape = [3, 3, 64, 128];
const fanIn = 576;
const fanOut = 1152;

function drawn(initialiser: Initialiser, more: Partial<WeightSpec> = {}): Float32Array {
  return initialise({ shape, initialiser, trainable: true, decayed: true, ...more }, randomStream(1, initialiser.type));
}

function moments(values: Float32Array): { mean: number; deviation: number; least: number; most: number } {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  const least = values.reduce((a, b) => Math.min(a, b), Infinity);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  return { mean, deviation: Math.sqrt(variance), least, most };
}

/** Five standard errors of a sample of this size: fails by chance once in a million. */
function expectMoments(values: Float32Array, deviation: number): void {
  const found = moments(values);
  const error = 5 / Math.sqrt(values.length);
  expect(Math.abs(found.mean)).toBeLessThan(error * deviation);
  expect(Math.abs(found.deviation / deviation - 1)).toBeLessThan(error);
}

const deviations: Partial<Record<Initialiser['type'], number>> = {
  glorotUniform: Math.sqrt(2 / (fanIn + fanOut)),
  glorotNormal: Math.sqrt(2 / (fanIn + fanOut)),
  heUniform: Math.sqrt(2 / fanIn),
  heNormal: Math.sqrt(2 / fanIn),
};

describe('Glorot and He', () => {
  it.each(Object.entries(deviations) as [Initialiser['type'], number][])(
    '%s has the standard deviation of its formula',
    (type, deviation) => expectMoments(drawn({ type }), deviation),
  );

  it.each([
    ['glorotUniform', Math.sqrt(6 / (fanIn + fanOut))],
    ['heUniform', Math.sqrt(6 / fanIn)],
  ] as const)('%s reaches its bound and never passes it', (type, bound) => {
    const { least, most } = moments(drawn({ type }));
    expect(least).toBeGreaterThanOrEqual(-bound - 1e-8);
    expect(most).toBeLessThanOrEqual(bound + 1e-8);
    expect(most - least).toBeGreaterThan(1.999 * bound);
  });

  it.each(['glorotNormal', 'heNormal'] as const)('%s is not cut at two deviations, as in PyTorch', (type) => {
    const beyond = drawn({ type }).filter((value) => Math.abs(value) > 2 * deviations[type]!).length;
    // 4.55 % of a normal distribution lie there.
    expect(beyond / (3 * 3 * 64 * 128)).toBeCloseTo(0.0455, 2);
  });

  it('take the fans that a layer states instead of those of the shape', () => {
    expectMoments(drawn({ type: 'heNormal' }, { fans: [9, 9] }), Math.sqrt(2 / 9));
  });
});

describe('plain initialisers', () => {
  it('draw with the value they are given, or with Keras’ usual one', () => {
    expectMoments(drawn({ type: 'normal', value: 2 }), 2);
    expectMoments(drawn({ type: 'normal' }), 0.05);
    expectMoments(drawn({ type: 'uniform', value: 3 }), 3 / Math.sqrt(3));
    expectMoments(drawn({ type: 'uniform' }), 0.05 / Math.sqrt(3));
  });

  it('fill', () => {
    expect(new Set(drawn({ type: 'zeros' }))).toEqual(new Set([0]));
    expect(new Set(drawn({ type: 'ones' }))).toEqual(new Set([1]));
    expect(new Set(drawn({ type: 'constant', value: 0.25 }))).toEqual(new Set([0.25]));
    expect(new Set(drawn({ type: 'constant' }))).toEqual(new Set([0]));
  });
});

describe('every initialiser', () => {
  it.each(initialiserNames)('%s gives the same values for the same stream, as many as the shape has', (type) => {
    const [first, second] = [drawn({ type, value: 0.5 }), drawn({ type, value: 0.5 })];
    expect(first).toHaveLength(3 * 3 * 64 * 128);
    expect(Buffer.from(first.buffer).equals(Buffer.from(second.buffer))).toBe(true);
  });
});

describe('fans', () => {
  it('follow Keras’ rule', () => {
    expect(fansOf([])).toEqual([1, 1]);
    expect(fansOf([7])).toEqual([7, 7]);
    expect(fansOf([784, 512])).toEqual([784, 512]);
    expect(fansOf(shape)).toEqual([fanIn, fanOut]);
  });
});
