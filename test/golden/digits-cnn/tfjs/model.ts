/**
 * Handwritten digits, convolutional. Made by Netloom from design.netloom, SHA-256
 * 0000000000000000000000000000000000000000000000000000000000000000.
 */
import * as tf from '@tensorflow/tfjs';

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.Sequential {
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [8, 8, 1], name: 'image' }),
      tf.layers.conv2d({
        filters: 32,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: 'glorotUniform',
        name: 'conv1',
      }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm1' }),
      tf.layers.reLU({ name: 'relu1' }),
      tf.layers.conv2d({
        filters: 32,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: 'glorotUniform',
        name: 'conv2',
      }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm2' }),
      tf.layers.reLU({ name: 'relu2' }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool1' }),
      tf.layers.conv2d({
        filters: 64,
        kernelSize: 3,
        padding: 'same',
        useBias: false,
        kernelInitializer: 'glorotUniform',
        name: 'conv3',
      }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm3' }),
      tf.layers.reLU({ name: 'relu3' }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool2' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dropout({ rate: 0.3, name: 'dropout' }),
      tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
