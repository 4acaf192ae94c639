/** Batch and layer normalisation against float64 loops, their central differences, and what they leave behind. */
import fc from 'fast-check';
import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadBackend, type BackendName } from '../../../../electron/trainer/engines/tfjs/backend';
import { batchNormalise, layerNormalise } from '../../../../shared/layers/kit/normalise';
import { examples } from '../../../drivers/examples';
import { expectClose, expectMatchesReference, noise } from './gradientCheck';

const shapes = fc
  .record({
    leading: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 3 }),
    last: fc.integer({ min: 1, max: 23 }),
    epsilon: fc.constantFrom(1e-3, 1e-2, 0.1),
    seed: fc.nat(1000),
  })
  .map((drawn) => ({ ...drawn, shape: [...drawn.leading, drawn.last] }));

/** Normalises groups of `positions`, whose values lie `stride` apart from each `start`. */
function normalised(x: Float64Array, start: number, stride: number, count: number, epsilon: number): number[] {
  const values = Array.from({ length: count }, (_, i) => x[start + i * stride]!);
  const mean = values.reduce((sum, value) => sum + value, 0) / count;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / count;
  return values.map((value) => (value - mean) / Math.sqrt(variance + epsilon));
}

describe.each<BackendName>(['wasm', 'cpu'])('on %s', (backend) => {
  it('normalises each channel over the batch, whatever the leading dimensions', async () => {
    const ops = await loadBackend(backend);
    fc.assert(
      fc.property(shapes, ({ shape, last, epsilon, seed }) => {
        const inputs = [noise(shape, seed), noise([last], seed + 1), noise([last], seed + 2)];
        const compute = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor =>
          batchNormalise(ops, x, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon).output;
        expectMatchesReference(ops, inputs, compute, (x, scale, offset) => {
          const y = new Float64Array(x.length);
          for (let c = 0; c < last; c++) {
            normalised(x, c, last, x.length / last, epsilon).forEach((value, row) => {
              y[row * last + c] = value * scale[c]! + offset[c]!;
            });
          }
          return y;
        });
      }),
      { numRuns: examples(60) },
    );
  });

  it('normalises each position over its features', async () => {
    const ops = await loadBackend(backend);
    fc.assert(
      fc.property(shapes, ({ shape, last, epsilon, seed }) => {
        const inputs = [noise(shape, seed), noise([last], seed + 1), noise([last], seed + 2)];
        const compute = (x: tf.Tensor, scale: tf.Tensor, offset: tf.Tensor): tf.Tensor =>
          layerNormalise(ops, x, scale as tf.Tensor1D, offset as tf.Tensor1D, epsilon);
        expectMatchesReference(ops, inputs, compute, (x, scale, offset) => {
          const y = new Float64Array(x.length);
          for (let row = 0; row < x.length; row += last) {
            normalised(x, row, 1, last, epsilon).forEach((value, c) => (y[row + c] = value * scale[c]! + offset[c]!));
          }
          return y;
        });
      }),
      { numRuns: examples(60) },
    );
  });

  it('keeps its digits where the mean is large against the spread, and over many rows', async () => {
    const ops = await loadBackend(backend);
    const rows = 7919;
    const { values } = noise([rows, 2], 5);
    const x = ops.tensor2d(
      Float32Array.from(values, (value) => value + 100),
      [rows, 2],
    );
    const { output, mean, variance } = batchNormalise(ops, x, ops.ones([2]), ops.zeros([2]), 1e-5);
    const kept = Float64Array.from(x.dataSync());
    for (const channel of [0, 1]) {
      const column = Array.from({ length: rows }, (_, row) => kept[row * 2 + channel]!);
      const average = column.reduce((sum, value) => sum + value, 0) / rows;
      const spread = column.reduce((sum, value) => sum + (value - average) ** 2, 0) / rows;
      expect(mean.dataSync()[channel]).toBeCloseTo(average, 3);
      expect(variance.dataSync()[channel]! / spread).toBeCloseTo(1, 4);
    }
    expectClose(
      output.dataSync().filter((_, at) => at % 2 === 0),
      normalised(kept, 0, 2, rows, 1e-5),
      'output',
      5e-4,
    );
  });
});

it('hands out statistics that no gradient passes through', async () => {
  const ops = await loadBackend('wasm');
  const x = ops.tensor2d([1, 2, 3, 4, 5, 7], [3, 2]);
  const before = ops.memory().numTensors;
  ops.tidy(() => {
    const { mean, variance } = batchNormalise(ops, x, ops.ones([2]), ops.zeros([2]), 1e-3);
    expect([...mean.dataSync()]).toEqual([3, expect.closeTo(13 / 3, 5)]);
    expect([...variance.dataSync()]).toEqual([expect.closeTo(8 / 3, 5), expect.closeTo(38 / 9, 5)]);
  });
  expect(ops.memory().numTensors).toBe(before);
});
