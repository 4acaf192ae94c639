/** Our gradients of every operation on the WASM backend, against tfjs' own on plain JavaScript; and that no kernel is missing. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../../../electron/trainer/engines/tfjs/backend';
import {
  gradientRules,
  registerGradients,
} from '../../../../../../electron/trainer/engines/tfjs/gradients/registerGradients';
import { expectClose, noise, outcome, type Input, type Outcome } from '../../../../../shared/layers/kit/gradientCheck';
import { operations, withoutBroadcast, type Operation } from './operations';

/** Inputs on a grid that misses 0 and the clips by a wide margin, without two equal values in one tensor. */
function inputsOf({ shapes, positive }: Operation): Input[] {
  return shapes.map((shape, which) => {
    const { values } = noise(shape, 7 + which);
    const apart = values.map((value) => (positive ? 1 + value / 2 : value + Math.sign(value) * 0.01));
    return { shape, values: apart };
  });
}

const stock = new Map<string, { outcome: Outcome; kernels: Set<string> }>();
let ops: TensorLibrary;

/** The original gradients must be seen before ours take their place, and only the whole of tfjs brings them. */
beforeAll(async () => {
  ops = await loadBackend('cpu');
  const known = gradientRules(ops);
  for (const name of Object.keys(known)) ops.unregisterGradient(name);
  await import('@tensorflow/tfjs');
  await ops.setBackend('cpu');
  for (const operation of operations) {
    const compute = (...x: tf.Tensor[]): tf.Tensor => operation.compute(ops, ...x);
    let result: Outcome | undefined;
    const profile = await ops.profile(() => {
      result = outcome(ops, inputsOf(operation), compute);
      return ops.scalar(0);
    });
    (profile.result as tf.Tensor).dispose();
    stock.set(operation.name, { outcome: result!, kernels: new Set(profile.kernelNames) });
  }
  registerGradients(ops);
  await loadBackend('wasm');
});

describe('every operation', () => {
  it.each(operations)('$name: value and gradients are those of tfjs', (operation) => {
    const expected = stock.get(operation.name)!.outcome;
    const actual = outcome(ops, inputsOf(operation), (...x) => operation.compute(ops, ...x));
    expect(actual.shape).toEqual(expected.shape);
    expectClose(actual.value, expected.value, 'value');
    actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, `gradient ${i}`));
  });

  it.each(withoutBroadcast)('%s: what was broadcast gets the sum', (name) => {
    const inputs = [noise([2, 3], 1), noise([3], 2)];
    const actual = outcome(ops, inputs, (a, b) => ops[name](a, b));
    const expected = outcome(ops, inputs, (a, b) => ops[name](a, ops.broadcastTo(b, [2, 3])));
    expect(actual).toEqual(expected);
  });

  it('matMul: a factor that all products share gets the sum', () => {
    const inputs = [noise([3, 4, 5], 1), noise([1, 5, 6], 2)];
    const actual = outcome(ops, inputs, (a, b) => ops.matMul(a, b));
    const expected = outcome(ops, inputs, (a, b) => ops.matMul(a, ops.broadcastTo(b, [3, 5, 6])));
    actual.gradients.forEach((gradient, i) => expectClose(gradient, expected.gradients[i]!, `gradient ${i}`));
  });

  it('where: no gradient passes through the comparison that chooses', () => {
    const inputs = [noise([3, 4], 1), noise([3, 4], 2)];
    const { gradients } = outcome(ops, inputs, (a, b) => ops.where(ops.greater(a, b), a, b));
    const weights = noise([3, 4], 99).values;
    const larger = inputs[0]!.values.map((value, i) => (value > inputs[1]!.values[i]! ? 1 : 0));
    expectClose(
      gradients[0]!,
      weights.map((weight, i) => weight * larger[i]!),
      'gradient of the larger',
    );
    expectClose(
      gradients[1]!,
      weights.map((weight, i) => weight * (1 - larger[i]!)),
      'gradient of the other',
    );
  });

  it('asks only for kernels that the WASM backend has', () => {
    const kernels = new Set(operations.flatMap(({ name }) => [...stock.get(name)!.kernels]));
    // The profile also lists operations that are no kernels: those the plain backend has not either.
    const missing = [...kernels].filter((kernel) => ops.getKernel(kernel, 'cpu') && !ops.getKernel(kernel, 'wasm'));
    expect(kernels.size).toBeGreaterThan(60);
    expect(missing).toEqual([]);
  });

  it('is covered: each of our gradients belongs to an operation that is tested', () => {
    const tested = new Set(operations.flatMap(({ name }) => [...stock.get(name)!.kernels]));
    // Zero by definition, or never asked for by an operation of this version.
    const never = ['OnesLike', 'Round', 'ZerosLike', 'LogSoftmax', 'BroadcastTo', 'NotEqual', 'LogicalOr'];
    const untested = Object.keys(gradientRules(ops)).filter((kernel) => !tested.has(kernel) && !never.includes(kernel));
    expect(untested).toEqual([]);
  });
});
