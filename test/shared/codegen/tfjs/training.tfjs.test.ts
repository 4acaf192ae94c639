/** Losses, metrics, optimizers and updates of exported scripts against our own definitions of them. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram, Head } from '../../../../shared/ir/program';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf, type Numbers } from '../../../contract/harness/exampleCase';
import { read } from '../../../contract/harness/runLayer';
import { difference } from '../../../contract/harness/vectors';
import { sampleProgram } from '../../../contract/runner/sampleDesigns';
import { headPrograms, trainingPrograms } from './programsToExport';
import { runTraining, type TrainingAnswer } from './trainingProcess';

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});

const samples = 12;
const idle = { judged: null, gradients: [], batches: [] };

function random(label: string, shape: number[], whole = 0): Numbers {
  const unit = randomStream(4, label).uniform(elementsOf(shape));
  const values = [...unit.map((value) => (whole > 0 ? Math.floor(value * whole) : value))];
  return { shape, dtype: whole > 0 ? 'int32' : 'float32', values };
}

/** Scores, or rows that sum to 1; and what its target may be. */
function judgedOf(
  label: string,
  { target }: Head,
  units: number,
  probabilities: boolean,
): { output: Numbers; target: Numbers } {
  const scores = random(`${label} output`, [samples, units]);
  const rows = (values: number[]): number[] =>
    values.map((value, at) => {
      const start = at - (at % units);
      return value / values.slice(start, start + units).reduce((sum, each) => sum + each, 0);
    });
  const output = {
    ...scores,
    values: probabilities ? rows(scores.values) : scores.values.map((value) => value * 6 - 3),
  };
  const classes = target?.dtype === 'int32' ? (target.classes?.length ?? 0) : 0;
  const truth = random(`${label} target`, [samples, ...(target?.shape ?? [])], classes);
  return { output, target: truth };
}

function expectedMeasures(
  { heads }: CheckedProgram,
  judged: { output: Numbers; target: Numbers },
): Record<string, number> {
  const [head] = heads as [Head];
  const found: Record<string, number> = {};
  core.tidy(() => {
    const [output, target] = [judged.output, judged.target].map(({ values, shape, dtype }) =>
      core.tensor(values, shape, dtype),
    ) as [Tensor, Tensor];
    const { definition, params } = head.loss;
    found.loss = core.mean(definition.build(core, params as never, output, target)).dataSync()[0]!;
    const loss = { type: definition.type, params };
    for (const metric of head.metrics) {
      const sums = metric.definition.build(core, metric.params, output, target, loss);
      found[metric.definition.type] = metric.definition.finish(metric.params, Float64Array.from(sums.dataSync())).main;
    }
  });
  return found;
}

/** From the entries of a matrix of parts, as the script's own last step does. */
function macroF1(matrix: number[]): number {
  const classes = Math.sqrt(matrix.length);
  const sum = (values: number[]): number => values.reduce((total, value) => total + value, 0);
  const each = Array.from({ length: classes }, (_, own) => {
    const row = sum(matrix.slice(own * classes, (own + 1) * classes));
    const column = sum(matrix.filter((_value, at) => at % classes === own));
    return row + column === 0 ? 0 : (2 * matrix[own * classes + own]!) / (row + column);
  });
  return sum(each) / classes;
}

describe('in exported scripts', () => {
  it('losses and metrics are ours', async () => {
    const programs = headPrograms();
    const jobs = programs.map(({ label, program }) => {
      const units = program.main.nodes.find(({ id }) => id === 'scores')!.outputTypes.output!.dims[1]!.size as number;
      const probabilities = program.main.nodes.some(({ id }) => id === 'parts');
      return { ...idle, program, judged: judgedOf(label, program.heads[0]!, units, probabilities) };
    });
    const answers = await runTraining(jobs);
    jobs.forEach(({ program, judged }, at) => {
      const { measures } = answers[at]!;
      const expected = expectedMeasures(program, judged);
      expect(Object.keys(measures).sort(), programs[at]!.label).toEqual(Object.keys(expected).sort());
      for (const [name, value] of Object.entries(expected)) {
        const { values } = measures[name]!;
        const received = name === 'confusionMatrix' ? macroF1(values) : values[0]!;
        expect(received, `${name} of ${programs[at]!.label}`).toBeCloseTo(value, 5);
      }
    });
  });

  it('optimizers move weights as ours do, three steps long', async () => {
    const programs = trainingPrograms();
    const answers = await runTraining(programs.map(({ program }) => ({ ...idle, program, gradients: [1, 2, 3] })));
    const wrong = programs.flatMap(({ label, program }, at) =>
      judgeSteps(program, answers[at]!).map((what) => `${label}: ${what}`),
    );
    expect(wrong).toEqual([]);
  });

  it('an update clips all gradients together and weighs micro-batches by their samples', async () => {
    const change = { optimizer: { type: 'sgd', learningRate: 0.5 }, clipNorm: 0.05 };
    const batchOf = (size: number): TrainingBatch => ({
      size,
      inputs: [random(`image ${size}`, [size, 8, 8, 1])],
      targets: [random(`label ${size}`, [size], 10)],
    });
    const jobs = [
      { program: sampleProgram('digits-mlp', change), batches: [batchOf(6)] },
      { program: sampleProgram('digits-mlp', { ...change, accumulate: 2 }), batches: [batchOf(6), batchOf(2)] },
      {
        program: sampleProgram('digits-mlp', { ...change, clipNorm: null, accumulate: 2 }),
        batches: [batchOf(6), batchOf(2)],
      },
    ];
    const answers = await runTraining(jobs.map((job) => ({ ...idle, ...job })));
    jobs.forEach(({ program, batches }, at) => {
      const { before, gradients, after } = answers[at]!;
      const all = batches.reduce((sum, { size }) => sum + size, 0);
      const mean = (name: string, entry: number): number =>
        gradients.reduce((sum, each, part) => sum + (each[name]!.values[entry]! * batches[part]!.size) / all, 0);
      const names = Object.keys(before);
      const squares = names.flatMap((name) => before[name]!.values.map((_, entry) => mean(name, entry) ** 2));
      const norm = Math.sqrt(squares.reduce((sum, value) => sum + value, 0));
      const { clipNorm } = program.training;
      const factor = clipNorm === null ? 1 : Math.min(1, clipNorm / (norm + 1e-6));
      if (clipNorm !== null) expect(norm, 'there is something to clip').toBeGreaterThan(clipNorm);
      for (const name of names) {
        const values = before[name]!.values.map((value, entry) => value - 0.5 * factor * mean(name, entry));
        expect(difference(after[name]!, { ...before[name]!, values }), name).toBeNull();
      }
    });
  });
});

type TrainingBatch = Parameters<typeof runTraining>[0][number]['batches'][number];

/** Where the weights of the script leave those that our definition gives from the same gradients. */
function judgeSteps({ training }: CheckedProgram, { before, weights }: TrainingAnswer): string[] {
  const { definition, params } = training.optimizer;
  return Object.entries(before).flatMap(([name, start]) => {
    const decayed = /kernel$/.test(name);
    const slots: Record<string, Numbers> = Object.fromEntries(
      definition.slots(params as never).map((slot) => [slot, { ...start, values: start.values.map(() => 0) }]),
    );
    let current = start;
    return weights.flatMap((after, step) => {
      core.tidy(() => {
        const tensor = ({ values, shape }: Numbers): Tensor => core.tensor(values, shape, 'float32');
        const gradient = { ...start, values: start.values.map((_, at) => Math.sin(at * 1.7 + step + 1) * 0.5) };
        const context = {
          ops: core,
          weight: tensor(current),
          gradient: tensor(gradient),
          decayed,
          updateIndex: step + 1,
        };
        const given = Object.fromEntries(Object.entries(slots).map(([slot, values]) => [slot, tensor(values)]));
        const learningRate = params.learningRate as number;
        const moved = definition.update(params, { ...context, slots: given, learningRate });
        current = read(moved.weight);
        for (const [slot, values] of Object.entries(moved.slots)) slots[slot] = read(values);
      });
      const found = difference(after[name]!, current);
      return found === null ? [] : [`${name} after step ${step + 1} ${found}`];
    });
  });
}
