/** How often each class was taken for each other, and precision, recall and F1 of every class. */
import { call, code, type Hole, type Name } from '../ir/emit/code';
import { numpyConfusionMatrix, numpyDecisions, numpyMacroF1 } from './numpyMetrics';
import { scoreCount } from '../ir/targets';
import { formatType, type TensorType } from '../ir/tensorType';
import { problem } from '../messages';
import { decisions, decisionsProblem, isBinary } from './decisions';
import { defineMetric } from './define';
import { countsFromParts } from './fromMeans';
import { tfjsConfusion, tfjsDecisions, tfjsMacroF1 } from './tfjsMetrics';
import { pytorchConfusion, pytorchDecisions, pytorchMacroF1 } from './pytorchMetrics';
import { kerasConfusion } from './kerasMetrics';

/** A matrix of a million counts is the most that is kept. */
const mostClasses = 1000;

export const confusionMatrix = defineMetric({
  type: 'confusionMatrix',
  title: 'Confusion matrix',
  aliases: ['Precision', 'Recall', 'F1'],
  summary:
    'Counts by true class (row) and decided class (column), with precision, recall and F1 of every class and their means.',
  params: {},
  statistics: (_params, output) => {
    const classes = classesOf(output);
    return Array.from({ length: classes * classes }, (_, at) => `${Math.floor(at / classes)}→${at % classes}`);
  },
  evaluationOnly: true,
  check: (_params, output, target, loss) => {
    const unfit = decisionsProblem('Confusion matrix', output, target, loss);
    if (unfit) return unfit;
    const classes = scoreCount(output);
    const single = loss.type !== 'binaryCrossEntropy' || classes <= 1 || output.dims.length === 1;
    if (single && classes <= mostClasses) return null;
    const expected = `one decision a position among at most ${mostClasses} classes`;
    const received = `${formatType(output)} with ${loss.type}`;
    return problem('metricUnfit', { metric: 'Confusion matrix', expected, received }, { param: 'metrics' });
  },
  // A product of one-hot rows: counts for every pair without a loop. Exact up to 16 million samples a batch.
  build: (ops, _params, output, target, loss) => {
    const { decided, truth } = decisions(ops, output, target, loss);
    const last = output.rank > 1 ? output.shape[output.rank - 1]! : 1;
    const classes = Math.max(2, last);
    const rows = ops.cast(ops.oneHot(truth, classes), 'float32');
    const columns = ops.cast(ops.oneHot(decided, classes), 'float32');
    return ops.reshape(ops.matMul(rows, columns, true, false), [classes * classes]);
  },
  fromMeans: countsFromParts,
  finish: (_params, statistics) => summarise(statistics),
  direction: 'up',
  emit: {
    keras: ({ output, loss }) => {
      const binary = isBinary(loss) ? (loss.params.from === 'probabilities' ? 0.5 : 0) : undefined;
      const expression = call(code`ConfusionMatrix`, [classesOf(output.type)], { threshold: binary });
      return { expression, helpers: [kerasConfusion] };
    },
    pytorch: (parts) => {
      const { decided, truth } = pytorchDecisions(parts);
      return {
        expression: call(code`confusion_matrix`, [decided, truth, classesOf(parts.output.type)]),
        finish: (mean) => call(code`macro_f1`, [mean]),
        helpers: [pytorchConfusion, pytorchMacroF1],
      };
    },
    onnx: (context) => {
      const { decided, truth } = numpyDecisions(context);
      const expression = call(code`confusion_matrix`, [decided, truth, classesOf(context.output.type)]);
      const finish = (mean: Name): Hole => code`macro_f1(${mean})`;
      return { expression, finish, helpers: [numpyConfusionMatrix, numpyMacroF1] };
    },
    tfjs: (context) => {
      const { decided, truth } = tfjsDecisions(context);
      const expression = call(code`confusionMatrix`, [truth, decided, classesOf(context.output.type)]);
      const finish = (mean: Name): Hole => code`macroF1(${mean})`;
      return { expression, finish, helpers: [tfjsConfusion, tfjsMacroF1] };
    },
  },
});

/** A single output element decides between two classes. */
function classesOf(output: TensorType): number {
  return Math.max(2, scoreCount(output));
}

/** perClass has a row a class: precision, recall, F1, samples. What would divide by zero is 0, as in scikit-learn. */
function summarise(statistics: Float64Array): { main: number; values: Record<string, number | number[][]> } {
  const classes = Math.round(Math.sqrt(statistics.length));
  const matrix = Array.from({ length: classes }, (_, row) => [
    ...statistics.subarray(row * classes, (row + 1) * classes),
  ]);
  const perClass = matrix.map((row, index) => {
    const right = row[index]!;
    const samples = sum(row);
    const precision = ratio(right, sum(matrix.map((other) => other[index]!)));
    const recall = ratio(right, samples);
    return [precision, recall, ratio(2 * precision * recall, precision + recall), samples];
  });
  const macro = (column: number): number => sum(perClass.map((row) => row[column]!)) / classes;
  const accuracy = ratio(sum(matrix.map((row, index) => row[index]!)), sum(statistics));
  const means = { macroPrecision: macro(0), macroRecall: macro(1), macroF1: macro(2), accuracy };
  return { main: means.macroF1, values: { ...means, matrix, perClass } };
}

function sum(values: ArrayLike<number>): number {
  let total = 0;
  for (let index = 0; index < values.length; index++) total += values[index]!;
  return total;
}

function ratio(part: number, whole: number): number {
  return whole === 0 ? 0 : part / whole;
}
