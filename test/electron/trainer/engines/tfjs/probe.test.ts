/** A device that answers wrongly is found out before anything is trained on it. */
import type * as tf from '@tensorflow/tfjs-core';
import { expect, it } from 'vitest';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import { probeBackend } from '../../../../../electron/trainer/engines/tfjs/probe';

it('is available where a product of two 256x256 matrices is right in every element', async () => {
  const probe = await probeBackend('wasm', 'CPU');
  expect(probe).toMatchObject({ available: true, device: 'CPU', reason: null });
  expect(probe.versions['tfjs-core']).toMatch(/^4\./);
  expect(probe.seconds).toBeGreaterThan(0);
});

it('is not where a single element is wrong, and says which', async () => {
  const core = await loadBackend('wasm');
  const right = core.getKernel('BatchMatMul', 'wasm');
  const wrong: tf.KernelFunc = (call) => {
    const result = right.kernelFunc(call) as tf.TensorInfo;
    const values = (
      core.backend() as unknown as { typedArrayFromHeap: (info: tf.TensorInfo) => Float32Array }
    ).typedArrayFromHeap(result);
    values[256 * 100 + 7]! += 1;
    return result;
  };
  core.unregisterKernel('BatchMatMul', 'wasm');
  core.registerKernel({ ...right, setupFunc: undefined, kernelFunc: wrong });
  try {
    const probe = await probeBackend('wasm', 'CPU');
    expect(probe).toMatchObject({ available: false, device: null, seconds: null });
    expect(probe.reason).toMatch(/multiplies matrices wrongly: row 100, column 7 should be \d+/);
    expect(probe.remedy).toContain('npm ci');
  } finally {
    core.unregisterKernel('BatchMatMul', 'wasm');
    core.registerKernel(right);
  }
  expect(core.memory().numTensors).toBe(0);
});
