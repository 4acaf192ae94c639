/** Five sigmoid layers: watch the gradient vanish: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [8, 8, 1], name: 'image' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ units: 64, kernelInitializer: 'glorotUniform', name: 'dense1' }),
      tf.layers.activation({ activation: 'sigmoid', name: 'sigmoid1' }),
      tf.layers.dense({ units: 64, kernelInitializer: 'glorotUniform', name: 'dense2' }),
      tf.layers.activation({ activation: 'sigmoid', name: 'sigmoid2' }),
      tf.layers.dense({ units: 64, kernelInitializer: 'glorotUniform', name: 'dense3' }),
      tf.layers.activation({ activation: 'sigmoid', name: 'sigmoid3' }),
      tf.layers.dense({ units: 64, kernelInitializer: 'glorotUniform', name: 'dense4' }),
      tf.layers.activation({ activation: 'sigmoid', name: 'sigmoid4' }),
      tf.layers.dense({ units: 64, kernelInitializer: 'glorotUniform', name: 'dense5' }),
      tf.layers.activation({ activation: 'sigmoid', name: 'sigmoid5' }),
      tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
