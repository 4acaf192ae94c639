/** The mean distance between output and target, in the target's own unit. */
import { code, call } from '../ir/emit/code';
import { describeShape, holdsValues } from '../ir/targets';
import { formatType } from '../ir/tensorType';
import { problem } from '../messages';
import { defineMetric } from './define';
import { ratioFromMean } from './fromMeans';
import { tfjsTruth } from './tfjsMetrics';
import { pytorchTruth } from './pytorchMetrics';

export const meanAbsoluteError = defineMetric({
  type: 'meanAbsoluteError',
  title: 'Mean absolute error',
  aliases: ['MAE', 'L1'],
  summary: 'The mean over all elements of |output - target|.',
  params: {},
  statistics: () => ['distance', 'count'],
  evaluationOnly: false,
  check: (_params, output, target) => {
    if (holdsValues(output, target)) return null;
    const received = `${formatType(output)} and the field "${target.name}" of ${describeShape(target.shape)}`;
    const expected = 'a target with a number for each element of the output';
    return problem('metricUnfit', { metric: 'Mean absolute error', expected, received }, { param: 'metrics' });
  },
  build: (ops, _params, output, target) => {
    const truth = ops.reshape(ops.cast(target, 'float32'), output.shape);
    return ops.stack([ops.sum(ops.abs(ops.sub(output, truth))), ops.scalar(output.size)]);
  },
  fromMeans: ratioFromMean,
  finish: (_params, [distance, count]) => {
    const main = (distance ?? NaN) / (count ?? NaN);
    return { main, values: { meanAbsoluteError: main } };
  },
  direction: 'down',
  emit: {
    keras: () => ({
      expression: call(code`keras.metrics.MeanAbsoluteError`, []),
    }),
    pytorch: (parts) => ({
      expression: call(code`F.l1_loss`, [parts.names.output, pytorchTruth(parts)]),
      imports: ['from torch.nn import functional as F'],
    }),
    onnx: ({ names: { output, target } }) => ({
      expression: call(code`float`, [code`np.abs(${output} - ${target}.reshape(${output}.shape)).mean()`]),
      imports: ['import numpy as np'],
    }),
    tfjs: ({ output, target, names }) => {
      const difference = call(code`tf.sub`, [names.output, tfjsTruth({ output, target, names })]);
      return { expression: call(code`tf.mean`, [call(code`tf.abs`, [difference])]) };
    },
  },
});
