/** Turns samples into tensors: one read a field, of the shapes and types that the program expects. */
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { CheckedProgram } from '../../../../shared/ir/program';
import type { DataType } from '../../../../shared/ir/tensorType';
import type { SampleReader } from '../../../files/sampleReader';
import { elementsOf } from '../weightGroups';
import type { TensorLibrary } from './backend';

/** A field as the program uses it; `shape` is of one sample. */
interface FieldUse {
  field: string;
  shape: readonly number[];
  dtype: DataType;
}

export interface BatchPlan {
  /** By the path of the Input. */
  feeds: ReadonlyMap<string, FieldUse>;
  /** One a head; null where the design has no data. */
  targets: readonly (FieldUse | null)[];
}

/** The numbers of one micro-batch, read but not yet on the device. */
export interface ReadBatch {
  samples: number;
  values: ReadonlyMap<string, Float32Array | Int32Array>;
}

/** All tensors are kept: whoever makes a batch frees it. */
export interface Batch {
  samples: number;
  inputs: ReadonlyMap<string, Tensor>;
  targets: readonly Tensor[];
}

export function createBatchPlan(program: CheckedProgram): BatchPlan {
  const feeds = program.feeds.map(({ path, field }): [string, FieldUse] => {
    const type = inputTypeAt(program, path);
    const shape = type.dims.slice(1).map(({ size }) => {
      if (typeof size === 'string') throw new Error(`The Input ${path} has a size that is not known: ${size}.`);
      return size;
    });
    return [path, { field, shape, dtype: type.dtype }];
  });
  const targets = program.heads.map(({ target }) =>
    target ? { field: target.name, shape: target.shape, dtype: target.dtype } : null,
  );
  return { feeds: new Map(feeds), targets };
}

function inputTypeAt(
  program: CheckedProgram,
  path: string,
): { dtype: DataType; dims: readonly { size: number | string }[] } {
  const node = program.main.nodes.find(({ id }) => id === path);
  const type = node && Object.values(node.outputTypes)[0];
  if (!type) throw new Error(`The design has no Input ${path}.`);
  return type;
}

/** `targets` false reads what the Inputs need and nothing else. */
export async function readBatch(
  data: SampleReader,
  plan: BatchPlan,
  part: Part,
  indices: Uint32Array,
  targets = true,
): Promise<ReadBatch> {
  const uses = [...plan.feeds.values(), ...(targets ? plan.targets.flatMap((use) => use ?? []) : [])];
  const fields = [...new Set(uses.map(({ field }) => field))];
  const read = await Promise.all(fields.map((field) => data.read(field, part, indices)));
  return {
    samples: indices.length,
    values: new Map(fields.map((field, at) => [field, read[at] ?? new Float32Array()])),
  };
}

export function makeBatch(core: TensorLibrary, plan: BatchPlan, read: ReadBatch, targets = true): Batch {
  const made: Tensor[] = [];
  const make = (use: FieldUse | null): Tensor => {
    if (!use) throw new Error('The design names no data, so there is nothing to compare its outputs with.');
    const tensor = makeTensor(core, use, read);
    made.push(tensor);
    return tensor;
  };
  try {
    const inputs = new Map([...plan.feeds].map(([path, use]) => [path, make(use)]));
    return { samples: read.samples, inputs, targets: targets ? plan.targets.map(make) : [] };
  } catch (error) {
    core.dispose(made);
    throw error;
  }
}

export function disposeBatch(core: TensorLibrary, batch: Batch): void {
  core.dispose([...batch.inputs.values(), ...batch.targets]);
}

function makeTensor(core: TensorLibrary, use: FieldUse, read: ReadBatch): Tensor {
  const values = read.values.get(use.field) ?? new Float32Array();
  const expected = read.samples * elementsOf(use.shape);
  if (values.length !== expected)
    throw new Error(
      `The data field "${use.field}" gave ${values.length} numbers for ${read.samples} samples; ` +
        `the design expects ${expected}: [${use.shape.join(', ')}] each.`,
    );
  return core.keep(core.tensor(asType(values, use.dtype), [read.samples, ...use.shape], use.dtype));
}

function asType(values: Float32Array | Int32Array, dtype: DataType): Float32Array | Int32Array | Uint8Array {
  if (dtype === 'float32') return values instanceof Float32Array ? values : Float32Array.from(values);
  if (dtype === 'int32') return values instanceof Int32Array ? values : Int32Array.from(values);
  return Uint8Array.from(values, (value) => (value === 0 ? 0 : 1));
}
