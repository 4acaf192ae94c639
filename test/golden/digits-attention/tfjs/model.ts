/** Handwritten digits, attention: the network. */
import * as tf from '@tensorflow/tfjs';
import { MultiHeadAttention } from './layers';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/** The network: image [batch, 8, 8, 1] to output [batch, 10]. */
export function createModel(): tf.LayersModel {
  const denseSettings = { kernelInitializer: 'glorotUniform' } as const;
  const image = tf.input({ shape: [8, 8, 1], name: 'image' });
  const rows = apply(tf.layers.reshape({ targetShape: [8, 8], name: 'rows' }), image);
  const embed = apply(tf.layers.dense({ ...denseSettings, units: 32, name: 'embed' }), rows);
  const attention = apply(
    new MultiHeadAttention({ heads: 4, keyFeatures: 8, name: 'attention' }),
    embed,
  );
  const add1 = apply(tf.layers.add({ name: 'add1' }), attention, embed);
  const norm1 = apply(tf.layers.layerNormalization({ name: 'norm1' }), add1);
  const expand = apply(tf.layers.dense({ ...denseSettings, units: 64, name: 'expand' }), norm1);
  const gelu = apply(tf.layers.activation({ activation: 'gelu', name: 'gelu' }), expand);
  const contract = apply(tf.layers.dense({ ...denseSettings, units: 32, name: 'contract' }), gelu);
  const add2 = apply(tf.layers.add({ name: 'add2' }), contract, norm1);
  const norm2 = apply(tf.layers.layerNormalization({ name: 'norm2' }), add2);
  const flatten = apply(tf.layers.flatten({ name: 'flatten' }), norm2);
  const logits = apply(tf.layers.dense({ ...denseSettings, units: 10, name: 'logits' }), flatten);
  return tf.model({ inputs: image, outputs: logits });
}
