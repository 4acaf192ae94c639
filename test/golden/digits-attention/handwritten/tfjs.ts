/** One block of attention over the rows of 8x8 digits. */
import * as tf from '@tensorflow/tfjs';
import { MultiHeadAttention } from '../tfjs/layers';

const dense = (units: number, name: string, activation?: 'gelu') =>
  tf.layers.dense({ units, activation, kernelInitializer: 'glorotUniform', name });

/** The values added, then normalised over their features. */
function addNorm(values: tf.SymbolicTensor[], name: string): tf.SymbolicTensor {
  const sum = tf.layers.add().apply(values);
  return tf.layers.layerNormalization({ name }).apply(sum) as tf.SymbolicTensor;
}

/** From images [batch, 8, 8, 1] to logits [batch, classes]. */
export function createAttention(width = 32, heads = 4, classes = 10): tf.LayersModel {
  const images = tf.input({ shape: [8, 8, 1] });
  const rows = tf.layers.reshape({ targetShape: [8, 8] }).apply(images);
  let x = dense(width, 'embed').apply(rows) as tf.SymbolicTensor;

  const attention = new MultiHeadAttention({ heads, keyFeatures: width / heads });
  x = addNorm([attention.apply(x) as tf.SymbolicTensor, x], 'norm1');

  const hidden = dense(2 * width, 'expand', 'gelu').apply(x);
  x = addNorm([dense(width, 'contract').apply(hidden) as tf.SymbolicTensor, x], 'norm2');

  const flat = tf.layers.flatten().apply(x);
  const logits = dense(classes, 'logits').apply(flat) as tf.SymbolicTensor;
  return tf.model({ inputs: images, outputs: logits });
}
