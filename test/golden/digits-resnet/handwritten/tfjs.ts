/** A small residual network for 8x8 digits. */
import * as tf from '@tensorflow/tfjs';

/** A convolution without bias, then batch normalisation. */
function convNorm(
  input: tf.SymbolicTensor,
  filters: number,
  kernelSize: number,
  strides: number,
  name: string,
): tf.SymbolicTensor {
  const conv = tf.layers.conv2d({
    filters,
    kernelSize,
    strides,
    padding: 'same',
    useBias: false,
    kernelInitializer: 'glorotUniform',
    name: `${name}_conv`,
  });
  const norm = tf.layers.batchNormalization({ momentum: 0.9, name: `${name}_norm` });
  return norm.apply(conv.apply(input)) as tf.SymbolicTensor;
}

function relu(input: tf.SymbolicTensor): tf.SymbolicTensor {
  return tf.layers.reLU().apply(input) as tf.SymbolicTensor;
}

/** Two 3x3 convolutions with a skip connection around them. */
function residualBlock(
  input: tf.SymbolicTensor,
  filters: number,
  strides: number,
  name: string,
): tf.SymbolicTensor {
  let skip = input;
  if (strides !== 1 || input.shape[3] !== filters) {
    skip = convNorm(input, filters, 1, strides, `${name}_skip`);
  }
  const first = relu(convNorm(input, filters, 3, strides, `${name}_1`));
  const second = convNorm(first, filters, 3, 1, `${name}_2`);
  return relu(tf.layers.add().apply([second, skip]) as tf.SymbolicTensor);
}

/** From images [batch, 8, 8, 1] to logits [batch, classes]. */
export function createResNet(classes = 10): tf.LayersModel {
  const images = tf.input({ shape: [8, 8, 1] });
  let x = relu(convNorm(images, 16, 3, 1, 'stem'));
  x = residualBlock(x, 16, 1, 'block1');
  x = residualBlock(x, 32, 2, 'block2');
  x = residualBlock(x, 64, 2, 'block3');
  const pooled = tf.layers.globalAveragePooling2d({}).apply(x);
  const head = tf.layers.dense({
    units: classes,
    kernelInitializer: 'glorotUniform',
    name: 'logits',
  });
  return tf.model({ inputs: images, outputs: head.apply(pooled) as tf.SymbolicTensor });
}
