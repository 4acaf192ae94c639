/** Every example of every layer, every sample and every hand-written design: TensorFlow.js gives what the engine gives. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import { createPlan, forward } from '../../../../electron/trainer/engines/tfjs/executor';
import { gradientsOf } from '../../../../electron/trainer/engines/tfjs/gradientsOf';
import { createParameters } from '../../../../electron/trainer/engines/tfjs/parameters';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { toTheirs, type Values } from '../../../../shared/ir/emit/transform';
import { flatten } from '../../../../shared/ir/flatten';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { library } from '../../../../shared/library';
import { layerRegistry } from '../../../../shared/layers/registry';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf, type Numbers } from '../../../contract/harness/exampleCase';
import { read } from '../../../contract/harness/runLayer';
import { difference } from '../../../contract/harness/vectors';
import { goldenNames, openGolden } from '../../../golden/goldenDesigns';
import { exampleProgram } from '../exampleProgram';
import { engineOutputs, samplesOf, valuesOf } from '../programNumbers';
import { exportTfjs } from './exportedFolder';
import { runModels, type ModelAnswer, type ModelJob } from './tfjsProcess';

interface Case {
  label: string;
  program: CheckedProgram;
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
    const examples = layerRegistry.list.flatMap((definition) =>
      definition.examples.map((example) => ({
        label: `${definition.type}: ${example.name}`,
        program: exampleProgram(definition, example),
      })),
    );
    expect(examples.length).toBeGreaterThan(80);
    expect(await findings(examples)).toEqual([]);
  });

  it('every sample and every hand-written design is the same', async () => {
    const designs: Case[] = [];
    for (const label of goldenNames) {
      const { program, data } = await openGolden(label);
      data?.close();
      designs.push({ label, program, ...(label === 'shared-weights' && { reordered: rightFirst() }) });
    }
    expect(designs.length).toBeGreaterThan(12);
    expect(await findings(designs)).toEqual([]);
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
  // Masks are drawn by other generators than ours: with dropout the gradients are those of evaluation.
  const training = !flatten(program).some(({ layer }) => Number(layer.params.rate ?? layer.params.dropout ?? 0) > 0);
  return { model, program, values, inputs: model.inputs.map(({ path }) => samples.get(path)!), probes, training };
}

function probeOf(path: string, shape: readonly number[]): Float32Array {
  return randomStream(3, 'probe', path)
    .uniform(elementsOf(shape))
    .map((value) => value - 0.5);
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
  const step = engineStep({ model, program, ...job });
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

/** Gradients of the outputs times their probes, and what running statistics become, by weight key. */
function engineStep({
  program,
  values,
  training,
  probes,
}: ModelJob): Record<'gradients' | 'after', Map<string, Values>> {
  const parameters = createParameters(core, program);
  for (const parameter of parameters.list) {
    const { shape, data } = values(parameter.group, parameter.name);
    parameters.replaceWeight(parameter, core.tensor(data, [...shape], 'float32'));
  }
  const found = { gradients: new Map<string, Values>(), after: new Map<string, Values>() };
  const updates = new Map<string, Tensor>();
  core.tidy(() => {
    const inputs = new Map<string, Tensor>(
      [...samplesOf(program, batch)].map(([path, given]) => [
        path,
        core.tensor(given.values, given.shape, given.dtype),
      ]),
    );
    const draw = { seed: 1, step: 0, microBatch: 0 };
    const mode = training ? 'train' : 'evaluate';
    const loss = (): Tensor => {
      const { heads } = forward(core, createPlan(program), parameters, { mode, inputs, draw, updates });
      return core.addN(heads.map((head, at) => core.sum(core.mul(head, core.tensor(probes[at]!.values, head.shape)))));
    };
    const { trainable } = parameters;
    const tensors = trainable.map(({ tensor }) => tensor);
    const gradients = tensors.length > 0 ? gradientsOf(core, loss, tensors) : [];
    trainable.forEach(({ key, spec }, at) => {
      const gradient = gradients[at];
      const data = gradient ? Float32Array.from(read(gradient).values) : new Float32Array(elementsOf(spec.shape));
      found.gradients.set(key, { shape: spec.shape, data });
    });
    for (const { key, group, name } of weightPlaces(program)) {
      const updated = updates.get(key);
      const data = updated ? Float32Array.from(read(updated).values) : values(group, name).data;
      found.after.set(key, { shape: values(group, name).shape, data });
    }
  });
  parameters.dispose();
  return found;
}
