/** Handwritten digits, residual: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.LayersModel {
  const conv3x3 = {
    kernelSize: 3,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'glorotUniform',
  } as const;
  const conv1x1 = {
    kernelSize: 1,
    strides: 2,
    useBias: false,
    kernelInitializer: 'glorotUniform',
  } as const;
  const image = tf.input({ shape: [8, 8, 1], name: 'image' });
  const conv1 = apply(tf.layers.conv2d({ ...conv3x3, filters: 16, name: 'conv1' }), image);
  const norm1 = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm1' }), conv1);
  const relu1 = apply(tf.layers.reLU({ name: 'relu1' }), norm1);
  const conv2a = apply(tf.layers.conv2d({ ...conv3x3, filters: 16, name: 'conv2a' }), relu1);
  const norm2a = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm2a' }), conv2a);
  const relu2a = apply(tf.layers.reLU({ name: 'relu2a' }), norm2a);
  const conv2b = apply(tf.layers.conv2d({ ...conv3x3, filters: 16, name: 'conv2b' }), relu2a);
  const norm2b = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm2b' }), conv2b);
  const add2 = apply(tf.layers.add({ name: 'add2' }), norm2b, relu1);
  const relu2 = apply(tf.layers.reLU({ name: 'relu2' }), add2);
  const conv3a = apply(
    tf.layers.conv2d({ ...conv3x3, filters: 32, strides: 2, name: 'conv3a' }),
    relu2,
  );
  const norm3a = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm3a' }), conv3a);
  const relu3a = apply(tf.layers.reLU({ name: 'relu3a' }), norm3a);
  const conv3b = apply(tf.layers.conv2d({ ...conv3x3, filters: 32, name: 'conv3b' }), relu3a);
  const norm3b = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm3b' }), conv3b);
  const skip3 = apply(tf.layers.conv2d({ ...conv1x1, filters: 32, name: 'skip3' }), relu2);
  const skipNorm3 = apply(
    tf.layers.batchNormalization({ momentum: 0.9, name: 'skipNorm3' }),
    skip3,
  );
  const add3 = apply(tf.layers.add({ name: 'add3' }), norm3b, skipNorm3);
  const relu3 = apply(tf.layers.reLU({ name: 'relu3' }), add3);
  const conv4a = apply(
    tf.layers.conv2d({ ...conv3x3, filters: 64, strides: 2, name: 'conv4a' }),
    relu3,
  );
  const norm4a = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm4a' }), conv4a);
  const relu4a = apply(tf.layers.reLU({ name: 'relu4a' }), norm4a);
  const conv4b = apply(tf.layers.conv2d({ ...conv3x3, filters: 64, name: 'conv4b' }), relu4a);
  const norm4b = apply(tf.layers.batchNormalization({ momentum: 0.9, name: 'norm4b' }), conv4b);
  const skip4 = apply(tf.layers.conv2d({ ...conv1x1, filters: 64, name: 'skip4' }), relu3);
  const skipNorm4 = apply(
    tf.layers.batchNormalization({ momentum: 0.9, name: 'skipNorm4' }),
    skip4,
  );
  const add4 = apply(tf.layers.add({ name: 'add4' }), norm4b, skipNorm4);
  const relu4 = apply(tf.layers.reLU({ name: 'relu4' }), add4);
  const pool = apply(tf.layers.globalAveragePooling2d({ name: 'pool' }), relu4);
  const logits = apply(
    tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'logits' }),
    pool,
  );
  return tf.model({ inputs: image, outputs: logits });
}
