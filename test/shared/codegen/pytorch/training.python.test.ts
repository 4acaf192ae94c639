/** Losses, metrics, schedules and optimizers of the exported scripts give the numbers of the engine. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import { learningRateAt } from '../../../../electron/trainer/loop/stepControls';
import { textOf } from '../../../../shared/codegen/sourceFile';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram, Head } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf, sizesOf, type Numbers } from '../../../contract/harness/exampleCase';
import { withAxes } from '../programNumbers';
import { headPrograms, trainingPrograms } from '../tfjs/programsToExport';
import { imageHeads } from './imageHeads';
import { pytorchFolder } from './pytorchFolder';
import { python } from './pytorchPython';

const root = mkdtempSync(join(tmpdir(), 'netloom-pytorch-training-'));
afterAll(() => rmSync(root, { recursive: true }));

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('cpu');
});

interface Found {
  measures: Record<string, number>;
  gradients: number[][];
  rates: number[];
  updated: Record<string, number[]>;
}

const batch = 4;
const updates = 7;
/** Rises, stalls, falls and rises again; as an accuracy and as a loss. */
const history = [0.5, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.6, 0.7, 0.7, 0.5, 0.5, 0.5];

function run(programs: readonly CheckedProgram[], judged: readonly Judged[] = []): Promise<Found[]> {
  const jobs = programs.map((program, at) => {
    const folder = mkdtempSync(join(root, 'design-'));
    mkdirSync(folder, { recursive: true });
    const exported = pytorchFolder(program);
    for (const file of exported.files) writeFileSync(join(folder, file.path), textOf(file));
    const { outputs = [], targets = [] } = judged[at] ?? {};
    return {
      folder,
      maker: exported.maker,
      outputs,
      targets,
      updates,
      history: history.slice(0, program.training.epochs),
    };
  });
  return python([join(__dirname, 'run_training.py')], jobs).then((text) => JSON.parse(text) as Found[]);
}

interface Judged {
  outputs: Numbers[];
  targets: Numbers[];
}

describe('in an exported script', () => {
  it('every loss, with its gradient, and every metric are those of the engine', async () => {
    const cases = [...headPrograms(), ...imageHeads()];
    const drawn = cases.map(({ program }) => drawnFor(program));
    const placed = cases.map(({ program }, at) => {
      const { axes } = pytorchFolder(program).outputs[0]!.layout;
      const { output, target } = drawn[at]!;
      const like = target.shape.length === output.shape.length;
      return { outputs: [withAxes(output, axes)], targets: [like ? withAxes(target, axes) : target] };
    });
    const found = await run(
      cases.map(({ program }) => program),
      placed,
    );
    for (const [at, { label, program }] of cases.entries()) {
      const { measures, gradient } = ours(program.heads[0]!, drawn[at]!);
      for (const [name, value] of Object.entries(measures))
        expect(found[at]!.measures[name], `${label}: ${name}`).toBeCloseTo(value, 5);
      const { axes } = pytorchFolder(program).outputs[0]!.layout;
      const wanted = withAxes(gradient, axes).values;
      found[at]!.gradients[0]!.forEach((value, place) => expect(value, label).toBeCloseTo(wanted[place]!, 5));
    }
  });

  it('every schedule and every optimizer does what that of the engine does', async () => {
    const cases = trainingPrograms();
    const found = await run(cases.map(({ program }) => program));
    for (const [at, { label, program }] of cases.entries()) {
      const { training } = program;
      const turned = history.map((value) => (training.monitorDirection === 'up' ? -value : value));
      found[at]!.rates.forEach((rate, step) => {
        const past = turned.slice(0, Math.floor(step / updates));
        const wanted = learningRateAt(training, { step, stepsPerEpoch: updates, history: past });
        expect(rate / wanted, `${label}: rate of update ${step}`).toBeCloseTo(1, 5);
      });
      expect(new Set(found[at]!.rates).size > 1).toBe(training.schedule.definition.type !== 'constant');
      checkUpdates(label, program, found[at]!);
    }
  });
});

interface Drawn {
  output: Numbers;
  target: Numbers;
}

/** Outputs of the head, rows of sum 1 where they are probabilities, and a target that fits. */
function drawnFor(program: CheckedProgram): Drawn {
  const head = program.heads[0]!;
  const type = program.main.nodes.find(({ id }) => id === head.path)!.outputTypes.output!;
  const shape = sizesOf(type, batch);
  const classes = shape[shape.length - 1]!;
  const unit = [...randomStream(5, 'outputs', program.name).uniform(elementsOf(shape))];
  const scores = unit.map((value) => 4 * value - 2);
  const rows = (values: number[]): number[] =>
    values.map((value, at) => {
      const start = at - (at % classes);
      return value / values.slice(start, start + classes).reduce((sum, one) => sum + one, 0);
    });
  const probabilities = head.loss.params.from === 'probabilities';
  const values = probabilities ? rows(unit.map((value) => value + 0.05)) : scores;
  const field = head.target!;
  const targetShape = [batch, ...field.shape];
  const drawn = [...randomStream(6, 'targets', program.name).uniform(elementsOf(targetShape))];
  const truth = field.dtype === 'int32' ? drawn.map((value) => Math.floor(value * 3)) : drawn;
  return {
    output: { shape, dtype: 'float32', values },
    target: { shape: targetShape, dtype: field.dtype, values: truth },
  };
}

function ours(
  { loss, metrics }: Head,
  { output, target }: Drawn,
): { measures: Record<string, number>; gradient: Numbers } {
  const measures: Record<string, number> = {};
  const truth = core.tensor(target.values, target.shape, target.dtype);
  const lossOf = (x: Tensor): Tensor => core.mean(loss.definition.build(core, loss.params, x, truth));
  const x = core.tensor(output.values, output.shape, 'float32');
  measures.loss = lossOf(x).dataSync()[0]!;
  const gradient = core.grad(lossOf)(x);
  for (const { definition, params } of metrics) {
    const sums = definition.build(core, params, x, truth, { type: loss.definition.type, params: loss.params });
    measures[definition.type] = definition.finish(params, Float64Array.from(sums.dataSync())).main;
  }
  return { measures, gradient: { shape: output.shape, dtype: 'float32', values: [...gradient.dataSync()] } };
}

/** The first values of a kernel, which decays where anything does, and of a bias or scale, which never does. */
function checkUpdates(label: string, program: CheckedProgram, { updated }: Found): void {
  const { weights } = pytorchFolder(program);
  const specs = new Map(weightPlaces(program).map(({ key, spec }) => [key, spec]));
  const seen = new Set<boolean>();
  for (const { name, group, twin } of weights) {
    const spec = specs.get(`${group}/${twin.ours[0]!.name}`)!;
    if (!spec.trainable) continue;
    seen.add(spec.decayed);
    const wanted = threeUpdates(program, updated[name]!.length, spec.decayed);
    updated[name]!.forEach((value, at) => expect(value, `${label}: ${name}`).toBeCloseTo(wanted[at]!, 5));
  }
  expect(seen.size).toBe(2);
}

function threeUpdates(program: CheckedProgram, count: number, decayed: boolean): number[] {
  const { definition, params } = program.training.optimizer;
  const places = Array.from({ length: count }, (_, at) => at);
  let weight: Tensor = core.tensor1d(places.map((at) => 0.5 * Math.cos(at)));
  let slots: Record<string, Tensor> = Object.fromEntries(
    definition.slots(params).map((name) => [name, core.zeros([count])]),
  );
  for (let step = 0; step < 3; step += 1) {
    const gradient = core.tensor1d(places.map((at) => Math.sin(at + step)));
    const learningRate = params.learningRate as number;
    const context = { ops: core, weight, gradient, slots, learningRate, decayed, updateIndex: step + 1 };
    ({ weight, slots } = definition.update(params, context));
  }
  return [...weight.dataSync()];
}
