/** A multilayer perceptron for 8x8 digits. */
import * as tf from '@tensorflow/tfjs';

/** From images [batch, 8, 8, 1] to logits [batch, classes]. */
export function createMlp(hidden = 128, classes = 10): tf.Sequential {
  const kernelInitializer = 'glorotUniform';
  return tf.sequential({
    layers: [
      tf.layers.flatten({ inputShape: [8, 8, 1] }),
      tf.layers.dense({ units: hidden, activation: 'relu', kernelInitializer, name: 'hidden' }),
      tf.layers.dense({ units: classes, kernelInitializer, name: 'logits' }),
    ],
  });
}
