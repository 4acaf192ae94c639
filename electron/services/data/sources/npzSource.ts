/** Prepares a user's arrays. One input array at a time is in memory; samples are written in blocks. */
import { npzParams } from '../../../../shared/datasets/npz';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import type { ParamsOf } from '../../../../shared/ir/params';
import { breathe, paramsOf } from '../dataSource';
import type { DataSource, SourceContext } from '../dataSource';
import { drawSplit } from '../drawSplit';
import type { StoredValues } from '../preparedFormat';
import type { PreparedWriter } from '../preparedWriter';
import { contentHash, userFile } from '../userFile';
import { arraySets, checkLengths, readArray } from './npzArrays';
import type { ArraySet, ArraySets, NamedArray } from './npzArrays';
import { planInput } from './npzInput';
import type { InputPlan } from './npzInput';
import { planTargets } from './npzTargets';
import type { TargetPlan } from './npzTargets';

type NpzParams = ParamsOf<typeof npzParams>;

/** A set with what decides where its samples go. */
interface PlacedSet extends ArraySet {
  /** The arrays of its first target, which all others are as long as. */
  target: NamedArray;
  partOf: (sample: number) => Part;
}

export const npzSource: DataSource = {
  async identity(context) {
    const { file, inputs, targets, ...params } = paramsOf(npzParams, context);
    const content = await contentHash(context, userFile(context, file));
    return { ...params, inputs: [...inputs], targets: [...targets], content };
  },
  async prepare(context, writer) {
    const params = paramsOf(npzParams, context);
    const file = userFile(context, params.file);
    const found = arraySets(context.files, file, params);
    const targets = readTargets(context, file, found, params);
    for (const { field } of targets) writer.addField(field);
    const sets = found.sets.map((set, index) => placed(set, index, found, targets, params));
    for (const [at] of (sets[0]?.inputs ?? []).entries()) {
      const field = params.inputs[at] ?? 'input';
      await writeInput(context, writer, { file, field, at, sets, params });
    }
    for (const [at, target] of targets.entries()) {
      for (const [index, set] of sets.entries()) {
        const array = { name: set.targets[at] as string, array: target.arrays[index] as NamedArray['array'] };
        checkLengths(file, array, set.target);
        const sample = (position: number): StoredValues => target.sample(index, position);
        await writeSamples(context, writer, { field: target.field.name, set, sample });
      }
    }
    return { origin: file };
  },
};

function readTargets(context: SourceContext, file: string, { sets }: ArraySets, params: NpzParams): TargetPlan[] {
  return (sets[0]?.targets ?? []).map((_, at) => {
    const names = sets.map(({ targets }) => targets[at] as string);
    const named = names.map((name) => ({ name, array: readArray(context.files, file, name) }));
    return planTargets(file, params.targets[at] ?? null, named, params);
  });
}

/** The part of each sample: its set's, or for the first set drawn where the file has no arrays for a part. */
function placed(
  set: ArraySet,
  index: number,
  { drawn }: ArraySets,
  targets: readonly TargetPlan[],
  { validation, test, seed }: NpzParams,
): PlacedSet {
  const array = targets[0]?.arrays[index] as NamedArray['array'];
  const target = { name: set.targets[0] as string, array };
  if (set.part !== 'train') return { ...set, target, partOf: () => set.part };
  const labels = targets.find((one) => one.labels.length > 0)?.labels[index] ?? null;
  const fractions = { validation: drawn.validation ? validation : 0, test: drawn.test ? test : 0 };
  const split = drawSplit({ count: array.shape[0] ?? 0, labels, seed, ...fractions });
  return { ...set, target, partOf: (sample) => parts[split[sample] as number] ?? 'train' };
}

interface InputToWrite {
  file: string;
  field: string;
  at: number;
  sets: readonly PlacedSet[];
  params: NpzParams;
}

async function writeInput(
  context: SourceContext,
  writer: PreparedWriter,
  { file, field, at, sets, params }: InputToWrite,
): Promise<void> {
  let input: InputPlan | null = null;
  for (const [index, set] of sets.entries()) {
    const name = set.inputs[at] as string;
    context.onProgress({ step: `reading ${name}`, done: index, total: sets.length });
    await breathe(context);
    const x = readArray(context.files, file, name);
    checkLengths(file, { name, array: x }, set.target);
    if (!input) {
      input = planInput(field, `${file}: ${name}`, x, params);
      writer.addField(input.field);
    }
    input.check(`${file}: ${name}`, x);
    const plan = input;
    await writeSamples(context, writer, { field, set, sample: (position) => plan.sample(x, position) });
  }
}

interface SamplesToWrite {
  field: string;
  set: PlacedSet;
  sample: (position: number) => StoredValues;
}

const samplesBetweenBreaths = 1024;

async function writeSamples(
  context: SourceContext,
  writer: PreparedWriter,
  { field, set, sample }: SamplesToWrite,
): Promise<void> {
  const count = set.target.array.shape[0] as number;
  for (let position = 0; position < count; position += 1) {
    writer.append(field, set.partOf(position), sample(position));
    if (position % samplesBetweenBreaths > 0) continue;
    context.onProgress({ step: `writing the samples of ${field}`, done: position, total: count });
    await breathe(context);
  }
}
