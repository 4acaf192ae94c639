/** Cross-entropy between scores of classes and the true class or distribution: the loss of classification. */
import { call, code } from '../ir/emit/code';
import { numpyCrossEntropy, numpyLogLikelihoodLoss } from './numpyLosses';
import { choice, number } from '../ir/params';
import { describeShape, holdsClasses, holdsValues, scoreCount } from '../ir/targets';
import { formatType, sampleSizes, type TensorType } from '../ir/tensorType';
import type { Ops, Tensor } from '../ir/layerDefinition';
import type { FieldInfo } from '../ir/trainingDefinitions';
import { differentiable } from '../ir/differentiable';
import { problem, type Problem } from '../messages';
import { classesProblem } from './classesProblem';
import { defineLoss } from './define';
import { atLeast, mean, smallestProbability } from './kit';
import { isIndices, tfjsCategorical, tfjsDistribution, tfjsSmoothed } from './tfjsLosses';
import { lossCall, pytorchFunctional, pytorchProbabilityLoss, pytorchScores } from './pytorchLosses';
import { kerasCrossEntropy } from './kerasCrossEntropy';

export const crossEntropy = defineLoss({
  type: 'crossEntropy',
  title: 'Cross-entropy',
  aliases: ['Categorical Cross-Entropy', 'Softmax Loss', 'Negative Log-Likelihood'],
  summary:
    'The negative logarithm of the probability given to the true class. Targets are class indices or distributions.',
  params: {
    from: choice(['logits', 'probabilities'], {
      default: 'logits',
      help: 'What the output holds: logits (any numbers, no Softmax before; exact) or probabilities (after a Softmax).',
    }),
    labelSmoothing: number({
      default: 0,
      min: 0,
      below: 1,
      help: 'Part of the target that is spread evenly over all classes.',
    }),
  },
  defaultMetrics: ['accuracy'],
  check: (_params, output, target) => checkTarget(output, target),
  build: (ops, { from, labelSmoothing }, output, target) => {
    const truth = distribution(ops, output, target, labelSmoothing);
    // Class indices and smoothed ones sum to 1; a user's distribution may not.
    const sums = target.rank === output.rank;
    const positions = from === 'logits' ? fromLogits(ops, output, truth, sums) : fromProbabilities(ops, output, truth);
    return mean(ops, positions);
  },
  emit: {
    keras: ({ params: { from, labelSmoothing }, output, target }) => {
      if (from === 'logits' && labelSmoothing === 0 && isIndices(output, target))
        return { expression: call(code`keras.losses.SparseCategoricalCrossentropy`, [], { from_logits: true }) };
      const expression = call(code`CrossEntropy`, [], {
        from_logits: from === 'logits' ? undefined : false,
        label_smoothing: labelSmoothing === 0 ? undefined : labelSmoothing,
      });
      return { expression, helpers: [kerasCrossEntropy] };
    },
    pytorch: (parts) => {
      const { from, labelSmoothing } = parts.params;
      const { scores, truth } = pytorchScores(parts);
      const imports = [pytorchFunctional];
      if (from === 'logits')
        return { expression: lossCall(code`F.cross_entropy`, [scores, truth], labelSmoothing), imports };
      if (labelSmoothing === 0 && isIndices(parts.output, parts.target))
        return { expression: call(code`F.nll_loss`, [code`${scores}.clamp_min(1e-7).log()`, truth]), imports };
      const expression = lossCall(code`cross_entropy_of_probabilities`, [scores, truth], labelSmoothing);
      return { expression, helpers: [pytorchProbabilityLoss] };
    },
    onnx: ({ params: { from, labelSmoothing }, names: { output, target } }) => {
      const smoothing = { label_smoothing: labelSmoothing === 0 ? undefined : labelSmoothing };
      if (from === 'logits') {
        const expression = call(code`cross_entropy`, [output, target], smoothing);
        return { expression, helpers: [numpyLogLikelihoodLoss, numpyCrossEntropy] };
      }
      const logs = code`np.log(np.maximum(${output}, 1e-7))`;
      const expression = call(code`log_likelihood_loss`, [logs, target], smoothing);
      return { expression, helpers: [numpyLogLikelihoodLoss] };
    },
    tfjs: ({ params: { from, labelSmoothing: part }, output, target, names }) => {
      const truth = tfjsDistribution(output, target, names.target);
      if (from === 'logits' && isIndices(output, target)) {
        const smoothing = part === 0 ? [] : [code`undefined`, part];
        return { expression: call(code`tf.losses.softmaxCrossEntropy`, [truth, names.output, ...smoothing]) };
      }
      const wanted = part === 0 ? truth : call(code`smoothed`, [truth, part, scoreCount(output.type)]);
      const logarithms =
        from === 'logits'
          ? call(code`tf.logSoftmax`, [names.output])
          : call(code`tf.log`, [call(code`tf.maximum`, [names.output, 1e-7])]);
      const helpers = part === 0 ? [tfjsCategorical] : [tfjsSmoothed, tfjsCategorical];
      return { expression: call(code`categoricalCrossEntropy`, [wanted, logarithms]), helpers };
    },
  },
});

function checkTarget(output: TensorType, target: FieldInfo): Problem | null {
  const details = { port: 'input' };
  const received = formatType(output);
  if (output.dtype !== 'float32' || scoreCount(output) === 0)
    return problem(
      'lossOutputUnfit',
      { loss: 'Cross-entropy', expected: 'scores of classes along the last axis', received },
      details,
    );
  if (holdsClasses(output, target)) return classesProblem('Cross-entropy', output, target);
  if (scoreCount(output) > 1 && holdsValues(output, target)) return null;
  const positions = describeShape(sampleSizes(output).slice(0, -1));
  const expected = `class indices (int32) of shape ${positions}, or probabilities of shape ${describeShape(sampleSizes(output))}`;
  const args = { loss: 'Cross-entropy', field: target.name, expected, output: received };
  return problem(
    'targetUnfit',
    { ...args, received: `${describeShape(target.shape)} ${target.dtype}` },
    { param: 'target' },
  );
}

/** Target probabilities [..., classes]. */
function distribution(ops: Ops, output: Tensor, target: Tensor, smoothing: number): Tensor {
  const classes = output.shape[output.rank - 1]!;
  // Whole numbers first: the WASM backend writes their bits, whatever data type is asked for.
  const given = target.rank < output.rank ? ops.oneHot(ops.cast(target, 'int32'), classes) : target;
  const truth = ops.cast(given, 'float32');
  return smoothing === 0 ? truth : ops.add(ops.mul(truth, 1 - smoothing), smoothing / classes);
}

/**
 * -sum t log softmax(x) = (log sum exp x) sum t - sum t x, with log sum exp x = max x - log max softmax(x), which cannot
 * overflow. Its gradient, softmax(x) sum t - t, is computed with the value, so that the way back is one multiplication.
 */
function fromLogits(ops: Ops, logits: Tensor, truth: Tensor, sums: boolean): Tensor {
  return differentiable(ops, logits, (x) => {
    const probabilities = ops.softmax(x);
    const weight = sums ? ops.sum(truth, -1, true) : null;
    const largest = ops.max(x, -1, true);
    const shifted = ops.sum(ops.mul(truth, ops.sub(x, largest)), -1);
    const logLargest = ops.log(ops.max(probabilities, -1));
    const normaliser = weight ? ops.mul(logLargest, ops.squeeze(weight, [-1])) : logLargest;
    const slope = ops.sub(weight ? ops.mul(probabilities, weight) : probabilities, truth);
    const gradient = (upstream: Tensor, [kept]: readonly Tensor[]): Tensor =>
      ops.mul(ops.expandDims(upstream, -1), kept!);
    return { value: ops.neg(ops.add(shifted, normaliser)), keep: [slope], gradient };
  });
}

/** -sum t log max(p, smallest): a probability of zero gives a large loss, not an infinite one. */
function fromProbabilities(ops: Ops, probabilities: Tensor, truth: Tensor): Tensor {
  const logarithms = ops.log(atLeast(ops, probabilities, smallestProbability));
  return ops.neg(ops.sum(ops.mul(truth, logarithms), -1));
}
