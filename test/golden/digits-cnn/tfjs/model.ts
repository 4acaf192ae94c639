/** Handwritten digits, convolutional: the network. */
import * as tf from '@tensorflow/tfjs';

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.Sequential {
  const conv3x3 = {
    kernelSize: 3,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'glorotUniform',
  } as const;
  return tf.sequential({
    layers: [
      tf.layers.inputLayer({ inputShape: [8, 8, 1], name: 'image' }),
      tf.layers.conv2d({ ...conv3x3, filters: 32, name: 'conv1' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm1' }),
      tf.layers.reLU({ name: 'relu1' }),
      tf.layers.conv2d({ ...conv3x3, filters: 32, name: 'conv2' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm2' }),
      tf.layers.reLU({ name: 'relu2' }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool1' }),
      tf.layers.conv2d({ ...conv3x3, filters: 64, name: 'conv3' }),
      tf.layers.batchNormalization({ momentum: 0.9, name: 'norm3' }),
      tf.layers.reLU({ name: 'relu3' }),
      tf.layers.maxPooling2d({ poolSize: 2, name: 'pool2' }),
      tf.layers.flatten({ name: 'flatten' }),
      tf.layers.dropout({ rate: 0.3, name: 'dropout' }),
      tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    ],
  });
}
