/** Reads and writes the weights of a model in TensorFlow.js' own format. */
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
