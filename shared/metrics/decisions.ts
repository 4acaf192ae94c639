/** What an output decides and what is true, as class indices: the step that metrics of classification share. */
import type { Ops, Tensor } from '../ir/layerDefinition';
import { describeShape, holdsClasses, holdsValues } from '../ir/targets';
import { formatType, type TensorType } from '../ir/tensorType';
import type { FieldInfo, HeadLoss } from '../ir/trainingDefinitions';
import { problem, type Problem } from '../messages';

/** Every element is a yes-or-no decision (binary cross-entropy), or the last axis holds scores of classes. */
export function isBinary(loss: HeadLoss): boolean {
  return loss.type === 'binaryCrossEntropy';
}

/** Decided and true classes, int32 vectors of one length: one entry a decision. */
export function decisions(
  ops: Ops,
  output: Tensor,
  target: Tensor,
  loss: HeadLoss,
): { decided: Tensor; truth: Tensor } {
  if (isBinary(loss)) {
    const threshold = loss.params.from === 'probabilities' ? 0.5 : 0;
    return { decided: above(ops, output, threshold), truth: above(ops, target, 0.5) };
  }
  const decided = ops.argMax(output, -1);
  const truth = target.rank === output.rank ? ops.argMax(target, -1) : target;
  return { decided: row(ops, decided), truth: row(ops, truth) };
}

function above(ops: Ops, values: Tensor, threshold: number): Tensor {
  return row(ops, ops.greater(values, threshold));
}

function row(ops: Ops, x: Tensor): Tensor {
  const whole = x.dtype === 'int32' ? x : ops.cast(x, 'int32');
  return x.rank === 1 ? whole : ops.reshape(whole, [x.size]);
}

/** Null where the metric can tell decisions and truth from these types. */
export function decisionsProblem(
  metric: string,
  output: TensorType,
  target: FieldInfo,
  loss: HeadLoss,
): Problem | null {
  const fits = isBinary(loss)
    ? holdsValues(output, target)
    : holdsClasses(output, target) || holdsValues(output, target);
  if (loss.type !== 'meanSquaredError' && fits) return null;
  const expected = 'an output with a classification loss and a target of classes';
  const received = `${formatType(output)} with ${loss.type} and the field "${target.name}" of ${describeShape(target.shape)}`;
  return problem('metricUnfit', { metric, expected, received }, { param: 'metrics' });
}

/** The sum of a vector of 0 and 1 and its length, as float32 [2]: exact for up to 16 million decisions a batch. */
export function hits(ops: Ops, right: Tensor): Tensor {
  const sum = ops.reshape(ops.sum(ops.cast(right, 'float32')), [1]);
  // Padding writes the count in one operation; every step pays for this.
  return ops.pad(sum, [[0, 1]], right.size);
}
