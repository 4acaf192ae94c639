/** Two spirals: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: point [batch, 2] to output [batch, 2]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [2], name: 'point' }),
      tf.layers.dense({ units: 32, kernelInitializer: 'glorotUniform', name: 'hidden1' }),
      tf.layers.reLU({ name: 'relu1' }),
      tf.layers.dense({ units: 32, kernelInitializer: 'glorotUniform', name: 'hidden2' }),
      tf.layers.reLU({ name: 'relu2' }),
      tf.layers.dense({ units: 2, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
