/**
 * two inputs, three outputs. Made by Netloom from design.netloom, SHA-256
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
 * The network: first [batch, 2], again [batch, 2] to Class [batch, 2], Chance [batch, 1], Value
 * [batch, 1].
 */
export function createModel(): tf.LayersModel {
  const first = tf.input({ shape: [2], name: 'first' });
  const again = tf.input({ shape: [2], name: 'again' });
  const a = apply(
    tf.layers.dense({ units: 8, kernelInitializer: 'glorotUniform', name: 'a' }),
    first,
  );
  const b = apply(
    tf.layers.dense({ units: 6, kernelInitializer: 'glorotUniform', name: 'b' }),
    again,
  );
  const join = apply(tf.layers.concatenate({ name: 'join' }), [b, a]);
  const hidden = apply(tf.layers.activation({ activation: 'tanh', name: 'hidden' }), join);
  const scores = apply(
    tf.layers.dense({ units: 2, kernelInitializer: 'glorotUniform', name: 'scores' }),
    hidden,
  );
  const logit = apply(
    tf.layers.dense({ units: 1, kernelInitializer: 'glorotUniform', name: 'logit' }),
    hidden,
  );
  const value = apply(tf.layers.activation({ activation: 'linear', name: 'value' }), logit);
  return tf.model({ inputs: [first, again], outputs: [scores, logit, value] });
}
