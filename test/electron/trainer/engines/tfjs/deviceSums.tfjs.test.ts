/** Sums that are made where TensorFlow holds its tensors are those that plain arithmetic gives, and find what is not finite. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, expect, it } from 'vitest';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import {
  allFinite,
  movements,
  sumsOfSquares,
} from '../../../../../electron/trainer/engines/tfjs/tensorflow/deviceSums';
import { useTensorflow } from '../../../../drivers/tensorflow';

useTensorflow();
let core: typeof tf;
beforeAll(async () => {
  core = await loadBackend('tensorflow');
});

/** Values and their sums must be exact: small whole numbers. */
const whole = (shape: number[], step: number): tf.Tensor =>
  core.tensor(
    Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, (_, at) => ((at * step) % 7) - 3),
    shape,
  );
const plain = (values: ArrayLike<number>): number => Array.from(values).reduce((sum, value) => sum + value ** 2, 0);

it('sums of squares, of every shape, leave nothing behind', () => {
  const tensors = [whole([3, 4, 5], 3), whole([1], 2), whole([], 1), whole([100_000], 5)];
  const before = core.memory().numTensors;
  expect([...sumsOfSquares(core, tensors)]).toEqual(tensors.map((tensor) => plain(tensor.dataSync())));
  expect([...sumsOfSquares(core, [])]).toEqual([]);
  expect(core.memory().numTensors).toBe(before);
});

it('movements are those from before to after', () => {
  const pairs = [1, 2].map((step) => ({ before: whole([6, 7], step), after: whole([6, 7], step + 2) }));
  const count = core.memory().numTensors;
  const { moved, size } = movements(core, pairs);
  pairs.forEach(({ before, after }, at) => {
    const [from, to] = [before.dataSync(), after.dataSync()];
    expect(moved[at]).toBe(plain(to.map((value, i) => value - from[i]!)));
    expect(size[at]).toBe(plain(from));
  });
  expect(core.memory().numTensors).toBe(count);
});

it.each([NaN, Infinity, -Infinity])('one %s among thousands is found', (bad) => {
  const values = Float32Array.from({ length: 5000 }, (_, at) => at);
  const fine = [core.tensor1d(values), core.tensor1d([1e30, -1e30]), whole([3, 4], 2), whole([], 1)];
  expect(allFinite(core, fine)).toBe(true);
  expect(allFinite(core, [])).toBe(true);
  values[4321] = bad;
  expect(allFinite(core, [...fine, core.tensor1d(values.slice())])).toBe(false);
});
