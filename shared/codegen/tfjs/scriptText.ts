/** The parts of an exported TensorFlow.js folder that are the same for every design. */

export const weightsScript = `/** Reads and writes the weights of a model in TensorFlow.js' own format. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs';

/** Fills the model from a folder: weights.json lists the tensors of the files that it names. */
export function loadWeights(model: tf.LayersModel, folder: string): void {
  const manifest = readFileSync(join(folder, 'weights.json'), 'utf8');
  for (const { paths, weights } of JSON.parse(manifest) as tf.io.WeightsManifestConfig) {
    const bytes = Buffer.concat(paths.map((path) => readFileSync(join(folder, path))));
    const tensors = tf.io.decodeWeights(Uint8Array.from(bytes).buffer, weights);
    model.loadWeights(tensors);
    tf.dispose(tensors);
  }
}

/** Writes all weights and running statistics of the model. */
export async function saveWeights(model: tf.LayersModel, folder: string): Promise<void> {
  const tensors = model.weights.map((weight) => ({
    name: weight.originalName,
    tensor: weight.read(),
  }));
  const { data, specs } = await tf.io.encodeWeights(tensors);
  const manifest = [{ paths: ['weights.bin'], weights: specs }];
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'weights.bin'), Buffer.from(data));
  writeFileSync(join(folder, 'weights.json'), JSON.stringify(manifest, null, 2));
}
`;

/** After the imports and the names of the fields. */
export const dataScript = `
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
  const fileOf = (field: string): string => join(__dirname, 'data', \`\${part}_\${field}.npy\`);
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
  const sizes = /'shape': \\(([^)]*)\\)/.exec(header)?.[1].match(/\\d+/g) ?? [];
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
`;

export const outputsScript = `
/** What the model gives for a batch, one tensor an output. */
export function outputsOf(
  model: tf.LayersModel,
  inputs: tf.Tensor[],
  training = false,
): tf.Tensor[] {
  const outputs = model.apply(inputs, { training }) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}
`;

export const clipScript = `
/** The gradients made shorter where all of them together are longer than clipNorm. */
function clipped(gradients: tf.NamedTensorMap): tf.NamedTensorMap {
  const squares = Object.values(gradients).map((gradient) => tf.sum(tf.square(gradient)));
  const norm = tf.sqrt(tf.addN(squares));
  const factor = tf.minimum(1, tf.div(clipNorm, tf.add(norm, 1e-6)));
  const entries = Object.entries(gradients);
  return Object.fromEntries(entries.map(([name, gradient]) => [name, tf.mul(gradient, factor)]));
}
`;

export const decayScript = `
/** The weights that decay: kernels and embeddings. */
function decayedWeights(model: tf.LayersModel): tf.Variable[] {
  const decayed = model.trainableWeights.filter((weight) =>
    /(kernel|embeddings)$/.test(weight.originalName),
  );
  return decayed.map((weight) => weight.read() as tf.Variable);
}
`;

const gradientsScript = `    const { value, grads } = tf.variableGrads(
      () => lossOf(outputsOf(model, batch.inputs, true), batch.targets),
      weights,
    );`;

/** \`gradients\`: what the optimizer gets, "grads" or "clipped(grads)". */
export function stepScript(gradients: string): string {
  return `
/** One update of the weights from a batch; gives its loss. */
export function trainStep(model: tf.LayersModel, optimizer: tf.Optimizer, batch: Batch): tf.Scalar {
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return tf.tidy(() => {
${gradientsScript}
    optimizer.applyGradients(${gradients});
    return value;
  });
}
`;
}

export function accumulatingStepScript(gradients: string): string {
  return `
/** One update of the weights from several batches; gives their mean loss. */
export function trainStep(
  model: tf.LayersModel,
  optimizer: tf.Optimizer,
  batches: Batch[],
): tf.Scalar {
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const samples = batches.reduce((sum, { size }) => sum + size, 0);
  return tf.tidy(() => {
    const losses = batches.map((batch) => {
      const { value, grads } = tf.variableGrads(
        () => lossOf(outputsOf(model, batch.inputs, true), batch.targets),
        weights,
      );
      return { value, grads, share: batch.size / samples };
    });
    const grads: tf.NamedTensorMap = {};
    for (const { name } of weights)
      grads[name] = tf.addN(losses.map((part) => tf.mul(part.grads[name], part.share)));
    optimizer.applyGradients(${gradients});
    return tf.addN(losses.map((part): tf.Scalar => tf.mul(part.value, part.share)));
  });
}
`;
}

/** \`result\`: the expression of the value of one measure from its means. */
export function evaluateScript(result: string): string {
  return `
/** Loss and metrics over all samples of a part. */
function evaluate(model: tf.LayersModel, part: DataPart): Record<string, number> {
  const means: Record<string, number[]> = {};
  const order = Uint32Array.from({ length: part.size }, (_, position) => position);
  for (const batch of batchesOf(part, order, 500)) {
    const measures = tf.tidy(() => measuresOf(outputsOf(model, batch.inputs), batch.targets));
    for (const [name, measure] of Object.entries(measures)) {
      const before = means[name] ?? [];
      const share = batch.size / part.size;
      means[name] = [...measure.dataSync()].map((mean, at) => (before[at] ?? 0) + mean * share);
    }
    tf.dispose([measures, batch.inputs, batch.targets]);
  }
  const rows = Object.entries(means).map(([name, mean]) => [name, ${result}]);
  return Object.fromEntries(rows);
}

function describe(measures: Record<string, number>): string {
  const words = Object.entries(measures).map(([name, value]) => \`\${name} \${value.toFixed(4)}\`);
  return words.join(', ');
}
`;
}
