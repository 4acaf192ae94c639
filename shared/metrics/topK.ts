/** The part of samples whose true class is among the k largest scores. */
import { call, code } from '../ir/emit/code';
import { numpyClasses, numpyTopK } from './numpyMetrics';
import { integer } from '../ir/params';
import { scoreCount, holdsClasses } from '../ir/targets';
import { formatType } from '../ir/tensorType';
import { problem } from '../messages';
import { decisionsProblem, hits, isBinary } from './decisions';
import { defineMetric } from './define';
import { ratioFromMean } from './fromMeans';
import { tfjsClasses, tfjsTopK } from './tfjsMetrics';
import { pytorchClassAxis, pytorchClasses, pytorchTopK } from './pytorchMetrics';

export const topK = defineMetric({
  type: 'topK',
  title: 'Top-k accuracy',
  aliases: ['Top-5', 'Top K Categorical Accuracy'],
  summary: 'The part of samples whose true class is among the k largest scores; ties count in favour.',
  params: { k: integer({ default: 5, min: 1, help: 'How many of the largest scores are looked at.' }) },
  statistics: () => ['correct', 'count'],
  evaluationOnly: false,
  check: ({ k }, output, target, loss) => {
    const unfit = decisionsProblem('Top-k accuracy', output, target, loss);
    if (unfit) return unfit;
    const scores = scoreCount(output);
    if (!isBinary(loss) && k <= scores) return null;
    const expected = `at least ${k} scores of classes along the last axis`;
    return problem(
      'metricUnfit',
      { metric: 'Top-k accuracy', expected, received: formatType(output) },
      { param: 'metrics' },
    );
  },
  // The true class is among the k largest if fewer than k scores are larger: cheaper than sorting.
  build: (ops, { k }, output, target) => {
    const classes = output.shape[output.rank - 1]!;
    const indices = target.rank === output.rank ? ops.argMax(target, -1) : ops.cast(target, 'int32');
    const mask = ops.oneHot(indices, classes);
    const own = ops.sum(ops.mul(output, mask), -1, true);
    const larger = ops.sum(ops.cast(ops.greater(output, own), 'float32'), -1);
    return hits(ops, ops.less(larger, k));
  },
  fromMeans: ratioFromMean,
  finish: (_params, [correct, count]) => {
    const main = (correct ?? NaN) / (count ?? NaN);
    return { main, values: { topK: main } };
  },
  direction: 'up',
  emit: {
    keras: ({ params: { k }, output, target }) => {
      const metric = holdsClasses(output.type, target)
        ? code`keras.metrics.SparseTopKCategoricalAccuracy`
        : code`keras.metrics.TopKCategoricalAccuracy`;
      return { expression: call(metric, [k]) };
    },
    pytorch: (parts) => ({
      expression: call(code`top_k_accuracy`, [parts.names.output, pytorchClasses(parts)], {
        k: parts.params.k,
        axis: pytorchClassAxis(parts),
      }),
      helpers: [pytorchTopK],
    }),
    onnx: ({ params: { k }, output, names, target }) => ({
      expression: call(code`top_k_accuracy`, [
        names.output,
        numpyClasses(names.target, output.type.dims.length, target),
        k,
      ]),
      helpers: [numpyTopK],
    }),
    tfjs: ({ params: { k }, output, target, names }) => ({
      expression: call(code`topKAccuracy`, [names.output, tfjsClasses({ output, target, names }), k]),
      helpers: [tfjsTopK],
    }),
  },
});
