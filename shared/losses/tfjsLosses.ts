/** The twins of losses in TensorFlow.js: what stands for the target, and functions that the library lacks. */
import { call, code, type Hole, type Name } from '../ir/emit/code';
import type { EmitInput, Helper } from '../ir/emit/emission';
import { scoreCount } from '../ir/targets';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { sameSizes, sampleSizes } from '../ir/tensorType';

/** Whether the target holds class indices, one for every position of the output without its last axis. */
export function isIndices(output: EmitInput, target: FieldInfo): boolean {
  return target.shape.length === output.type.dims.length - 2;
}

/** Class indices as rows of 0 and 1, distributions as they are. */
export function tfjsDistribution(output: EmitInput, target: FieldInfo, name: Name): Hole {
  return isIndices(output, target) ? call(code`tf.oneHot`, [name, scoreCount(output.type)]) : name;
}

/** The target in the shape of the output. */
export function tfjsValues(output: EmitInput, target: FieldInfo, names: { output: Name; target: Name }): Hole {
  if (sameSizes(sampleSizes(output.type), target.shape)) return names.target;
  return call(code`tf.reshape`, [names.target, code`${names.output}.shape`]);
}

export const tfjsCategorical: Helper = {
  name: 'categoricalCrossEntropy',
  imports: [],
  source: `/** The mean of -sum t log p over all positions. */
function categoricalCrossEntropy(truth: tf.Tensor, logarithms: tf.Tensor): tf.Scalar {
  return tf.mean(tf.neg(tf.sum(tf.mul(truth, logarithms), -1)));
}
`,
};

export const tfjsSmoothed: Helper = {
  name: 'smoothed',
  imports: [],
  source: `/** Targets of which a part is spread evenly over all classes. */
function smoothed(truth: tf.Tensor, part: number, classes: number): tf.Tensor {
  return tf.add(tf.mul(truth, 1 - part), part / classes);
}
`,
};

export const tfjsBinary: Helper = {
  name: 'binaryCrossEntropy',
  imports: [],
  source: `/** The mean cross-entropy of probabilities, of which none counts as smaller than 1e-7. */
function binaryCrossEntropy(truth: tf.Tensor, probabilities: tf.Tensor): tf.Scalar {
  const yes = tf.log(tf.maximum(probabilities, 1e-7));
  const no = tf.log(tf.maximum(tf.sub(1, probabilities), 1e-7));
  return tf.mean(tf.neg(tf.add(tf.mul(truth, yes), tf.mul(tf.sub(1, truth), no))));
}
`,
};
