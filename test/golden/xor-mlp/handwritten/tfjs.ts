/** Exclusive or, learned by one hidden layer. */
import * as tf from '@tensorflow/tfjs';

/** From two numbers [batch, 2] to the logit of their exclusive or [batch, 1]. */
export function createXor(): tf.Sequential {
  const model = tf.sequential({ name: 'xor' });
  model.add(
    tf.layers.dense({
      units: 8,
      inputShape: [2],
      activation: 'tanh',
      kernelInitializer: 'glorotUniform',
      name: 'hidden',
    }),
  );
  model.add(tf.layers.dense({ units: 1, kernelInitializer: 'glorotUniform', name: 'logit' }));
  return model;
}
