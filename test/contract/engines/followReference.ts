/** Has an engine take each step of a reference from the reference's own state, and measures how far its gradients are off. */
import { join } from 'node:path';
import { diskFiles } from '../../../electron/files/fileSystem';
import { writeSafetensors } from '../../../electron/files/safetensors';
import { targetTensors } from '../../../electron/services/export/targetTensors';
import { standardControls, type Engine, type Runner, type Step } from '../../../electron/trainer/engines/engine';
import { tensorReader } from '../../../electron/trainer/tensorReader';
import { weightPlaces } from '../../../shared/ir/weightPlaces';
import { batchSize, type Reference, type ReferenceStep } from './reference';

/** By the name of the weight in PyTorch: the distance at each step, ‖a−b‖ ÷ (‖b‖ + 1e-2·‖all gradients‖). */
export interface Distances {
  gradients: ReadonlyMap<string, readonly number[]>;
  /** |a−b| ÷ max(1, |b|). */
  losses: readonly number[];
  /** The losses themselves of steps that go on from each other, from the reference's first state. */
  free: readonly number[];
}

export async function followReference(engine: Engine, reference: Reference, work: string): Promise<Distances> {
  const { program, weights } = reference;
  const shapes = new Map(weightPlaces(program).map(({ key, spec }) => [key, spec.shape]));
  const gradients = new Map<string, number[]>();
  const losses: number[] = [];
  const runner = await open(engine, reference);
  try {
    for (const [index, step] of reference.steps.entries()) {
      await loadState(runner, step, work);
      const found = await runner.gradients(stepAt(index, reference));
      losses.push(Math.abs(found.loss - step.loss) / Math.max(1, Math.abs(step.loss)));
      const theirs = targetTensors(weights, (key) => {
        const data = found.gradients.get(key);
        return data && { shape: shapes.get(key) as readonly number[], data };
      });
      for (const [name, distance] of distances(step, theirs))
        gradients.set(name, [...(gradients.get(name) ?? []), distance]);
    }
    return { gradients, losses, free: await trainFreely(runner, reference, work) };
  } finally {
    await runner.close();
  }
}

/** Losses of steps that go on from each other, from the reference's first state. */
async function trainFreely(runner: Runner, reference: Reference, work: string): Promise<number[]> {
  const { optimizer, clipNorm } = reference.program.training;
  const rate = Number(optimizer.params.learningRate);
  await loadState(runner, reference.steps[0] as ReferenceStep, work);
  const losses: number[] = [];
  for (const index of reference.steps.keys()) {
    const step = { ...stepAt(index, reference), controls: Float32Array.of(rate, clipNorm ?? 0, index + 1) };
    const { columns } = await runner.submit([step], { aborted: false });
    losses.push(columns.scalars[columns.scalarNames.indexOf('loss')] ?? NaN);
  }
  return losses;
}

function open(engine: Engine, reference: Reference): Promise<Runner> {
  const data = tensorReader(reference.name, reference.samples);
  return engine.open(reference.program, { data, controls: standardControls, ratioEvery: 0, telemetry: true });
}

async function loadState(runner: Runner, { state }: ReferenceStep, work: string): Promise<void> {
  const file = join(work, 'state.safetensors');
  writeSafetensors(diskFiles, file, { metadata: {}, tensors: state });
  await runner.load(file, { partial: true });
}

function stepAt(index: number, reference: Reference): Step {
  const first = (index * batchSize) % countOf(reference);
  const rows = Uint32Array.from({ length: batchSize }, (_, at) => first + at);
  return { index, microBatches: [rows], controls: Float32Array.of(0, 0, index + 1) };
}

function distances(
  { gradients }: ReferenceStep,
  theirs: ReadonlyMap<string, { data: Float32Array }>,
): [string, number][] {
  const all = Math.sqrt([...gradients.values()].reduce((sum, { data }) => sum + normOf(data as Float64Array) ** 2, 0));
  return [...gradients].map(([name, { data }]) => {
    const expected = data as Float64Array;
    const found = theirs.get(name)?.data ?? new Float32Array(expected.length);
    const off = normOf(expected.map((value, at) => value - (found[at] ?? NaN)));
    return [name, off / Math.max(1e-30, normOf(expected) + 1e-2 * all)];
  });
}

function normOf(values: ArrayLike<number>): number {
  let sum = 0;
  for (let at = 0; at < values.length; at += 1) sum += (values[at] as number) ** 2;
  return Math.sqrt(sum);
}

function countOf({ samples }: Reference): number {
  return Math.min(...[...samples.values()].map(({ shape }) => shape[0] ?? 0));
}
