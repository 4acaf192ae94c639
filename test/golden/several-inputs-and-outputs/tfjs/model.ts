/** two inputs, three outputs: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/**
 * The network: first [batch, 2], again [batch, 2] to Class [batch, 2], Chance [batch, 1], Value
 * [batch, 1].
 */
export function createModel(): tf.LayersModel {
  const denseSettings = { kernelInitializer: 'glorotUniform' } as const;
  const first = tf.input({ shape: [2], name: 'first' });
  const again = tf.input({ shape: [2], name: 'again' });
  const a = apply(tf.layers.dense({ ...denseSettings, units: 8, name: 'a' }), first);
  const b = apply(tf.layers.dense({ ...denseSettings, units: 6, name: 'b' }), again);
  const join = apply(tf.layers.concatenate({ name: 'join' }), b, a);
  const hidden = apply(tf.layers.activation({ activation: 'tanh', name: 'hidden' }), join);
  const scores = apply(tf.layers.dense({ ...denseSettings, units: 2, name: 'scores' }), hidden);
  const logit = apply(tf.layers.dense({ ...denseSettings, units: 1, name: 'logit' }), hidden);
  const value = apply(tf.layers.activation({ activation: 'linear', name: 'value' }), logit);
  return tf.model({ inputs: [first, again], outputs: [scores, logit, value] });
}
