/** What exported code is compared with: numbers that were worked out by hand for two points and one neuron. */
import { mkdtempSync, rmSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../electron/files/safetensors';
import { compileDesign } from '../../../electron/services/designs/compileDesign';
import { designOf } from '../../../electron/services/designs/openDesign';
import { loadEngine } from '../../../electron/trainer/engines/engines';
import { reference } from '../../../electron/trainer/reference';
import type { Json } from '../../../shared/messages/define';

const folder = mkdtempSync(join(tmpdir(), 'netloom-reference-'));
afterAll(() => rmSync(folder, { recursive: true }));

const design: Json = {
  netloom: 1,
  nodes: [
    { id: 'in', layer: 'Input', params: { shape: [2], field: 'x' } },
    { id: 'dense', layer: 'Dense', params: { units: 1 } },
    { id: 'out', layer: 'Output', params: { target: 'y', loss: { type: 'meanSquaredError' } } },
  ],
  wires: [
    { from: 'in', to: 'dense' },
    { from: 'dense', to: 'out' },
  ],
  training: { batchSize: 2, seed: 1, optimizer: { type: 'sgd', momentum: 0.5 } },
};
const data = {
  fields: [
    { name: 'x', shape: [2], dtype: 'float32' as const },
    { name: 'y', shape: [1], dtype: 'float32' as const },
  ],
  counts: { train: 4, validation: 0, test: 0 },
};

const dependencies = {
  engineIds: ['wasm'],
  loadEngine: () => loadEngine('wasm'),
  compile: (json: Json, info: Parameters<typeof compileDesign>[1]) => compileDesign(designOf(json, 'the design'), info),
  openData: () => {
    throw new Error('no data set is opened');
  },
  files: diskFiles,
  now: () => performance.now(),
};

function keep(name: string, tensors: Record<string, StoredTensor>): string {
  const file = join(folder, name);
  writeSafetensors(diskFiles, file, { metadata: {}, tensors: new Map(Object.entries(tensors)) });
  return file;
}

const floats = (shape: number[], ...values: number[]): StoredTensor => ({
  dtype: 'F32',
  shape,
  data: Float32Array.from(values),
});

/** The two points of one batch, twice. */
const samples = keep('samples', {
  x: floats([4, 2], 1, 2, 3, -1, 1, 2, 3, -1),
  y: floats([4, 1], 1, 2, 1, 2),
});
const weights = keep('weights', {
  'weights/dense/kernel': floats([2, 1], 0.5, -0.5),
  'weights/dense/bias': floats([1], 0.25),
});

const request = {
  design,
  data,
  engine: 'wasm',
  weights: [weights],
  samples,
  batchSize: 2,
  batches: 2,
  learningRate: 0.1,
  clipNorm: 0,
  to: join(folder, 'reference'),
};

describe('the reference for exported code', () => {
  it('holds outputs, loss, gradients and the state after each step', async () => {
    await reference(request, dependencies);
    const { tensors } = readSafetensors(diskFiles, request.to);
    const values = (name: string): number[] => [...(tensors.get(name)?.data ?? [])].map(Number);
    const near = (name: string, expected: number[]): void => {
      expect(values(name), name).toHaveLength(expected.length);
      expected.forEach((value, at) => expect(values(name)[at], name).toBeCloseTo(value, 5));
    };
    // Outputs -0.25 and 2.25: errors -1.25 and 0.25; the loss is the mean of their squares.
    near('outputs/start0/out', [-0.25, 2.25, -0.25, 2.25]);
    near('loss/0', [(1.25 ** 2 + 0.25 ** 2) / 2]);
    const first = { kernel: [-1.25 + 0.75, -2.5 - 0.25], bias: -1 };
    near('gradients/0/dense/kernel', first.kernel);
    near('gradients/0/dense/bias', [first.bias]);
    near('after/0/weights/dense/kernel', [0.55, -0.225]);
    near('after/0/weights/dense/bias', [0.35]);
    near('after/0/slots/dense/kernel/velocity', first.kernel);
    // Then outputs 0.45 and 2.225; errors -0.55 and 0.225. The velocity keeps half of what it was.
    near('outputs/after0/out', [0.45, 2.225, 0.45, 2.225]);
    near('gradients/1/dense/kernel', [-0.55 + 0.675, -1.1 - 0.225]);
    near('after/1/slots/dense/kernel/velocity', [-0.25 + 0.125, -1.375 - 1.325]);
    near('after/1/weights/dense/kernel', [0.55 + 0.0125, -0.225 + 0.27]);
    expect(readdirSync(folder).sort(), 'nothing is left aside').toEqual(['reference', 'samples', 'weights']);
  });

  it('refuses weights of another design and samples that lack a field, naming the file', async () => {
    const few = keep('few', { 'weights/dense/kernel': floats([2, 1], 1, 1) });
    await expect(reference({ ...request, weights: [few] }, dependencies)).rejects.toThrow(
      /few lacks weights\/dense\/bias/,
    );
    const blind = keep('blind', { x: floats([4, 2], 1, 2, 3, -1, 1, 2, 3, -1) });
    await expect(reference({ ...request, samples: blind }, dependencies)).rejects.toThrow(/blind has no field "y"/);
    const bad = keep('bad', { x: floats([4, 2], NaN, 2, 3, -1, 1, 2, 3, -1), y: floats([4, 1], 1, 2, 1, 2) });
    await expect(reference({ ...request, samples: bad }, dependencies)).rejects.toThrow(/bad ended early: not finite/);
  });
});
