/**
 * Arrays: three inputs, two outputs. Made by Netloom from design.netloom, SHA-256
 * 0000000000000000000000000000000000000000000000000000000000000000.
 */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(
  layer: tf.layers.Layer,
  input: tf.SymbolicTensor | tf.SymbolicTensor[],
): tf.SymbolicTensor {
  return layer.apply(input) as tf.SymbolicTensor;
}

/**
 * The network: picture [batch, 6, 6, 1], age [batch, 1], words [batch, 3] to species [batch, 3],
 * weight [batch, 1].
 */
export function createModel(): tf.LayersModel {
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
  const join = apply(tf.layers.concatenate({ name: 'join' }), [seen, age, told]);
  const trunk = apply(
    tf.layers.dense({ units: 12, kernelInitializer: 'glorotUniform', name: 'trunk' }),
    join,
  );
  const gelu = apply(tf.layers.activation({ activation: 'gelu', name: 'gelu' }), trunk);
  const scores = apply(
    tf.layers.dense({ units: 3, kernelInitializer: 'glorotUniform', name: 'scores' }),
    gelu,
  );
  const grams = apply(
    tf.layers.dense({ units: 1, kernelInitializer: 'glorotUniform', name: 'grams' }),
    gelu,
  );
  return tf.model({ inputs: [picture, age, words], outputs: [scores, grams] });
}
