/** Compares programs in Keras with the engine: weights by name, outputs, and a step's gradients and statistics. */
import type { TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import type { ExportedModel } from '../../../../shared/codegen/exportedModel';
import { writeKerasModel } from '../../../../shared/codegen/keras/kerasTarget';
import { toTheirs, type Values } from '../../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { difference } from '../../../contract/harness/vectors';
import { engineOutputs, samplesOf, valuesOf } from '../programNumbers';
import { engineStep, probeOf, stepMode } from '../programStep';
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
    training: stepMode(program) === 'train',
  };
}

function written(program: CheckedProgram): ExportedModel {
  const result = writeKerasModel(program);
  if ('obstacles' in result) throw new Error(JSON.stringify(result.obstacles));
  return result;
}

function judged(core: TensorLibrary, job: KerasJob, answer: KerasAnswer): string[] {
  if ('error' in answer) return [answer.error];
  const { results } = answer;
  const { model, program } = job;
  const names = Object.keys(results).filter((name) => name.startsWith('first/'));
  const known = model.weights.map(({ name }) => `first/${name}`);
  if (names.sort().join() !== known.sort().join()) return [`its weights are ${names.join(', ')}`];
  const only = model.outputs.length === 1;
  const samples = samplesOf(program, batch);
  const outputs = engineOutputs(core, program, job.values, samples);
  const step = engineStep(core, { program, values: job.values, samples });
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
