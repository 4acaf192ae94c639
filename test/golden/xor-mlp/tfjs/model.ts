/** XOR with one hidden layer: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: point [batch, 2] to output [batch, 1]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [2], name: 'point' }),
      tf.layers.dense({ units: 8, kernelInitializer: 'glorotUniform', name: 'hidden' }),
      tf.layers.activation({ activation: 'tanh', name: 'tanh' }),
      tf.layers.dense({ units: 1, kernelInitializer: 'glorotUniform', name: 'logit' }),
    ],
  });
}
