/** What our kernels promise beyond right numbers: no copies, no leaks, and views that survive growth of the heap. */
import type * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../../../electron/trainer/engines/tfjs/backend';
import { registerKernels } from '../../../../../../electron/trainer/engines/tfjs/kernels/registerKernels';
import { expectClose, noise } from '../../../../../shared/layers/kit/gradientCheck';

it('registers once: a second call changes nothing', async () => {
  const ops = await loadBackend('wasm');
  const before = ops.getKernel('Conv2DBackpropFilter', 'wasm');
  registerKernels(ops);
  expect(ops.getKernel('Conv2DBackpropFilter', 'wasm')).toBe(before);
});

it('clones without copying, and frees the data with the last reference', async () => {
  const ops = await loadBackend('wasm');
  const before = ops.engine().backend.numDataIds();
  const original = ops.tensor1d([1, 2, 3]);
  const clone = ops.clone(original);
  expect(clone.dataId).toBe(original.dataId);
  original.dispose();
  expect([...clone.dataSync()]).toEqual([1, 2, 3]);
  clone.dispose();
  expect(ops.engine().backend.numDataIds()).toBe(before);
});

it.each([
  ['ij,jk->ik', [3, 4], [4, 5]],
  ['bij,bjk->bik', [2, 3, 4], [2, 4, 5]],
  ['bhid,bhjd->bhij', [2, 2, 3, 4], [2, 2, 5, 4]],
  ['ij,ij->', [3, 4], [3, 4]],
  ['ij,k->kji', [3, 4], [2]],
])('sums %s as Einstein wrote it, as the plain backend does', async (equation, ...shapes) => {
  const results: Float32Array[] = [];
  for (const backend of ['cpu', 'wasm'] as const) {
    const ops = await loadBackend(backend);
    const before = [ops.memory().numTensors, ops.engine().backend.numDataIds()];
    const factors = (shapes as number[][]).map((shape, i) =>
      ops.tensor(Float32Array.from(noise(shape, i).values), shape),
    );
    const result = ops.einsum(equation, ...factors);
    results.push(result.dataSync<'float32'>());
    ops.dispose([factors, result]);
    expect([ops.memory().numTensors, ops.engine().backend.numDataIds()]).toEqual(before);
  }
  expectClose(results[1]!, results[0]!, equation);
});

it('adds rows up by segment and drops those with a negative number', async () => {
  const ops = await loadBackend('wasm');
  const x = ops.tensor2d([1, 2, 3, 4, 5, 6, 7, 8], [4, 2]);
  const sums = ops.unsortedSegmentSum(x, ops.tensor1d([2, -1, 0, 2], 'int32'), 4);
  expect([...sums.dataSync()]).toEqual([5, 6, 0, 0, 8, 10, 0, 0]);
});

it('sums a hundred thousand rows to seven digits', async () => {
  const ops = await loadBackend('wasm');
  const rows = 100_003;
  const values = Float32Array.from({ length: rows * 3 }, (_, i) => 0.1 + (i % 7) * 0.01);
  const sums = ops.sum(ops.tensor2d(values, [rows, 3]), 0).dataSync();
  for (const column of [0, 1, 2]) {
    let exact = 0;
    for (let row = 0; row < rows; row++) exact += values[row * 3 + column]!;
    expect(Math.abs(sums[column]! / exact - 1)).toBeLessThan(2e-7);
  }
});

/** 300 MB more than the heap holds at the start: it must grow while kernels of ours run. */
it('computes on while the heap grows', async () => {
  const ops = await loadBackend('wasm');
  const kept: tf.Tensor[] = [];
  const shape: [number, number, number, number] = [8, 32, 32, 64];
  const expected = gradientSum(ops, shape);
  for (let i = 0; i < 100; i++) {
    kept.push(ops.fill(shape, i));
    if (i % 20 === 0) expect(gradientSum(ops, shape)).toBe(expected);
  }
  expect(kept[0]!.dataSync()[5]).toBe(0);
  ops.dispose(kept);
});

function gradientSum(ops: TensorLibrary, shape: [number, number, number, number]): number {
  return ops.tidy(() => {
    const kernel = ops.ones<tf.Rank.R4>([3, 3, 64, 4]);
    const x = ops.ones<tf.Rank.R4>(shape);
    const loss = (k: tf.Tensor, images: tf.Tensor): tf.Tensor =>
      ops.sum(ops.maxPool(ops.conv2d(images as tf.Tensor4D, k as tf.Tensor4D, 1, 'same'), 2, 2, 'valid'));
    const gradients = ops.grads(loss)([kernel, x]);
    return ops.add(ops.sum(gradients[0]!), ops.sum(gradients[1]!)).dataSync()[0]!;
  });
}
