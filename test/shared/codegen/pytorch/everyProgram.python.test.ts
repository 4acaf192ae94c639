/** Every example of every layer, every sample, every hand-written and every hard design: PyTorch gives what the engine gives. */
import { beforeAll, describe, expect, it } from 'vitest';
import type { StoredTensor } from '../../../../electron/files/safetensors';
import { loadBackend, type TensorLibrary } from '../../../../electron/trainer/engines/tfjs/backend';
import type { ExportedModel } from '../../../../shared/codegen/exportedModel';
import { writePytorchModel } from '../../../../shared/codegen/pytorch/writePytorchModel';
import { toTheirs, type Values } from '../../../../shared/ir/emit/transform';
import { flatten, type FlatLayer } from '../../../../shared/ir/flatten';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { Numbers } from '../../../contract/harness/exampleCase';
import { difference } from '../../../contract/harness/vectors';
import { hardDesigns } from '../hardDesigns';
import { engineOutputs, samplesOf, valuesOf, withAxes } from '../programNumbers';
import { engineStep, probeOf, stepMode } from '../programStep';
import { examplePrograms, goldenPrograms, type NamedProgram } from '../tfjs/programsToExport';
import { tiedDesigns } from './tiedDesigns';
import { runPytorch, type PytorchAnswer, type PytorchJob } from './pytorchPython';

const batch = 3;

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});

describe('in PyTorch and in the engine', () => {
  it('every example of every layer is the same', async () => {
    const examples = examplePrograms();
    expect(examples.length).toBeGreaterThan(80);
    expect(await findings(examples)).toEqual([]);
  });

  it('every sample and every hand-written design is the same', async () => {
    const designs = await goldenPrograms();
    expect(designs.length).toBeGreaterThan(12);
    expect(await findings(designs)).toEqual([]);
  });

  it('every design that is hard to carry over is the same', async () => {
    expect(await findings([...hardDesigns(), ...tiedDesigns()])).toEqual([]);
  });
});

/** What is wrong, in sentences. */
async function findings(cases: readonly NamedProgram[]): Promise<string[]> {
  const jobs = cases.map(({ program }) => jobOf(program));
  const answers = await runPytorch(jobs);
  return cases.flatMap(({ label }, at) => judged(jobs[at]!, answers[at]!).map((wrong) => `${label}: ${wrong}`));
}

function jobOf(program: CheckedProgram): PytorchJob {
  const model = written(program);
  const samples = samplesOf(program, batch);
  const values = valuesOf(program);
  const outputs = engineOutputs(core, program, values, samples);
  return {
    model,
    program,
    values,
    samples: model.inputs.map(({ path, layout }) => withAxes(samples.get(path)!, layout.axes)),
    probes: model.outputs.map(({ path, layout }) => {
      const { shape } = outputs.get(path)!;
      return withAxes({ shape, dtype: 'float32', values: [...probeOf(path, shape)] }, layout.axes);
    }),
    training: stepMode(program) === 'train',
  };
}

/** The module alone: the loss of examples has no twin. */
function written(program: CheckedProgram): ExportedModel {
  const model = writePytorchModel(program);
  if ('obstacles' in model) throw new Error(JSON.stringify(model.obstacles));
  return model;
}

function judged(job: PytorchJob, answer: PytorchAnswer): string[] {
  if ('error' in answer) return [answer.error];
  const { found } = answer;
  const { model, program, values } = job;
  const samples = samplesOf(program, batch);
  const outputs = engineOutputs(core, program, values, samples);
  const step = engineStep(core, { program, values, samples });
  const ofOutputs = model.outputs.flatMap(({ path, name, layout }, at) =>
    complaint(`the output ${name}`, found.get(`outputs/${at}`), withAxes(outputs.get(path)!, layout.axes)),
  );
  const ofWeights = model.weights.flatMap(({ name, group, twin }) =>
    (['gradients', 'after'] as const).flatMap((kind) => {
      const ours = (part: string): Values | undefined => step[kind].get(`${group}/${part}`);
      if (twin.ours.some((part) => ours(part.name) === undefined)) return [];
      const { shape, data } = toTheirs(twin, (part) => statistics(part, group, ours(part)!, job));
      const wanted: Numbers = { shape: [...shape], dtype: 'float32', values: [...data] };
      return complaint(`${kind} of ${name}`, found.get(`${kind}/${name}`), wanted);
    }),
  );
  return [...namesAndShapes(job, found), ...ofOutputs, ...ofWeights];
}

/** PyTorch divides a running variance by one less than the number of values; the share that is new is so much larger. */
function statistics(name: string, group: string, ours: Values, { program, values, training }: PytorchJob): Values {
  if (!training || name !== 'movingVariance') return ours;
  const uses = flatten(program).filter((layer) => layer.group === group);
  const [{ layer }] = uses as [FlatLayer];
  const { dims } = Object.values(layer.inputTypes)[0]!;
  const count = dims.slice(1, -1).reduce((product, { size }) => product * Number(size), batch);
  const kept = Number(layer.params.momentum) ** uses.length;
  const before = values(group, name).data;
  const data = ours.data.map((value, at) => kept * before[at]! + ((value - kept * before[at]!) * count) / (count - 1));
  return { shape: ours.shape, data };
}

function complaint(what: string, received: StoredTensor | undefined, wanted: Numbers): string[] {
  if (!received) return [`${what} is missing`];
  const { shape, data } = received;
  const values = Array.from(data, Number);
  const found = difference({ shape: [...shape], dtype: 'float32', values }, wanted);
  return found === null ? [] : [`${what} ${found}`];
}

/** What a new model holds is what the weight map says, no more and no less. */
function namesAndShapes({ model, values }: PytorchJob, found: ReadonlyMap<string, StoredTensor>): string[] {
  const first = [...found].filter(([name]) => name.startsWith('first/'));
  const held = first.map(([name, { shape }]) => `${name.slice('first/'.length)} [${shape.join()}]`);
  const said = [
    ...model.weights.map(({ name, group, twin }) => {
      const { shape } = toTheirs(twin, (part) => values(group, part));
      return `${name} [${shape.join()}]`;
    }),
    ...model.constants.map(({ name, shape }) => `${name} [${shape.join()}]`),
  ];
  const [odd] = [...held.filter((each) => !said.includes(each)), ...said.filter((each) => !held.includes(each))];
  return odd === undefined && held.length === said.length ? [] : [`${odd ?? 'a weight'} is not on both sides`];
}
