/** Checks a differentiable tensor function, value and gradients, against a plain float64 reference written with loops. */
import type { TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import type * as tf from '@tensorflow/tfjs-core';
import { expect } from 'vitest';

export interface Input {
  readonly shape: readonly number[];
  readonly values: Float64Array;
}

/** Reproducible noise in [-1, 1), a multiple of 1/4096 so that float32 holds it exactly. */
export function noise(shape: readonly number[], seed: number): Input {
  const size = shape.reduce((product, dim) => product * dim, 1);
  let state = (seed * 2654435761 + 12345) >>> 0;
  const values = Float64Array.from({ length: size }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state >>> 19) / 4096 - 1;
  });
  return { shape, values };
}

export interface Outcome {
  readonly shape: number[];
  readonly value: Float64Array;
  /** Of the sum of the output, weighted with noise, with respect to each input. */
  readonly gradients: Float64Array[];
}

/** Runs function and gradients on the current backend, and checks that neither leaves a tensor or its memory behind. */
export function outcome(
  ops: TensorLibrary,
  inputs: readonly Input[],
  compute: (...x: tf.Tensor[]) => tf.Tensor,
): Outcome {
  const before = [ops.memory().numTensors, ops.engine().backend.numDataIds()];
  const tensors = inputs.map(({ shape, values }) => ops.tensor(Float32Array.from(values), [...shape]));
  const output = ops.tidy(() => compute(...tensors));
  const weights = ops.tensor(Float32Array.from(noise(output.shape, 99).values), output.shape);
  const gradients = ops.grads((...x: tf.Tensor[]) => ops.sum(ops.mul(compute(...x), weights)))(tensors);
  const result = {
    shape: output.shape,
    value: Float64Array.from(output.dataSync()),
    gradients: gradients.map((gradient) => Float64Array.from(gradient.dataSync())),
  };
  ops.dispose([tensors, output, weights, gradients]);
  expect([ops.memory().numTensors, ops.engine().backend.numDataIds()], 'live tensors, live buffers').toEqual(before);
  return result;
}

/** |a - b| <= 1e-5 + tolerance * max|b|, and nowhere a value that is not finite. */
export function expectClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  what: string,
  tolerance = 1e-4,
): void {
  expect(actual.length, `${what}: length`).toBe(expected.length);
  let largest = 0;
  for (let i = 0; i < expected.length; i++) largest = Math.max(largest, Math.abs(expected[i]!));
  for (let i = 0; i < expected.length; i++) {
    const difference = Math.abs(actual[i]! - expected[i]!);
    if (!(difference <= 1e-5 + tolerance * largest)) {
      expect.fail(`${what} [${i}]: ${actual[i]!} instead of ${expected[i]!} (largest ${largest})`);
    }
  }
}

/**
 * Compares values with `reference`, and gradients with central differences of it: exact to many digits, as it is float64.
 * `step` stays below half of the noise's grid, so that no two inputs change places (max pooling).
 */
export function expectMatchesReference(
  ops: TensorLibrary,
  inputs: readonly Input[],
  compute: (...x: tf.Tensor[]) => tf.Tensor,
  reference: (...x: Float64Array[]) => Float64Array,
  step = 5e-5,
): void {
  const actual = outcome(ops, inputs, compute);
  const values = inputs.map((input) => Float64Array.from(input.values));
  expectClose(actual.value, reference(...values), 'output');
  const weights = noise(actual.shape, 99).values;
  const total = (): number => reference(...values).reduce((sum, value, i) => sum + value * weights[i]!, 0);
  values.forEach((array, which) => {
    const stride = Math.max(1, Math.floor(array.length / 25));
    const places = Array.from({ length: Math.ceil(array.length / stride) }, (_, i) => i * stride);
    const differences = places.map((place) => {
      const original = array[place]!;
      array[place] = original + step;
      const above = total();
      array[place] = original - step;
      const below = total();
      array[place] = original;
      return (above - below) / (2 * step);
    });
    const gradient = actual.gradients[which]!;
    expectClose(
      places.map((place) => gradient[place]!),
      differences,
      `gradient of input ${which}`,
    );
  });
}
