/** Reads the samples from the arrays of NumPy in the folder data. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** The fields that the network takes, and those that it is to predict. */
const inputs = ['image'];
const targets = ['label'];

interface Field {
  /** Of one sample. */
  shape: number[];
  values: Float32Array | Int32Array;
}

/** The samples of one part, a field for each input and each target of the network. */
export interface DataPart {
  size: number;
  inputs: Field[];
  targets: Field[];
}

export interface Batch {
  size: number;
  inputs: tf.Tensor[];
  targets: tf.Tensor[];
}

/** Null where the data have no such part. */
export function loadPart(part: 'train' | 'validation' | 'test'): DataPart | null {
  const fileOf = (field: string): string => join(__dirname, 'data', `${part}_${field}.npy`);
  if (![...inputs, ...targets].every((field) => existsSync(fileOf(field)))) return null;
  const read = (field: string): Field & { size: number } => readArray(fileOf(field));
  const loaded = { inputs: inputs.map(read), targets: targets.map(read) };
  return { ...loaded, size: loaded.inputs[0].size };
}

/** An array of NumPy: after a header of text its values, the first sample first. */
function readArray(file: string): Field & { size: number } {
  const bytes = readFileSync(file);
  const start = bytes[6] === 1 ? 10 + bytes.readUInt16LE(8) : 12 + bytes.readUInt32LE(8);
  const header = bytes.toString('latin1', 10, start);
  const sizes = /'shape': \(([^)]*)\)/.exec(header)?.[1].match(/\d+/g) ?? [];
  const [size, ...shape] = sizes.map(Number);
  const data = Uint8Array.from(bytes.subarray(start)).buffer;
  const values = header.includes("'<i4'") ? new Int32Array(data) : new Float32Array(data);
  return { size, shape, values };
}

/** The samples at these positions, in batches; the last one may be smaller. */
export function* batchesOf(
  part: DataPart,
  order: Uint32Array,
  batchSize: number,
): Generator<Batch> {
  for (let start = 0; start < order.length; start += batchSize) {
    const positions = order.subarray(start, start + batchSize);
    const take = (field: Field): tf.Tensor => takeSamples(field, positions);
    const taken = { inputs: part.inputs.map(take), targets: part.targets.map(take) };
    yield { ...taken, size: positions.length };
  }
}

function takeSamples({ shape, values }: Field, positions: Uint32Array): tf.Tensor {
  const length = tf.util.sizeFromShape(shape);
  const whole = values instanceof Int32Array;
  const taken = new (whole ? Int32Array : Float32Array)(positions.length * length);
  positions.forEach((position, row) => {
    taken.set(values.subarray(position * length, (position + 1) * length), row * length);
  });
  return tf.tensor(taken, [positions.length, ...shape], whole ? 'int32' : 'float32');
}
