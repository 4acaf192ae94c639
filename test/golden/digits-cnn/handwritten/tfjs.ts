/** A small convolutional network for 8x8 digits. */
import * as tf from '@tensorflow/tfjs';

/** From images [batch, 8, 8, 1] to logits [batch, classes]. */
export function createCnn(classes = 10): tf.Sequential {
  const conv = {
    kernelSize: 3,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'glorotUniform',
  } as const;
  return tf.sequential({
    layers: [
      tf.layers.conv2d({ ...conv, filters: 32, inputShape: [8, 8, 1], name: 'conv1' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm1' }),
      tf.layers.reLU(),
      tf.layers.conv2d({ ...conv, filters: 32, name: 'conv2' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm2' }),
      tf.layers.reLU(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.conv2d({ ...conv, filters: 64, name: 'conv3' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm3' }),
      tf.layers.reLU(),
      tf.layers.maxPooling2d({ poolSize: 2 }),
      tf.layers.flatten(),
      tf.layers.dropout({ rate: 0.3 }),
      tf.layers.dense({ units: classes, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
