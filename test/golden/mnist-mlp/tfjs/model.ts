/** MNIST, multilayer perceptron 784-512-512-10: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: image [batch, 28, 28, 1] to output [batch, 10]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [28, 28, 1], name: 'image' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dense({ units: 512, kernelInitializer: 'glorotUniform', name: 'hidden1' }),
      tf.layers.reLU({ name: 'relu1' }),
      tf.layers.dense({ units: 512, kernelInitializer: 'glorotUniform', name: 'hidden2' }),
      tf.layers.reLU({ name: 'relu2' }),
      tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
