/** one pair of eyes for both halves: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/** The block eye: [batch, 8, 8, 1] to [batch, 216]. */
function eye(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const conv = apply(
    tf.layers.conv2d({
      filters: 6,
      kernelSize: 3,
      kernelInitializer: 'glorotUniform',
      name: `${name}/conv`,
    }),
    x,
  );
  const norm = apply(tf.layers.batchNormalization({ momentum: 0.9, name: `${name}/norm` }), conv);
  const relu = apply(tf.layers.reLU({ name: `${name}/relu` }), norm);
  const flat = apply(tf.layers.flatten({ name: `${name}/flat` }), relu);
  return flat;
}

/** The network: image [batch, 8, 8, 1] to digit [batch, 10]. */
export function createModel(): tf.LayersModel {
  const denseSettings = { kernelInitializer: 'glorotUniform' } as const;
  const image = tf.input({ shape: [8, 8, 1], name: 'image' });
  const leftX = tf.input({ shape: [8, 8, 1] });
  const leftYResult = eye(leftX, 'left');
  const leftModel = tf.model({ inputs: leftX, outputs: leftYResult, name: 'left' });
  const left = apply(leftModel, image);
  const flip = apply(
    tf.layers.zeroPadding2d({
      padding: [
        [0, 0],
        [1, 0],
      ],
      name: 'flip',
    }),
    image,
  );
  const crop = apply(tf.layers.maxPooling2d({ poolSize: [1, 2], strides: 1, name: 'crop' }), flip);
  const right = apply(leftModel, crop);
  const aLayer = tf.layers.dense({ ...denseSettings, units: 12, name: 'a' });
  const a = apply(aLayer, left);
  const b = apply(aLayer, right);
  const both = apply(tf.layers.multiply({ name: 'both' }), a, b);
  const scores = apply(tf.layers.dense({ ...denseSettings, units: 10, name: 'scores' }), both);
  return tf.model({ inputs: image, outputs: scores });
}
