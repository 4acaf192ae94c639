/** Trains the first epoch of a design on wasm, batch by batch as the trainer does, and tells its numbers exactly. */
import type { SampleReader } from '../../electron/files/sampleReader';
import { standardControls, type Runner, type Step } from '../../electron/trainer/engines/engine';
import { loadEngine } from '../../electron/trainer/engines/engines';
import { epochBatches } from '../../electron/trainer/loop/epochBatches';
import { judge } from '../../electron/trainer/loop/evaluatePart';
import { stepControls } from '../../electron/trainer/loop/stepControls';
import type { CheckedProgram } from '../../shared/ir/program';
import type { MetricColumns } from '../../shared/training/events';
import { madeUpSamples } from '../contract/runner/sampleDesigns';
import type { GoldenDesign } from './goldenDesigns';
import { writeLines } from './writeLines';

const shownSteps = 12;
const madeUp = 1600;

/** Numbers of the steps are float32, written out in full; those of the validation are float64. */
export async function trainGolden({ program, data }: GoldenDesign): Promise<string> {
  const samples: SampleReader = data ?? madeUpSamples(program, madeUp);
  const engine = await loadEngine('wasm');
  const runner = await engine.open(program, {
    data: samples,
    controls: standardControls,
    ratioEvery: 0,
    telemetry: true,
  });
  try {
    const steps = firstEpoch(program, samples);
    const shown = await submitted(runner, steps.slice(0, shownSteps));
    await submitted(runner, steps.slice(shownSteps));
    return writeLines({
      data: data ? data.prepared.source : `${madeUp} made-up samples`,
      groups: runner.groups.map(({ path }) => path),
      scalars: runner.scalarNames,
      steps: rows(shown),
      stepsOfEpoch: steps.length,
      validation: await validated(runner, program, samples),
    });
  } finally {
    await runner.close();
  }
}

function firstEpoch({ training: plan }: CheckedProgram, samples: SampleReader): Step[] {
  const batches = epochBatches(samples.count('train'), plan, 0);
  return Array.from({ length: batches.length }, (_, index) => ({
    index,
    microBatches: batches.microBatches(index),
    controls: stepControls(plan, { step: index, stepsPerEpoch: batches.length, history: [] }),
  }));
}

async function submitted(runner: Runner, steps: readonly Step[]): Promise<MetricColumns | null> {
  if (steps.length === 0) return null;
  const { columns, stoppedAt, reason } = await runner.submit(steps, { aborted: false });
  if (stoppedAt !== undefined) throw new Error(`step ${stoppedAt} ended training: ${reason ?? ''}`);
  return columns;
}

function rows(columns: MetricColumns | null): unknown[] {
  if (!columns) return [];
  const { scalars, scalarNames, gradientNorms, groupNames } = columns;
  const row = (values: Float32Array, width: number, at: number): number[] => [
    ...values.subarray(at * width, (at + 1) * width),
  ];
  return Array.from({ length: columns.steps }, (_, at) => ({
    scalars: row(scalars, scalarNames.length, at),
    gradientNorms: row(gradientNorms, groupNames.length, at),
  }));
}

async function validated(runner: Runner, program: CheckedProgram, samples: SampleReader): Promise<unknown> {
  const every = Uint32Array.from({ length: samples.count('validation') }, (_, index) => index);
  const found = await runner.evaluate(every, { part: 'validation', full: true }, { aborted: false });
  return judge(program.heads, found).measures;
}
