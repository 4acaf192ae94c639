/** repeats whose passes differ by their index: the network. */
import * as tf from '@tensorflow/tfjs';

/** What a layer makes of its input, or of several. */
function apply(layer: tf.layers.Layer, ...inputs: tf.SymbolicTensor[]): tf.SymbolicTensor {
  return layer.apply(inputs.length > 1 ? inputs : inputs[0]) as tf.SymbolicTensor;
}

/** The block step: [batch, 2] to [batch, 4]. */
function step(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 4, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.1, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The block step: [batch, 4] to [batch, 8]. */
function step2(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 8, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.05, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The block step: [batch, 8] to [batch, 16]. */
function step3(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(
    tf.layers.leakyReLU({ alpha: 0.03333333333333333, name: `${name}/leaky` }),
    dense,
  );
  return leaky;
}

/** The block step: [batch, 16] to [batch, 16]. */
function step4(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.1, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The block step: [batch, 16] to [batch, 16]. */
function step5(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.05, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The block step: [batch, 16] to [batch, 16]. */
function step6(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(
    tf.layers.leakyReLU({ alpha: 0.03333333333333333, name: `${name}/leaky` }),
    dense,
  );
  return leaky;
}

/** The block step: [batch, 16] to [batch, 16]. */
function step7(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.025, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The block step: [batch, 16] to [batch, 16]. */
function step8(x: tf.SymbolicTensor, name: string): tf.SymbolicTensor {
  const dense = apply(
    tf.layers.dense({ units: 16, kernelInitializer: 'glorotUniform', name: `${name}/dense` }),
    x,
  );
  const leaky = apply(tf.layers.leakyReLU({ alpha: 0.02, name: `${name}/leaky` }), dense);
  return leaky;
}

/** The network: point [batch, 2] to class [batch, 2]. */
export function createModel(): tf.LayersModel {
  const point = tf.input({ shape: [2], name: 'point' });
  const grow1 = step(point, 'grow/0');
  const grow2 = step2(grow1, 'grow/1');
  const grow = step3(grow2, 'grow/2');
  const same1 = step4(grow, 'same/0');
  const same2 = step5(same1, 'same/1');
  const same3 = step6(same2, 'same/2');
  const same4 = step7(same3, 'same/3');
  const same = step8(same4, 'same/4');
  const scores = apply(
    tf.layers.dense({ units: 2, kernelInitializer: 'glorotUniform', name: 'scores' }),
    same,
  );
  return tf.model({ inputs: point, outputs: scores });
}
