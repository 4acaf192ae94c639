/** Cross-entropy of independent yes-or-no questions, one an output element. */
import { call, code } from '../ir/emit/code';
import { numpyBinaryCrossEntropy, numpyBinaryLogLoss } from './numpyLosses';
import { differentiable } from '../ir/differentiable';
import type { Ops, Tensor } from '../ir/layerDefinition';
import { choice, number } from '../ir/params';
import { classCount, describeShape, holdsValues, scoreCount } from '../ir/targets';
import { formatType, sampleSizes, type TensorType } from '../ir/tensorType';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { problem, type Problem } from '../messages';
import { denseRepair, lossRepair } from './classesProblem';
import { defineLoss } from './define';
import { atLeast, mean, smallestProbability, valuesLike } from './kit';
import { tfjsBinary, tfjsSmoothed, tfjsValues } from './tfjsLosses';
import { pytorchBinaryLoss, pytorchFunctional, pytorchSmoothed, pytorchValues } from './pytorchLosses';

export const binaryCrossEntropy = defineLoss({
  type: 'binaryCrossEntropy',
  title: 'Binary cross-entropy',
  aliases: ['Log Loss', 'Sigmoid Loss', 'BCE'],
  summary: 'The negative log-likelihood of yes-or-no answers. Targets are 0 or 1, or probabilities between.',
  params: {
    from: choice(['logits', 'probabilities'], {
      default: 'logits',
      help: 'What the output holds: logits (any numbers, no Sigmoid before; exact) or probabilities (after a Sigmoid).',
    }),
    labelSmoothing: number({ default: 0, min: 0, below: 1, help: 'Moves targets this part of the way towards 0.5.' }),
  },
  defaultMetrics: ['accuracy'],
  check: (_params, output, target) => checkTarget(output, target),
  build: (ops, { from, labelSmoothing }, output, target) => {
    const given = valuesLike(ops, target, output);
    const truth = labelSmoothing === 0 ? given : ops.add(ops.mul(given, 1 - labelSmoothing), labelSmoothing / 2);
    return mean(ops, from === 'logits' ? fromLogits(ops, output, truth) : fromProbabilities(ops, output, truth));
  },
  emit: {
    keras: ({ params: { from, labelSmoothing } }) => ({
      expression: call(code`keras.losses.BinaryCrossentropy`, [], {
        from_logits: from === 'logits' ? true : undefined,
        label_smoothing: labelSmoothing === 0 ? undefined : labelSmoothing,
      }),
    }),
    pytorch: (parts) => {
      const { from, labelSmoothing: part } = parts.params;
      const compared = [parts.names.output, pytorchSmoothed(pytorchValues(parts), part, 0.5)];
      if (from === 'probabilities')
        return { expression: call(code`binary_cross_entropy`, compared), helpers: [pytorchBinaryLoss] };
      return { expression: call(code`F.binary_cross_entropy_with_logits`, compared), imports: [pytorchFunctional] };
    },
    onnx: ({ params: { from, labelSmoothing }, names: { output, target } }) => {
      const helper = from === 'logits' ? numpyBinaryCrossEntropy : numpyBinaryLogLoss;
      const callee = from === 'logits' ? code`binary_cross_entropy` : code`binary_log_loss`;
      const smoothing = { label_smoothing: labelSmoothing === 0 ? undefined : labelSmoothing };
      return { expression: call(callee, [output, target], smoothing), helpers: [helper] };
    },
    tfjs: ({ params: { from, labelSmoothing: part }, output, target, names }) => {
      const truth = tfjsValues(output, target, names);
      if (from === 'logits') {
        const smoothing = part === 0 ? [] : [code`undefined`, part];
        return { expression: call(code`tf.losses.sigmoidCrossEntropy`, [truth, names.output, ...smoothing]) };
      }
      const wanted = part === 0 ? truth : call(code`smoothed`, [truth, part, 2]);
      const helpers = part === 0 ? [tfjsBinary] : [tfjsSmoothed, tfjsBinary];
      return { expression: call(code`binaryCrossEntropy`, [wanted, names.output]), helpers };
    },
  },
});

function checkTarget(output: TensorType, target: FieldInfo): Problem | null {
  const loss = 'Binary cross-entropy';
  const received = formatType(output);
  if (output.dtype !== 'float32')
    return problem('lossOutputUnfit', { loss, expected: 'float32 values', received }, { port: 'input' });
  const classes = classCount(target);
  const classification = lossRepair('Use cross-entropy, which compares scores of classes', 'crossEntropy');
  if (!holdsValues(output, target)) {
    const expected = `a number between 0 and 1 for each of its elements, shape ${describeShape(sampleSizes(output))}`;
    const args = { loss, field: target.name, expected, output: received };
    const repairs = target.shape.length === 0 && classes === 2 && output.dims.length === 2 ? [denseRepair(1)] : [];
    if (classes !== null && classes <= scoreCount(output)) repairs.unshift(classification);
    return problem(
      'targetUnfit',
      { ...args, received: `${describeShape(target.shape)} ${target.dtype}` },
      { param: 'target', repairs },
    );
  }
  const [lowest, highest] = target.range ?? [0, (classes ?? 2) - 1];
  if (lowest >= 0 && highest <= 1) return null;
  const args = { loss, field: target.name, expected: 'values between 0 and 1', lowest, highest };
  const repairs = classes === null ? [] : [classification];
  return problem('targetOutOfRange', args, { param: 'target', repairs });
}

/** max(x, 0) - x t + log(1 + exp(-|x|)): no overflow for either sign. The gradient is sigmoid(x) - t. */
function fromLogits(ops: Ops, logits: Tensor, truth: Tensor): Tensor {
  return differentiable(ops, logits, (x) => {
    const value = ops.add(ops.sub(ops.relu(x), ops.mul(x, truth)), ops.softplus(ops.neg(ops.abs(x))));
    const gradient = (upstream: Tensor, [slope]: readonly Tensor[]): Tensor => ops.mul(upstream, slope!);
    return { value, keep: [ops.sub(ops.sigmoid(x), truth)], gradient };
  });
}

/** Logarithms of no less than the smallest probability, on either side. */
function fromProbabilities(ops: Ops, probabilities: Tensor, truth: Tensor): Tensor {
  const yes = ops.log(atLeast(ops, probabilities, smallestProbability));
  const no = ops.log(atLeast(ops, ops.sub(1, probabilities), smallestProbability));
  return ops.neg(ops.add(ops.mul(truth, yes), ops.mul(ops.sub(1, truth), no)));
}
