/** Arrays: three inputs, two outputs: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/**
 * The network: picture [batch, 6, 6, 1], age [batch, 1], words [batch, 3] to species [batch, 3],
 * weight [batch, 1].
 */
export function createModel(): tf.LayersModel {
  const denseSettings = { kernelInitializer: 'glorotUniform' } as const;
  const picture = tf.input({ shape: [6, 6, 1], name: 'picture' });
  const age = tf.input({ shape: [1], name: 'age' });
  const words = tf.input({ shape: [3], dtype: 'int32', name: 'words' });
  const conv = apply(
    tf.layers.conv2d({
      filters: 4,
      kernelSize: 3,
      kernelInitializer: 'glorotUniform',
      name: 'conv',
    }),
    picture,
  );
  const relu = apply(tf.layers.reLU({ name: 'relu' }), conv);
  const seen = apply(tf.layers.flatten({ name: 'seen' }), relu);
  const embedding = apply(
    tf.layers.embedding({ inputDim: 8, outputDim: 4, name: 'embedding' }),
    words,
  );
  const told = apply(tf.layers.flatten({ name: 'told' }), embedding);
  const join = apply(tf.layers.concatenate({ name: 'join' }), seen, age, told);
  const trunk = apply(tf.layers.dense({ ...denseSettings, units: 12, name: 'trunk' }), join);
  const gelu = apply(tf.layers.activation({ activation: 'gelu', name: 'gelu' }), trunk);
  const scores = apply(tf.layers.dense({ ...denseSettings, units: 3, name: 'scores' }), gelu);
  const grams = apply(tf.layers.dense({ ...denseSettings, units: 1, name: 'grams' }), gelu);
  return tf.model({ inputs: [picture, age, words], outputs: [scores, grams] });
}
