/** Every sample agrees on PyTorch with the embedded engine step by step, and its checkpoints move between the two. */
import { saveState } from '../../../../../electron/trainer/engines/checkpoint';
import { createHash } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it, onTestFinished } from 'vitest';
import { diskFiles } from '../../../../../electron/files/fileSystem';
import { readSafetensors, type StoredTensor } from '../../../../../electron/files/safetensors';
import type { SampleReader } from '../../../../../electron/files/sampleReader';
import { withoutDropout } from '../../../../../electron/services/export/verifyReference';
import type { Runner, Step, StepGradients } from '../../../../../electron/trainer/engines/engine';
import { loadEngine } from '../../../../../electron/trainer/engines/engines';
import { createPytorchEngine } from '../../../../../electron/trainer/engines/pytorch/pytorchEngine';
import { compile } from '../../../../../shared/compile';
import { designSchema } from '../../../../../shared/design/schema';
import type { DataInfo } from '../../../../../shared/ir/dataSetDefinition';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import { library } from '../../../../../shared/library';
import { randomStream } from '../../../../../shared/training/random';
import { openOptions } from '../../../../contract/runner/tinyDesigns';
import { testPython } from '../../../../drivers/testPython';
import { openGolden } from '../../../../golden/goldenDesigns';

const folder = mkdtempSync(join(tmpdir(), 'netloom-samples-'));
afterAll(() => rmSync(folder, { recursive: true }));

const environment = { ...process.env, NETLOOM_PYTHON: testPython(), NETLOOM_PYTORCH: 'device=cpu threads=1' };
const pytorch = createPytorchEngine({ home: folder, environment });
const calm = { aborted: false };
const patience = 900_000;

interface Sample {
  program: CheckedProgram;
  data: SampleReader;
}

/** Without masks, which each library draws for itself. */
async function open(name: string): Promise<Sample> {
  const { design, data } = await openGolden(name);
  if (data) onTestFinished(() => data.close());
  const drawn = data ?? madeUp;
  const { program, diagnostics } = compile(designSchema.parse(withoutDropout(design)), library, {
    data: data?.info ?? digits,
  });
  if (!program) throw new Error(JSON.stringify(diagnostics));
  return { program, data: drawn };
}

/** In the place of what would have to be downloaded. */
const digits: DataInfo = {
  fields: [
    { name: 'image', shape: [28, 28, 1], dtype: 'float32' },
    { name: 'label', shape: [], dtype: 'int32', classes: '0123456789'.split('') },
  ],
  counts: { train: 640, validation: 64, test: 64 },
};
const madeUp: SampleReader = {
  count: (part) => digits.counts[part],
  read: (field, part, indices) => {
    if (field === 'label') return Promise.resolve(Int32Array.from(indices, (index) => index % 10));
    const images = [...indices].map((index) => randomStream(3, part, index).uniform(784));
    return Promise.resolve(Float32Array.from(images.flatMap((image) => [...image])));
  },
};

async function openBoth({ program, data }: Sample): Promise<{ ours: Runner; theirs: Runner }> {
  const options = openOptions({ data });
  const ours = await (await loadEngine('wasm')).open(program, options);
  onTestFinished(() => ours.close());
  const theirs = await pytorch.open(program, options);
  onTestFinished(() => theirs.close());
  return { ours, theirs };
}

function stepsOf({ program, data }: Sample, from: number, count: number): Step[] {
  const { batchSize, optimizer } = program.training;
  const all = data.count('train');
  return Array.from({ length: count }, (_, at) => {
    const index = from + at;
    const batch = Uint32Array.from({ length: Math.min(batchSize, all) }, (__, row) => (index * batchSize + row) % all);
    return {
      index,
      microBatches: [batch],
      controls: Float32Array.of(Number(optimizer.params.learningRate), 0, index + 1),
    };
  });
}

/** Every tensor with its shape and a digest of its bits: millions of numbers are compared at once. */
function bits(file: string): Record<string, string> {
  const digest = ({ shape, data }: StoredTensor): string =>
    `[${shape.join(', ')}] ${createHash('sha256').update(new Uint8Array(data.buffer)).digest('hex')}`;
  const { tensors } = readSafetensors(diskFiles, file);
  return Object.fromEntries([...tensors].map(([name, tensor]) => [name, digest(tensor)]));
}

const norm = (values: Iterable<number>): number =>
  Math.sqrt([...values].reduce((sum, value) => sum + value * value, 0));

/** ‖a−b‖ ÷ (‖b‖ + 1e-2·‖all gradients‖), the largest. */
function farthest(theirs: StepGradients, ours: StepGradients): number {
  const floor = 1e-2 * norm([...ours.gradients.values()].map(norm));
  expect([...theirs.gradients.keys()]).toEqual([...ours.gradients.keys()]);
  const distances = [...ours.gradients].map(([key, own]) => {
    const other = theirs.gradients.get(key) ?? new Float32Array();
    expect(other).toHaveLength(own.length);
    return norm(own.map((value, at) => value - (other[at] ?? NaN))) / (norm(own) + floor);
  });
  return Math.max(...distances);
}

const losses = (columns: { scalars: Float32Array; scalarNames: readonly string[]; steps: number }): number[] =>
  Array.from({ length: columns.steps }, (_, row) => columns.scalars[row * columns.scalarNames.length] ?? NaN);

const samples = [
  'digits-attention',
  'digits-cnn',
  'digits-mlp',
  'digits-resnet',
  'digits-sigmoid-deep',
  'mnist-mlp',
  'spiral-mlp',
  'xor-mlp',
];

describe('on PyTorch', () => {
  it.each(samples)(
    '%s begins as on the embedded engine, trains, is judged, saved and taken over',
    async (name) => {
      const sample = await open(name);
      const { ours, theirs } = await openBoth(sample);
      const file = (which: string): string => join(folder, `${name}-${which}.safetensors`);
      await Promise.all([saveState(ours, file('ours')), saveState(theirs, file('theirs'))]);
      expect(bits(file('theirs'))).toEqual(bits(file('ours')));
      // The same state, told of the same step: gradients, loss, and what a part of the data is judged at.
      const distances: number[] = [];
      for (const step of stepsOf(sample, 0, 3)) {
        const [expected, found] = [await ours.gradients(step), await theirs.gradients(step)];
        expect(Math.abs(found.loss - expected.loss)).toBeLessThanOrEqual(1e-5 * Math.max(1, expected.loss));
        distances.push(farthest(found, expected));
      }
      // The kink of a ReLU may fall between the roundings of the two, so one of three may be further off.
      const [, median, most] = distances.sort((a, b) => a - b);
      expect(median, distances.join(', ')).toBeLessThanOrEqual(1e-3);
      expect(most, distances.join(', ')).toBeLessThanOrEqual(4e-2);
      const few = Uint32Array.from({ length: 40 }, (_, at) => at);
      const judged = await theirs.evaluate(few, { part: 'test', full: true }, calm);
      const known = await ours.evaluate(few, { part: 'test', full: true }, calm);
      expect(judged).toMatchObject({ samples: 40, aborted: false });
      judged.heads.forEach(({ lossSum, metrics }, at) => {
        expect(lossSum / 40).toBeCloseTo((known.heads[at]?.lossSum ?? NaN) / 40, 4);
        expect(metrics.map(({ length }) => length)).toEqual(known.heads[at]?.metrics.map(({ length }) => length));
      });
      const trained = [...stepsOf(sample, 0, 3), ...stepsOf(sample, 3, 2)];
      const both = [theirs.submit(trained.slice(0, 3), calm), theirs.submit(trained.slice(3), calm)];
      const curve = (await Promise.all(both)).flatMap(({ columns }) => losses(columns));
      expect(curve).toHaveLength(5);
      expect(curve.every((loss) => Number.isFinite(loss))).toBe(true);
      await saveState(theirs, file('trained'), { step: '5' });
      const taken = await ours.load(file('trained'), { partial: false });
      expect(taken).toMatchObject({ metadata: { step: '5' }, missing: [], unused: [] });
      await saveState(ours, file('back'));
      expect(bits(file('back'))).toEqual(bits(file('trained')));
      expect(bits(file('trained'))).not.toEqual(bits(file('theirs')));
    },
    patience,
  );

  it.each(['digits-cnn', 'digits-attention'])(
    '%s has the gradients of the embedded engine at every step, from the same state',
    async (name) => {
      const sample = await open(name);
      const { ours, theirs } = await openBoth(sample);
      const file = join(folder, `${name}-forced.safetensors`);
      for (const step of stepsOf(sample, 0, 6)) {
        const [expected, found] = [await ours.gradients(step), await theirs.gradients(step)];
        expect(Math.abs(found.loss - expected.loss), `loss of step ${step.index}`).toBeLessThanOrEqual(1e-5);
        expect(farthest(found, expected), `gradients of step ${step.index}`).toBeLessThanOrEqual(1e-3);
        await ours.submit([step], calm);
        await saveState(ours, file);
        await theirs.load(file, { partial: false });
      }
    },
    patience,
  );
});
