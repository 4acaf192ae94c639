/** The kit's convolutions, on the embedded backend and on the plain one, against loops and their central differences. */
import fc from 'fast-check';
import type * as tf from '@tensorflow/tfjs-core';
import { describe, expect, it } from 'vitest';
import { loadBackend, type BackendName } from '../../../../electron/trainer/engines/tfjs/backend';
import { convolve } from '../../../../shared/layers/kit/convolution';
import { depthwiseConvolve } from '../../../../shared/layers/kit/depthwise';
import { examples } from '../../../drivers/examples';
import { expectMatchesReference, noise } from './gradientCheck';
import { outputSize, referenceConvolution, referenceDepthwise, type Window } from './spatialReference';

const pair = (low: number, high: number): fc.Arbitrary<[number, number]> =>
  fc.tuple(fc.integer({ min: low, max: high }), fc.integer({ min: low, max: high }));

const side = fc.integer({ min: 0, max: 3 });

const windows: fc.Arbitrary<Window> = fc.record({
  size: pair(1, 4),
  strides: pair(1, 3),
  dilations: pair(1, 3),
  padding: fc.record({ top: side, bottom: side, left: side, right: side }),
});

const cases = fc
  .record({
    batch: fc.integer({ min: 1, max: 3 }),
    image: pair(1, 9),
    groups: fc.integer({ min: 1, max: 3 }),
    inputsPerGroup: fc.integer({ min: 1, max: 6 }),
    outputsPerGroup: fc.integer({ min: 1, max: 13 }),
    window: windows,
    seed: fc.nat(1000),
  })
  .filter(({ image, window }) => Math.min(...outputSize(image, window)) >= 1);

describe.each<BackendName>(['wasm', 'cpu'])('on %s', (backend) => {
  it('convolves with any stride, dilation, groups and padding, as the loops do', async () => {
    const ops = await loadBackend(backend);
    fc.assert(
      fc.property(cases, ({ batch, image, groups, inputsPerGroup, outputsPerGroup, window, seed }) => {
        const shape = [batch, ...image, groups * inputsPerGroup] as const;
        const outputs = groups * outputsPerGroup;
        const inputs = [noise(shape, seed), noise([...window.size, inputsPerGroup, outputs], seed + 1)];
        const compute = (x: tf.Tensor, kernel: tf.Tensor): tf.Tensor =>
          convolve(ops, x as tf.Tensor4D, kernel as tf.Tensor4D, { ...window, groups });
        expectMatchesReference(ops, inputs, compute, referenceConvolution(shape, outputs, groups, window));
      }),
      { numRuns: examples(100) },
    );
  });

  it('convolves each channel by itself, with any multiplier, stride, dilation and padding', async () => {
    const ops = await loadBackend(backend);
    fc.assert(
      fc.property(cases, ({ batch, image, groups: channels, outputsPerGroup: multiplier, window, seed }) => {
        const shape = [batch, ...image, channels] as const;
        const inputs = [noise(shape, seed), noise([...window.size, channels, multiplier], seed + 1)];
        const compute = (x: tf.Tensor, kernel: tf.Tensor): tf.Tensor =>
          depthwiseConvolve(ops, x as tf.Tensor4D, kernel as tf.Tensor4D, window);
        expectMatchesReference(ops, inputs, compute, referenceDepthwise(shape, multiplier, window));
      }),
      { numRuns: examples(60) },
    );
  });
});

describe('what a gradient costs', () => {
  it('never computes the gradient of an input nobody asked for', async () => {
    const ops = await loadBackend('cpu');
    const x = ops.ones<tf.Rank.R4>([1, 5, 5, 1]);
    const kernel = ops.ones<tf.Rank.R4>([2, 2, 1, 1]);
    const options = {
      strides: [1, 1],
      dilations: [2, 2],
      groups: 1,
      padding: { top: 0, bottom: 0, left: 0, right: 0 },
    } as const;
    const profile = await ops.profile(() =>
      ops.grad((taps: tf.Tensor) => ops.sum(convolve(ops, x, taps as tf.Tensor4D, options)))(kernel),
    );
    expect(profile.kernelNames).toContain('Conv2DBackpropFilter');
    expect(profile.kernelNames).not.toContain('Conv2DBackpropInput');
  });
});
