/** The kit's poolings against loops, on both backends: any window, stride and padding. */
import fc from 'fast-check';
import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadBackend, type BackendName } from '../../../../electron/trainer/engines/tfjs/backend';
import { averagePool, maxPool } from '../../../../shared/layers/kit/pooling';
import { examples } from '../../../drivers/examples';
import { expectMatchesReference, noise } from './gradientCheck';
import { outputSize, referencePooling } from './spatialReference';

const pair = (low: number, high: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }));

const cases = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    image: pair(1, 9),
    channels: fc.integer({ min: 1, max: 5 }),
    size: pair(1, 4),
    strides: pair(1, 3),
    shares: fc.tuple(fc.nat(), fc.nat(), fc.nat(), fc.nat()),
    seed: fc.nat(1000),
  })
  .map(({ shares: [top, bottom, left, right], ...drawn }) => {
    const [tall, wide] = drawn.size;
    const padding = { top: top % tall, bottom: bottom % tall, left: left % wide, right: right % wide };
    return { ...drawn, window: { size: drawn.size, strides: drawn.strides, dilations: [1, 1] as const, padding } };
  })
  .filter(({ image, window }) => Math.min(...outputSize(image, window)) >= 1);

type Kind = 'max' | 'average' | 'averageInside';

describe.each<[BackendName, Kind]>([
  ['wasm', 'max'],
  ['wasm', 'average'],
  ['wasm', 'averageInside'],
  ['cpu', 'max'],
  ['cpu', 'average'],
  ['cpu', 'averageInside'],
])('on %s, %s pooling', (backend, kind) => {
  it('matches the loops, forward and backward', async () => {
    const ops = await loadBackend(backend);
    fc.assert(
      fc.property(cases, ({ batch, image, channels, window, seed }) => {
        const shape = [batch, ...image, channels] as const;
        const compute = (x: tf.Tensor): tf.Tensor =>
          kind === 'max'
            ? maxPool(ops, x as tf.Tensor4D, window)
            : averagePool(ops, x as tf.Tensor4D, window, kind === 'average');
        expectMatchesReference(ops, [distinct(shape, seed)], compute, referencePooling(shape, kind, window));
      }),
      { numRuns: examples(60) },
    );
  });
});

/** Noise in which no two values are equal, so that a largest one is never a matter of taste. */
function distinct(shape: readonly number[], seed: number): ReturnType<typeof noise> {
  const { values } = noise(shape, seed);
  const order = Array.from(values.keys()).sort((a, b) => values[a]! - values[b]! || a - b);
  const ranks = new Float64Array(values.length);
  order.forEach((at, rank) => (ranks[at] = rank / 1024 - values.length / 2048));
  return { shape, values: ranks };
}

it('gives the whole gradient to the first of equal values', async () => {
  const ops = await loadBackend('wasm');
  const x = ops.ones<tf.Rank.R4>([1, 2, 2, 5]);
  const window = { size: [2, 2], strides: [2, 2], padding: { top: 0, bottom: 0, left: 0, right: 0 } } as const;
  const gradient = ops.grad((input: tf.Tensor) => ops.sum(maxPool(ops, input as tf.Tensor4D, window)))(x);
  expect([...gradient.dataSync()]).toEqual(Array.from({ length: 20 }, (_, i) => (i < 5 ? 1 : 0)));
});
