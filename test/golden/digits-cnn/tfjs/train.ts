/**
 * Trains the network of model.ts on the arrays in data. Made by Netloom from design.netloom,
 * SHA-256 0000000000000000000000000000000000000000000000000000000000000000.
 */
import util from 'node:util';
import * as tf from '@tensorflow/tfjs';
import { batchesOf, loadPart, type Batch, type DataPart } from './data';
import { createModel } from './model';
import { saveWeights } from './weights';

const epochs = 12;
const batchSize = 32;
const learningRate = 0.002;

/** Adam with a learning rate that can be set. */
class Adam extends tf.AdamOptimizer {
  setLearningRate(learningRate: number): void {
    this.learningRate = learningRate;
  }
}

/** A linear warm-up, then half a wave of the cosine down to the final factor. */
function cosineFactor(update: number, rising: number, total: number, finalFactor: number): number {
  const warmup = Math.min(Math.round(rising), total);
  if (update < warmup) return (update + 1) / warmup;
  const progress = Math.min(1, (update - warmup) / Math.max(1, total - warmup));
  return finalFactor + ((1 - finalFactor) * (1 + Math.cos(Math.PI * progress))) / 2;
}

/** What training minimises: the mean over the batch. */
export function lossOf(outputs: tf.Tensor[], targets: tf.Tensor[]): tf.Scalar {
  const [output] = outputs;
  const [label] = targets;
  return tf.losses.softmaxCrossEntropy(tf.oneHot(label, 10), output);
}

/** What is reported, as means over the batch. */
export function measuresOf(outputs: tf.Tensor[], targets: tf.Tensor[]): Record<string, tf.Tensor> {
  const [output] = outputs;
  const [label] = targets;
  return {
    loss: lossOf(outputs, targets),
    accuracy: tf.mean(tf.cast(tf.equal(tf.argMax(output, -1), label), 'float32')),
  };
}

export function createOptimizer() {
  return new Adam(learningRate, 0.9, 0.999, 1e-8);
}

/** What the model gives for a batch, one tensor an output. */
export function outputsOf(
  model: tf.LayersModel,
  inputs: tf.Tensor[],
  training = false,
): tf.Tensor[] {
  const outputs = model.apply(inputs, { training }) as tf.Tensor | tf.Tensor[];
  return Array.isArray(outputs) ? outputs : [outputs];
}

/** One update of the weights from a batch; gives its loss. */
export function trainStep(model: tf.LayersModel, optimizer: tf.Optimizer, batch: Batch): tf.Scalar {
  const weights = model.trainableWeights.map((weight) => weight.read() as tf.Variable);
  return tf.tidy(() => {
    const { value, grads } = tf.variableGrads(
      () => lossOf(outputsOf(model, batch.inputs, true), batch.targets),
      weights,
    );
    optimizer.applyGradients(grads);
    return value;
  });
}

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
  const rows = Object.entries(means).map(([name, mean]) => [name, mean[0]]);
  return Object.fromEntries(rows);
}

function describe(measures: Record<string, number>): string {
  const words = Object.entries(measures).map(([name, value]) => `${name} ${value.toFixed(4)}`);
  return words.join(', ');
}

async function main(): Promise<void> {
  // tfjs-node 4.22 still calls a function that Node 23 took away.
  Object.assign(util, { isNullOrUndefined: (value: unknown) => value == null });
  await import('@tensorflow/tfjs-node');
  const [train, validation, test] = [loadPart('train'), loadPart('validation'), loadPart('test')];
  if (!train) throw new Error('There are no arrays to train on in the folder data.');
  const model = createModel();
  const optimizer = createOptimizer();
  const updatesPerEpoch = Math.ceil(train.size / batchSize);
  const totalUpdates = epochs * updatesPerEpoch;
  let best: { value: number; weights: tf.Tensor[] } | null = null;
  let update = 0;
  for (let epoch = 1; epoch <= epochs; epoch += 1) {
    let total = 0;
    const order = tf.util.createShuffledIndices(train.size);
    for (const batch of batchesOf(train, order, batchSize)) {
      const factor = cosineFactor(update, 1 * updatesPerEpoch, totalUpdates, 0);
      optimizer.setLearningRate(learningRate * factor);
      const loss = trainStep(model, optimizer, batch);
      total += loss.dataSync()[0] * batch.size;
      tf.dispose([loss, batch.inputs, batch.targets]);
      update += 1;
    }
    const row = `epoch ${epoch}/${epochs}: loss ${(total / train.size).toFixed(4)}`;
    if (!validation) {
      console.log(row);
      continue;
    }
    const measures = evaluate(model, validation);
    console.log(`${row}; validation ${describe(measures)}`);
    const value = measures.loss;
    if (!best || value < best.value) {
      tf.dispose(best?.weights ?? []);
      best = { value, weights: model.getWeights().map((weight) => weight.clone()) };
    }
  }
  if (best) model.setWeights(best.weights);
  if (validation) console.log(`best: validation ${describe(evaluate(model, validation))}`);
  if (test) console.log(`best: test ${describe(evaluate(model, test))}`);
  await saveWeights(model, 'trained');
}

if (require.main === module) void main();
