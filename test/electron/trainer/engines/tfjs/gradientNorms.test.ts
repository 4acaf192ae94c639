/** What the reported norms are: of the data loss alone, its mean over the whole batch, before clipping and decay. */
import { saveState } from '../../../../../electron/trainer/engines/checkpoint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors } from '../../../../../electron/files/safetensors';
import type { Runner, Submitted } from '../../../../../electron/trainer/engines/engine';
import type { LayerDefinition } from '../../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import type { Json } from '../../../../../shared/messages/define';
import { relu } from '../../../../../shared/layers/relu';
import { pointData, points } from '../../../../contract/runner/points';
import { classifier, denseLayers, everySample, tinySteps } from '../../../../contract/runner/tinyDesigns';
import { tinyProgram, type TinyLayer } from '../../../../contract/runner/tinyProgram';
import { withRunner } from '../../../../contract/runner/withRunner';

const folder = mkdtempSync(join(tmpdir(), 'netloom-norms-'));
afterAll(() => rmSync(folder, { recursive: true }));
const calm = { aborted: false };

/** Its only job is to ask for a penalty of the squares of its weights. */
const penalised = {
  type: 'Penalised',
  title: 'Penalised',
  group: 'dense',
  aliases: [],
  summary: '',
  params: {},
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (_params, { input }) => ({ output: input! }),
  weights: () => ({
    scale: { shape: [2], initialiser: { type: 'constant', value: 0.5 }, trainable: true, decayed: false },
  }),
  cost: () => ({ macs: 0 }),
  build: (ops, { inputs, weights }) => ({
    outputs: { output: ops.mul(inputs.input!, ops.add(ops.mul(weights.scale!, 0), 1)) },
    penalties: [ops.square(weights.scale!)],
  }),
  emit: relu.emit,
  examples: [],
} satisfies LayerDefinition<Record<never, never>>;

/** One Dense unit with weights (0.5, 0.5) and bias 0: on the two points its errors are 0.5 and -1. */
function line(training: Record<string, Json>, before: TinyLayer[] = []): CheckedProgram {
  const kernelInitialiser = { type: 'constant', value: 0.5 };
  const layers: TinyLayer[] = [
    { id: 'in', layer: 'Input', params: { shape: [2], field: 'x' } },
    ...before,
    { id: 'unit', layer: 'Dense', params: { units: 1, kernelInitialiser } },
    { id: 'out', layer: 'Output', params: { loss: 'meanSquaredError', target: 'y' } },
  ];
  const extra = [penalised as unknown as LayerDefinition];
  return tinyProgram({ layers, data: pointData, training: { optimizer: 'sgd', ...training }, extra });
}

interface LineStep {
  microBatches?: number[][];
  learningRate?: number;
  clipNorm?: number;
}

async function lineStep(program: CheckedProgram, step: LineStep): Promise<{ done: Submitted; weights: number[] }> {
  const { microBatches = [[0, 1]], learningRate = 1, clipNorm = 0 } = step;
  const use = async (runner: Runner): Promise<{ done: Submitted; weights: number[] }> => {
    const batches = microBatches.map((indices) => Uint32Array.from(indices));
    const controls = Float32Array.of(learningRate, clipNorm, 1);
    const done = await runner.submit([{ index: 0, microBatches: batches, controls }], calm);
    const file = join(folder, 'line');
    await saveState(runner, file);
    const { tensors } = readSafetensors(diskFiles, file);
    const names = ['weights/unit/kernel', 'weights/unit/bias', 'weights/penalised/scale'];
    return { done, weights: names.flatMap((name) => [...((tensors.get(name)?.data ?? []) as Float32Array)]) };
  };
  return withRunner(program, use, { data: points });
}

function scalars({ columns }: Submitted): Record<string, number> {
  return Object.fromEntries(columns.scalarNames.map((name, at) => [name, columns.scalars[at] ?? NaN]));
}

describe('the gradient norm', () => {
  it('is the one worked out by hand', async () => {
    // Mean of 2 * error * x over both points: kernel (-2.5, 2), bias -0.5.
    const { done, weights } = await lineStep(line({}), {});
    expect(scalars(done)).toMatchObject({ loss: 0.625, gradientNorm: Math.fround(Math.sqrt(10.5)) });
    expect([...done.columns.gradientNorms]).toEqual([Math.fround(Math.sqrt(10.5))]);
    expect(weights).toEqual([3, -1.5, 0.5]);
    const ratio = Math.sqrt(10.5) / Math.sqrt(0.5);
    expect(done.columns.updateRatios[0]).toBeCloseTo(ratio, 6);
  });

  it('does not depend on how the batch is cut into micro-batches', async () => {
    const { done, weights } = await lineStep(line({}), { microBatches: [[0], [1]] });
    expect(scalars(done)).toMatchObject({ loss: 0.625, gradientNorm: Math.fround(Math.sqrt(10.5)) });
    expect(weights).toEqual([3, -1.5, 0.5]);
  });

  it('is taken before clipping, which is that of PyTorch (clip_grad_norm_)', async () => {
    const { done, weights } = await lineStep(line({}), { clipNorm: 1 });
    expect(scalars(done).gradientNorm).toBe(Math.fround(Math.sqrt(10.5)));
    // torch 2: weights after one step of SGD with rate 1.
    const torch = [1.2715165615081787, -0.11721324920654297, 0.15430331230163574];
    weights.forEach((weight, at) => expect(weight).toBeCloseTo(torch[at] ?? NaN, 6));
    const wide = await lineStep(line({}), { clipNorm: 10 });
    expect(wide.weights).toEqual([3, -1.5, 0.5]);
  });

  it('leaves out weight decay', async () => {
    const { done, weights } = await lineStep(line({ optimizer: { type: 'sgd', weightDecay: 0.5 } }), {});
    expect(scalars(done).gradientNorm).toBe(Math.fround(Math.sqrt(10.5)));
    expect(weights).toEqual([2.75, -1.75, 0.5]);
  });

  it('leaves out penalties, although weights follow them', async () => {
    const program = line({}, [{ id: 'penalised', layer: 'Penalised' }]);
    for (const microBatches of [[[0, 1]], [[0], [1]]]) {
      const { done, weights } = await lineStep(program, { learningRate: 0.25, microBatches });
      expect(scalars(done)).toMatchObject({ loss: 0.625, gradientNorm: Math.fround(Math.sqrt(10.5)) });
      expect([...done.columns.gradientNorms]).toEqual([0, Math.fround(Math.sqrt(10.5))]);
      // The penalty's gradient is 2 * 0.5; a quarter of it is taken off.
      expect(weights).toEqual([1.125, 0, 0.125, 0.25, 0.25]);
    }
  });

  it('equals what central differences of the loss give', async () => {
    const program = classifier({ layers: denseLayers });
    const found = await withRunner(program, async (runner) => {
      const steps = tinySteps(0, 1, { learningRate: 0, microBatches: [48] });
      const { columns } = await runner.submit(steps, calm);
      return { reported: columns.gradientNorms[1] ?? NaN, measured: await differenceNorm(runner, 'scores') };
    });
    expect(found.reported).toBeGreaterThan(0.01);
    expect(Math.abs(found.measured / found.reported - 1)).toBeLessThan(1e-3);
  });
});

describe('micro-batches', () => {
  it.each([[[3, 5]], [[2, 2, 2, 2]], [[1, 7]]])('of %j samples train like one of 8', async (microBatches) => {
    const program = classifier({ layers: denseLayers });
    const train = (sizes: number[]): Promise<Submitted> =>
      withRunner(program, (runner) => runner.submit(tinySteps(0, 5, { microBatches: sizes, clipNorm: 0.5 }), calm));
    const [whole, cut] = [await train([8]), await train(microBatches)];
    for (const column of ['scalars', 'gradientNorms', 'updateRatios'] as const)
      cut.columns[column].forEach((value, at) => {
        const expected = whole.columns[column][at] ?? NaN;
        if (Number.isNaN(expected)) expect(value).toBeNaN();
        else expect(Math.abs(value - expected)).toBeLessThan(1e-6 + 1e-5 * Math.abs(expected));
      });
  });
});

/** Moves every weight of a group by a little, up and down, and takes the loss of all samples each time. */
async function differenceNorm(runner: Runner, group: string): Promise<number> {
  const distance = 1e-2;
  const file = join(folder, 'moved');
  await saveState(runner, file);
  const kept = readSafetensors(diskFiles, file);
  const lossWith = async (name: string, at: number, moved: number): Promise<number> => {
    const tensor = kept.tensors.get(name);
    const data = Float32Array.from(tensor?.data as Float32Array);
    data[at]! += moved;
    const tensors = new Map(kept.tensors).set(name, { dtype: 'F32', shape: tensor?.shape ?? [], data });
    writeSafetensors(diskFiles, file, { metadata: {}, tensors });
    await runner.load(file, { partial: false });
    const { heads } = await runner.evaluate(everySample(), { part: 'train', full: false }, calm);
    return (heads[0]?.lossSum ?? NaN) / 48;
  };
  let squares = 0;
  for (const [name, { data }] of kept.tensors)
    if (name.startsWith(`weights/${group}/`))
      for (let at = 0; at < data.length; at++) {
        const slope = (await lossWith(name, at, distance)) - (await lossWith(name, at, -distance));
        squares += (slope / (2 * distance)) ** 2;
      }
  return Math.sqrt(squares);
}
