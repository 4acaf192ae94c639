/** Every example of every layer, every sample and every hand-written design: TensorFlow.js gives what the engine gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { toTheirs, type Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { library } from '../../../../shared/library';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { difference } from '../../../contract/harness/vectors';
import { hardDesigns } from '../hardDesigns';
import { engineOutputs, samplesOf, valuesOf } from '../programNumbers';
import { engineStep, probeOf, stepMode } from '../programStep';
import { exportTfjs } from './exportedFolder';
import { examplePrograms, goldenPrograms, type NamedProgram } from './programsToExport';
import { runModels, type ModelAnswer, type ModelJob } from './tfjsProcess';

interface Case extends NamedProgram {
  /** The same, run in another order: by which statistics of a shared layer may follow its uses. */
  reordered?: CheckedProgram;
}

const batch = 3;

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});

describe('in TensorFlow.js and in the engine', () => {
  it('every example of every layer is the same', async () => {
    const examples = examplePrograms();
    expect(examples.length).toBeGreaterThan(80);
    expect(await findings(examples)).toEqual([]);
  });

  it('every sample and every hand-written design is the same', async () => {
    const designs = await goldenPrograms();
    expect(designs.length).toBeGreaterThan(12);
    const cases = designs.map((design) =>
      design.label === 'shared-weights' ? { ...design, reordered: rightFirst() } : design,
    );
    expect(await findings(cases)).toEqual([]);
  });

  it('every design that is hard to carry over is the same', async () => {
    expect(await findings(hardDesigns())).toEqual([]);
  });
});

/** TensorFlow.js runs the last input of a merging layer first. */
function rightFirst(): CheckedProgram {
  const file = join(__dirname, '..', '..', '..', 'golden', 'shared-weights', 'design.netloom');
  const design = designSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  const late = ['left', 'a', 'both', 'scores', 'digit'];
  const place = ({ id }: { id: string }): number => late.indexOf(id);
  const nodes = [...design.nodes].sort((one, other) => place(one) - place(other));
  const { program } = compile({ ...design, nodes }, library);
  if (!program) throw new Error('the reordered design does not compile');
  return program;
}

/** What is wrong, in sentences. */
async function findings(cases: readonly Case[]): Promise<string[]> {
  const jobs = cases.map(({ program }) => jobOf(program));
  const answers = await runModels(jobs);
  return cases.flatMap(({ label, reordered }, at) =>
    judged(jobs[at]!, answers[at]!, reordered).map((wrong) => `${label}: ${wrong}`),
  );
}

function jobOf(program: CheckedProgram): ModelJob {
  const model = exportTfjs(program);
  const samples = samplesOf(program, batch);
  const values = valuesOf(program);
  const outputs = engineOutputs(core, program, values, samples);
  const probes = model.outputs.map(({ path }): Numbers => {
    const { shape } = outputs.get(path)!;
    return { shape, dtype: 'float32', values: [...probeOf(path, shape)] };
  });
  const training = stepMode(program) === 'train';
  return { model, program, values, inputs: model.inputs.map(({ path }) => samples.get(path)!), probes, training };
}

function judged(job: ModelJob, answer: ModelAnswer, reordered = job.program): string[] {
  if ('error' in answer) return [answer.error];
  const { results } = answer;
  const { model, program, values } = job;
  const known = model.weights.map(({ name }) => `after/${name}`).sort();
  const names = Object.keys(results).filter((name) => name.startsWith('after/'));
  if (names.sort().join() !== known.join()) return [`its weights are ${names.join(', ')}`];
  const outputs = engineOutputs(core, program, values, samplesOf(program, batch));
  const compared = model.outputs.flatMap(({ path }, at) => {
    const found = difference(results[`outputs/${at}`]!, outputs.get(path)!);
    return found === null ? [] : [`the output ${path} ${found}`];
  });
  return [...compared, ...judgedStep({ ...job, program: reordered }, results)];
}

/** Statistics entry for entry; gradients by the length of what differs, against that of all gradients together. */
function judgedStep({ model, program, ...job }: ModelJob, results: Record<string, Numbers>): string[] {
  const step = engineStep(core, { program, values: job.values, samples: samplesOf(program, batch) });
  const whole = Math.sqrt([...step.gradients.values()].reduce((sum, { data }) => sum + squares(data), 0));
  return model.weights.flatMap(({ name, twin, group }) => {
    const theirs = (kind: 'gradients' | 'after'): Values | null => {
      const ours = (part: string): Values | undefined => step[kind].get(`${group}/${part}`);
      return twin.ours.some((part) => ours(part.name) === undefined) ? null : toTheirs(twin, (part) => ours(part)!);
    };
    const after = theirs('after')!;
    const moved = difference(results[`after/${name}`]!, { ...numbers(after) });
    const gradient = theirs('gradients');
    const received = results[`gradients/${name}`];
    if (gradient && !received) return [`the gradient of ${name} is missing`];
    const wrong = gradient
      ? distance(received!.values, gradient.data) / (Math.sqrt(squares(gradient.data)) + 0.01 * whole)
      : 0;
    return [
      ...(moved === null ? [] : [`${name} after the step ${moved}`]),
      ...(wrong <= 1e-3 || whole === 0 ? [] : [`the gradient of ${name} differs by ${wrong.toPrecision(3)}`]),
    ];
  });
}

function numbers({ shape, data }: Values): Numbers {
  return { shape: [...shape], dtype: 'float32', values: [...data] };
}

function squares(values: ArrayLike<number>): number {
  return Array.from(values).reduce((sum, value) => sum + value * value, 0);
}

function distance(a: readonly number[], b: ArrayLike<number>): number {
  return Math.sqrt(squares(a.map((value, at) => value - b[at]!)));
}
