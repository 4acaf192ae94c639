/** Handwritten digits, multilayer perceptron: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [8, 8, 1], name: 'image' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ units: 128, kernelInitializer: 'glorotUniform', name: 'hidden' }),
      tf.layers.reLU({ name: 'relu' }),
      tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
