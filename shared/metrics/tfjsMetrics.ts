/** The twins of metrics in TensorFlow.js: what is decided and true, and functions that the library lacks. */
import { call, code, type Hole, type Name } from '../ir/emit/code';
import type { EmitInput, Helper } from '../ir/emit/emission';
import { sameSizes, sampleSizes } from '../ir/tensorType';
import type { FieldInfo, HeadLoss } from '../ir/trainingDefinitions';
import { isBinary } from './decisions';

export interface TfjsMetricContext {
  readonly output: EmitInput;
  readonly target: FieldInfo;
  readonly loss: HeadLoss;
  readonly names: { readonly output: Name; readonly target: Name };
}

/** Decided and true, of equal shapes: truth values, or class indices. */
export function tfjsDecisions(context: TfjsMetricContext): { decided: Hole; truth: Hole } {
  const { loss, names } = context;
  if (!isBinary(loss)) return { decided: call(code`tf.argMax`, [names.output, -1]), truth: tfjsClasses(context) };
  const threshold = loss.params.from === 'probabilities' ? 0.5 : 0;
  return {
    decided: call(code`tf.greater`, [names.output, threshold]),
    truth: call(code`tf.greater`, [tfjsTruth(context), 0.5]),
  };
}

/** The true classes as indices. */
export function tfjsClasses({ output, target, names }: Omit<TfjsMetricContext, 'loss'>): Hole {
  const indices = target.shape.length === output.type.dims.length - 2;
  return indices ? names.target : call(code`tf.argMax`, [names.target, -1]);
}

/** The target in the shape of the output. */
export function tfjsTruth({ output, target, names }: Omit<TfjsMetricContext, 'loss'>): Hole {
  if (sameSizes(sampleSizes(output.type), target.shape)) return names.target;
  return call(code`tf.reshape`, [names.target, code`${names.output}.shape`]);
}

export const tfjsTopK: Helper = {
  name: 'topKAccuracy',
  imports: [],
  source: `/** The part of positions whose true class is among the k largest scores; ties count in favour. */
function topKAccuracy(scores: tf.Tensor, classes: tf.Tensor, k: number): tf.Tensor {
  const mask = tf.oneHot(classes, scores.shape[scores.rank - 1] as number);
  const own = tf.sum(tf.mul(scores, mask), -1, true);
  const larger = tf.sum(tf.cast(tf.greater(scores, own), 'float32'), -1);
  return tf.mean(tf.cast(tf.less(larger, k), 'float32'));
}
`,
};

export const tfjsConfusion: Helper = {
  name: 'confusionMatrix',
  imports: [],
  source: `/** How often each class (row) was taken for each other (column), as parts of all decisions. */
function confusionMatrix(truth: tf.Tensor, decided: tf.Tensor, classes: number): tf.Tensor {
  const rows = tf.oneHot(tf.cast(tf.reshape(truth, [-1]), 'int32'), classes);
  const columns = tf.oneHot(tf.cast(tf.reshape(decided, [-1]), 'int32'), classes);
  const counts = tf.matMul(tf.cast(rows, 'float32'), tf.cast(columns, 'float32'), true);
  return tf.div(counts, truth.size);
}
`,
};

export const tfjsMacroF1: Helper = {
  name: 'macroF1',
  imports: [],
  source: `/** The mean of F1 over all classes, from the entries of a confusion matrix. */
function macroF1(matrix: number[]): number {
  const classes = Math.sqrt(matrix.length);
  let total = 0;
  for (let own = 0; own < classes; own += 1) {
    let [decided, real] = [0, 0];
    for (let other = 0; other < classes; other += 1) {
      decided += matrix[other * classes + own];
      real += matrix[own * classes + other];
    }
    if (decided + real > 0) total += (2 * matrix[own * classes + own]) / (decided + real);
  }
  return total / classes;
}
`,
};
