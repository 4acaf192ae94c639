/** The part of decisions that are right. */
import { call, code, text } from '../ir/emit/code';
import { numpyDecisions } from './numpyMetrics';
import { decisions, decisionsProblem, hits, isBinary } from './decisions';
import { defineMetric } from './define';
import { ratioFromMean } from './fromMeans';
import { tfjsDecisions } from './tfjsMetrics';
import { pytorchAccuracy, pytorchDecisions } from './pytorchMetrics';
import { kerasDecisions } from './kerasMetrics';
import { holdsClasses } from '../ir/targets';

export const accuracy = defineMetric({
  type: 'accuracy',
  title: 'Accuracy',
  aliases: ['Categorical Accuracy', 'Binary Accuracy'],
  summary:
    'The part of right decisions: the class of the largest score, or with binary cross-entropy a probability above one half.',
  params: {},
  statistics: () => ['correct', 'count'],
  evaluationOnly: false,
  check: (_params, output, target, loss) => decisionsProblem('Accuracy', output, target, loss),
  build: (ops, _params, output, target, loss) => {
    const { decided, truth } = decisions(ops, output, target, loss);
    return hits(ops, ops.equal(decided, truth));
  },
  fromMeans: ratioFromMean,
  finish: (_params, [correct, count]) => {
    const main = (correct ?? NaN) / (count ?? NaN);
    return { main, values: { accuracy: main } };
  },
  direction: 'up',
  emit: {
    keras: ({ loss, output, target }) => {
      if (!isBinary(loss)) {
        const indices = holdsClasses(output.type, target);
        const metric = indices
          ? code`keras.metrics.SparseCategoricalAccuracy`
          : code`keras.metrics.CategoricalAccuracy`;
        return { expression: call(metric, []) };
      }
      const threshold = loss.params.from === 'probabilities' ? undefined : 0;
      const wrapped = call(code`keras.metrics.MeanMetricWrapper`, [code`right_decisions`], { threshold });
      return { expression: wrapped, helpers: [kerasDecisions] };
    },
    pytorch: (parts) => {
      const { decided, truth } = pytorchDecisions(parts);
      return { expression: call(code`accuracy`, [decided, truth]), helpers: [pytorchAccuracy] };
    },
    onnx: (context) => {
      const { decided, truth } = numpyDecisions(context);
      const right = isBinary(context.loss) ? code`(${decided}) == (${truth})` : code`${decided} == ${truth}`;
      return { expression: call(code`float`, [code`(${right}).mean()`]) };
    },
    tfjs: (context) => {
      const { decided, truth } = tfjsDecisions(context);
      const equal = call(code`tf.cast`, [call(code`tf.equal`, [decided, truth]), text('float32')]);
      return { expression: call(code`tf.mean`, [equal]) };
    },
  },
});
