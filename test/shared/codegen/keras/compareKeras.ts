/** Compares programs in Keras with the engine: weights by name, outputs, and a step's gradients and statistics. */
import { createPlan, forward } from '../../../../electron/trainer/engines/tfjs/executor';
import { gradientsOf } from '../../../../electron/trainer/engines/tfjs/gradientsOf';
import { createParameters } from '../../../../electron/trainer/engines/tfjs/parameters';
import type { TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import type { ExportedModel } from '../../../../shared/codegen/exportedModel';
import { writeKerasModel } from '../../../../shared/codegen/keras/kerasTarget';
import { toTheirs, type Values } from '../../../../shared/ir/emit/transform';
import { flatten } from '../../../../shared/ir/flatten';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf, type Numbers } from '../../../contract/harness/exampleCase';
import { read } from '../../../contract/harness/runLayer';
import { difference } from '../../../contract/harness/vectors';
import { engineOutputs, samplesOf, valuesOf } from '../programNumbers';
import { runKeras, type KerasAnswer, type KerasJob } from './kerasPython';

export interface KerasCase {
  label: string;
  program: CheckedProgram;
}

const batch = 3;

/** What is wrong, in sentences. */
export async function findings(core: TensorLibrary, cases: readonly KerasCase[]): Promise<string[]> {
  const jobs = cases.map(({ program }) => jobOf(core, program));
  const answers = await runKeras(jobs);
  return cases.flatMap(({ label }, at) => judged(core, jobs[at]!, answers[at]!).map((wrong) => `${label}: ${wrong}`));
}

function jobOf(core: TensorLibrary, program: CheckedProgram): KerasJob {
  const model = written(program);
  const samples = samplesOf(program, batch);
  const values = valuesOf(program);
  const outputs = engineOutputs(core, program, values, samples);
  const only = model.outputs.length === 1;
  const probes = model.outputs.map(({ path, name }): [string, Numbers] => {
    const { shape } = outputs.get(path)!;
    return [only ? '' : name, { shape, dtype: 'float32', values: [...probeOf(path, shape)] }];
  });
  return {
    model,
    program,
    values,
    samples: Object.fromEntries(model.inputs.map(({ path, name }) => [name, samples.get(path)!])),
    probes: Object.fromEntries(probes),
    training: !flatten(program).some(({ layer }) => Number(layer.params.rate ?? layer.params.dropout ?? 0) > 0),
  };
}

function written(program: CheckedProgram): ExportedModel {
  const result = writeKerasModel(program);
  if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
  return result;
}

function probeOf(path: string, shape: readonly number[]): Float32Array {
  return randomStream(3, 'probe', path)
    .uniform(elementsOf(shape))
    .map((value) => value - 0.5);
}

function judged(core: TensorLibrary, job: KerasJob, answer: KerasAnswer): string[] {
  if ('error' in answer) return [answer.error];
  const { results } = answer;
  const { model, program } = job;
  const names = Object.keys(results).filter((name) => name.startsWith('first/'));
  const known = model.weights.map(({ name }) => `first/${name}`);
  if (names.sort().join() !== known.sort().join()) return [`its weights are ${names.join(', ')}`];
  const only = model.outputs.length === 1;
  const outputs = engineOutputs(core, program, job.values, samplesOf(program, batch));
  const step = engineStep(core, job);
  const compared = model.outputs.map(({ path, name }) => {
    const found = difference(results[`outputs/${only ? '' : name}`]!, outputs.get(path)!);
    return found === null ? [] : [`the output ${name} ${found}`];
  });
  const ofWeights = model.weights.flatMap(({ name, group, twin }) =>
    (['gradients', 'after'] as const).flatMap((kind) => {
      const ours = (part: string): Values | undefined => step[kind].get(`${group}/${part}`);
      if (twin.ours.some((part) => ours(part.name) === undefined)) return [];
      const { shape, data } = toTheirs(twin, (part) => ours(part)!);
      const received = results[`${kind}/${name}`];
      if (!received) return [`${kind} of ${name} is missing`];
      const found = difference(received, { shape: [...shape], dtype: 'float32', values: [...data] });
      return found === null ? [] : [`${kind} of ${name} ${found}`];
    }),
  );
  return [...compared.flat(), ...ofWeights];
}

/** Gradients of the outputs times their probes, and what running statistics become, by weight key. */
function engineStep(
  core: TensorLibrary,
  { program, values, training }: KerasJob,
): Record<'gradients' | 'after', Map<string, Values>> {
  const parameters = createParameters(core, program);
  for (const parameter of parameters.list) {
    const { shape, data } = values(parameter.group, parameter.name);
    parameters.replaceWeight(parameter, core.tensor(data, [...shape], 'float32'));
  }
  const found = { gradients: new Map<string, Values>(), after: new Map<string, Values>() };
  const updates = new Map<string, Tensor>();
  core.tidy(() => {
    const inputs = new Map<string, Tensor>(
      [...samplesOf(program, batch)].map(([path, { values: given, shape, dtype }]) => [
        path,
        core.tensor(given, shape, dtype),
      ]),
    );
    const draw = { seed: 1, step: 0, microBatch: 0 };
    const mode = training ? 'train' : 'evaluate';
    const loss = (): Tensor => {
      const { heads } = forward(core, createPlan(program), parameters, { mode, inputs, draw, updates });
      const parts = heads.map((head, at) => {
        const probe = core.tensor(probeOf(program.heads[at]!.path, head.shape), head.shape);
        return core.sum(core.mul(head, probe));
      });
      return core.addN(parts);
    };
    const { trainable } = parameters;
    const gradients =
      trainable.length > 0
        ? gradientsOf(
            core,
            loss,
            trainable.map(({ tensor }) => tensor),
          )
        : [];
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
