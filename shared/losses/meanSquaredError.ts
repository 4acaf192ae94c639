/** The mean of squared differences: the loss of regression. */
import { code, call } from '../ir/emit/code';
import { classCount, describeShape, holdsValues, scoreCount } from '../ir/targets';
import { formatType, sampleSizes, type TensorType } from '../ir/tensorType';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { problem, type Problem } from '../messages';
import { lossRepair } from './classesProblem';
import { defineLoss } from './define';
import { mean, valuesLike } from './kit';
import { tfjsValues } from './tfjsLosses';
import { pytorchFunctional, pytorchValues } from './pytorchLosses';

export const meanSquaredError = defineLoss({
  type: 'meanSquaredError',
  title: 'Mean squared error',
  aliases: ['MSE', 'L2 Loss'],
  summary: 'The mean over all elements of (output - target) squared.',
  params: {},
  defaultMetrics: ['meanAbsoluteError'],
  check: (_params, output, target) => checkTarget(output, target),
  build: (ops, _params, output, target) => mean(ops, ops.square(ops.sub(output, valuesLike(ops, target, output)))),
  emit: {
    keras: () => ({ expression: call(code`keras.losses.MeanSquaredError`, []) }),
    pytorch: (parts) => ({
      expression: call(code`F.mse_loss`, [parts.names.output, pytorchValues(parts)]),
      imports: [pytorchFunctional],
    }),
    onnx: ({ names: { output, target } }) => ({
      expression: call(code`float`, [code`np.square(${output} - ${target}.reshape(${output}.shape)).mean()`]),
      imports: ['import numpy as np'],
    }),
    tfjs: ({ output, target, names }) => ({
      expression: call(code`tf.losses.meanSquaredError`, [tfjsValues(output, target, names), names.output]),
    }),
  },
});

function checkTarget(output: TensorType, target: FieldInfo): Problem | null {
  const loss = 'Mean squared error';
  const received = formatType(output);
  if (output.dtype !== 'float32')
    return problem('lossOutputUnfit', { loss, expected: 'float32 values', received }, { port: 'input' });
  if (holdsValues(output, target)) return null;
  const expected = `a number for each of its elements, shape ${describeShape(sampleSizes(output))}`;
  const args = { loss, field: target.name, expected, output: received };
  const classes = classCount(target);
  const fitsClasses = classes !== null && classes <= scoreCount(output);
  const repairs = fitsClasses
    ? [lossRepair('Use cross-entropy, which compares scores of classes', 'crossEntropy')]
    : [];
  return problem(
    'targetUnfit',
    { ...args, received: `${describeShape(target.shape)} ${target.dtype}` },
    { param: 'target', repairs },
  );
}
