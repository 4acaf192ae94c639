/** residual network of two blocks: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/** The block convolution: [batch, 8, 8, 8] to [batch, 8, 8, 8]. */
function convolution(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const conv = apply(
    tf.layers.conv2d({
      filters: 8,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'glorotUniform',
      name: `${name}/conv`,
    }),
    x,
  );
  const norm = apply(tf.layers.batchNormalization({ momentum: 0.9, name: `${name}/norm` }), conv);
  const relu = apply(tf.layers.reLU({ name: `${name}/relu` }), norm);
  return relu;
}

/** The block residual: [batch, 8, 8, 8] to [batch, 8, 8, 8]. */
function residual(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const inner = convolution(x, `${name}/inner`);
  const add = apply(tf.layers.add({ name: `${name}/add` }), inner, x);
  return add;
}

/** The block convolution: [batch, 8, 8, 8] to [batch, 4, 4, 16]. */
function convolution2(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const conv = apply(
    tf.layers.conv2d({
      filters: 16,
      kernelSize: 3,
      strides: 2,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'glorotUniform',
      name: `${name}/conv`,
    }),
    x,
  );
  const norm = apply(tf.layers.batchNormalization({ momentum: 0.9, name: `${name}/norm` }), conv);
  const relu = apply(tf.layers.reLU({ name: `${name}/relu` }), norm);
  return relu;
}

/** The block down: [batch, 8, 8, 8] to [batch, 4, 4, 16]. */
function down(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const inner = convolution2(x, `${name}/inner`);
  return inner;
}

/** The block convolution: [batch, 4, 4, 16] to [batch, 4, 4, 16]. */
function convolution3(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const conv = apply(
    tf.layers.conv2d({
      filters: 16,
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      kernelInitializer: 'glorotUniform',
      name: `${name}/conv`,
    }),
    x,
  );
  const norm = apply(tf.layers.batchNormalization({ momentum: 0.9, name: `${name}/norm` }), conv);
  const relu = apply(tf.layers.reLU({ name: `${name}/relu` }), norm);
  return relu;
}

/** The block residual: [batch, 4, 4, 16] to [batch, 4, 4, 16]. */
function residual2(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const inner = convolution3(x, `${name}/inner`);
  const add = apply(tf.layers.add({ name: `${name}/add` }), inner, x);
  return add;
}

/** The network: image [batch, 8, 8, 1] to digit [batch, 10]. */
export function createModel(): tf.LayersModel {
  const image = tf.input({ shape: [8, 8, 1], name: 'image' });
  const stem = apply(
    tf.layers.conv2d({
      filters: 8,
      kernelSize: 3,
      padding: 'same',
      kernelInitializer: 'glorotUniform',
      name: 'stem',
    }),
    image,
  );
  const first = residual(stem, 'first');
  const widen = down(first, 'widen');
  const second = residual2(widen, 'second');
  const pool = apply(tf.layers.globalAveragePooling2d({ name: 'pool' }), second);
  const scores = apply(
    tf.layers.dense({ units: 10, kernelInitializer: 'glorotUniform', name: 'scores' }),
    pool,
  );
  return tf.model({ inputs: image, outputs: scores });
}
