/** The other side of a verification: what a folder's runner is handed, by the names and in the layouts of its target. */
import { join } from 'node:path';
import type { ExportFolder, ExportTarget } from '../../../shared/codegen/exportTarget';
import { code } from '../../../shared/ir/emit/code';
import type { OptimizerCode } from '../../../shared/ir/emit/trainingEmission';
import { applySteps, permute, type Values } from '../../../shared/ir/emit/transform';
import type { CheckedProgram } from '../../../shared/ir/program';
import { diskFiles } from '../../files/fileSystem';
import { writeSafetensors, type StoredTensor } from '../../files/safetensors';
import { enoughValues } from './spreadCheck';
import { asStored, targetTensors } from './targetTensors';
import { canTrain, rateOf, type Reference, type Verification } from './verifyReference';
import { batches, batchSize } from './verifySamples';

/** As `python/verify/job.py` reads it. */
export interface JobExport {
  folder: string;
  ours: string;
  theirs: string;
  maker: string;
  weights: string;
  inputs: readonly string[];
  outputs: readonly string[];
  batchSize: number;
  steps: number;
  learningRate: number;
  clipNorm: number;
  freshModels: number;
  slots: Readonly<Record<string, string>>;
  constants: readonly string[];
}

export interface Exporting {
  folder: string;
  target: ExportTarget;
  model: ExportFolder;
}

export function writeJob(
  { folder, target, model }: Exporting,
  verification: Verification,
  reference: Reference,
  work: string,
): JobExport {
  const { program, moved } = verification;
  const steps = target.trains && canTrain(program) ? batches : 0;
  const tensors = sampleTensors(model, verification);
  const add = (start: string, values: ReadonlyMap<string, Values>): void => {
    for (const [name, value] of values) tensors.set(start + name, asStored(value));
  };
  add(
    'weights/0/',
    targetTensors(model.weights, (key) => moved.get(key)),
  );
  for (let step = 0; step < steps; step += 1) {
    const before = (key: string): Values | undefined => valuesOf(reference, `after/${step - 1}/weights/${key}`);
    if (step > 0) add(`weights/${step}/`, targetTensors(model.weights, before));
    add(
      `gradients/${step}/`,
      targetTensors(model.weights, (key) => valuesOf(reference, `gradients/${step}/${key}`)),
    );
  }
  const ours = join(work, 'ours.safetensors');
  writeSafetensors(diskFiles, ours, { metadata: {}, tensors });
  const slots = slotsOf(program, target);
  return {
    ...{ folder, ours, theirs: join(work, 'theirs.safetensors'), maker: model.maker },
    weights: target.weights.format === 'inside' ? '' : target.weights.file,
    inputs: model.inputs.map(({ name }) => name),
    outputs: model.outputs.map(({ name }) => name),
    ...{ batchSize, steps, learningRate: rateOf(program), clipNorm: program.training.clipNorm ?? 0 },
    freshModels: target.trains ? freshModels(model, moved) : 0,
    slots: Object.fromEntries(Object.entries(slots).map(([own, { theirs }]) => [theirs, own])),
    constants: model.constants.map(({ name }) => name),
  };
}

/** Inputs and targets in the order and the layouts of the target: `inputs/0`, `targets/0`. */
export function sampleTensors(
  model: Pick<ExportFolder, 'inputs' | 'outputs'>,
  { program, samples }: Pick<Verification, 'program' | 'samples'>,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  model.inputs.forEach(({ path, layout }, at) => {
    const { field } = program.feeds.find((feed) => feed.path === path) ?? { field: '' };
    tensors.set(`inputs/${at}`, placed(samples.get(field) as StoredTensor, layout.axes));
  });
  model.outputs.forEach(({ path, type, layout }, at) => {
    const target = program.heads.find((head) => head.path === path)?.target;
    const stored = target ? samples.get(target.name) : undefined;
    const like = stored?.shape.length === type.dims.length;
    if (stored) tensors.set(`targets/${at}`, like ? placed(stored, layout.axes) : stored);
  });
  return tensors;
}

/** As many new models as make the smallest weight large enough to judge its spread within the bound, within reason. */
function freshModels({ weights }: ExportFolder, values: ReadonlyMap<string, Values>): number {
  const sizes = weights.flatMap(({ group, twin }) =>
    twin.ours.map(({ name }) => values.get(`${group}/${name}`)?.data.length ?? 0),
  );
  const all = sizes.reduce((sum, size) => sum + size, 0);
  const smallest = Math.max(1, Math.min(...sizes.filter((size) => size > 1)));
  return Math.max(1, Math.min(32, Math.ceil(enoughValues / smallest), Math.ceil(20_000_000 / Math.max(1, all))));
}

/** Our optimizer's state by the target's names. */
export function slotsOf({ training }: CheckedProgram, { target }: ExportTarget): OptimizerCode['slots'] {
  const { definition, params } = training.optimizer;
  if (target === 'onnx') return {};
  const emit = definition.emit?.[target];
  const emitted = emit?.({ params: params, parameters: code`parameters`, learningRate: code`rate` });
  return emitted && 'slots' in emitted ? emitted.slots : {};
}

export function valuesOf(tensors: ReadonlyMap<string, StoredTensor>, name: string): Values | undefined {
  const stored = tensors.get(name);
  return stored && { shape: stored.shape, data: stored.data as Float32Array };
}

/** The axes as the target has them; whole numbers keep their type. */
function placed(stored: StoredTensor, axes: readonly number[]): StoredTensor {
  const moves = axes.some((axis, at) => axis !== at);
  if (!moves) return stored;
  const { shape, data } = applySteps([permute(axes)], {
    shape: stored.shape,
    data: Float32Array.from(stored.data as Float32Array),
  });
  return { dtype: stored.dtype, shape, data: stored.dtype === 'I32' ? Int32Array.from(data) : data };
}
