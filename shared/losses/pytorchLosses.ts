/** The twins of losses in PyTorch: the axis of classes, the target as it is compared, and functions that PyTorch lacks. */
import { call, code, operation, type Fragment, type Hole, type Name } from '../ir/emit/code';
import type { EmitInput, Helper } from '../ir/emit/emission';
import { sampleSizes, sameSizes } from '../ir/tensorType';
import type { FieldInfo } from '../ir/trainingDefinitions';

interface Compared {
  readonly output: EmitInput;
  readonly target: FieldInfo;
  readonly names: { readonly output: Name; readonly target: Name };
}

export const pytorchFunctional = 'from torch.nn import functional as F';

/** Scores and truth with the classes on axis 1, where PyTorch's losses look for them; positions count as samples. */
export function pytorchScores({ output, target, names }: Compared): { scores: Fragment; truth: Fragment } {
  const rank = output.type.dims.length;
  if (rank === 2 || output.layout.axes[1] === rank - 1) {
    return { scores: code`${names.output}`, truth: code`${names.target}` };
  }
  const indices = target.shape.length < rank - 1;
  return {
    scores: code`${names.output}.flatten(0, -2)`,
    truth: indices ? code`${names.target}.flatten()` : code`${names.target}.flatten(0, -2)`,
  };
}

/** The target in the shape of the output, as numbers. */
export function pytorchValues({ output, target, names }: Compared): Fragment {
  const numbers = target.dtype === 'int32' ? code`${names.target}.float()` : code`${names.target}`;
  return sameSizes(sampleSizes(output.type), target.shape) ? numbers : code`${numbers}.reshape_as(${names.output})`;
}

/** Moved this part of the way towards what is given. */
export function pytorchSmoothed(truth: Fragment, part: number, towards: number): Hole {
  if (part === 0) return truth;
  return operation('+', [operation('*', [truth, rounded(1 - part)]), rounded(part * towards)]);
}

export function lossCall(name: Fragment, positional: readonly Hole[], smoothing = 0): Hole {
  return call(name, positional, { label_smoothing: smoothing === 0 ? undefined : smoothing });
}

function rounded(value: number): number {
  return Number(value.toPrecision(12));
}

export const pytorchProbabilityLoss: Helper = {
  name: 'cross_entropy_of_probabilities',
  source: `def cross_entropy_of_probabilities(
    probabilities: Tensor, target: Tensor, label_smoothing: float = 0.0
) -> Tensor:
    """Classes lie on axis 1; no probability counts as smaller than 1e-7."""
    classes = probabilities.shape[1]
    if target.dim() < probabilities.dim():
        target = F.one_hot(target, classes).movedim(-1, 1)
    truth = target * (1 - label_smoothing) + label_smoothing / classes
    return -(truth * probabilities.clamp_min(1e-7).log()).sum(1).mean()`,
  imports: ['from torch import Tensor', pytorchFunctional],
};

export const pytorchBinaryLoss: Helper = {
  name: 'binary_cross_entropy',
  source: `def binary_cross_entropy(probabilities: Tensor, truth: Tensor) -> Tensor:
    """Neither side's probability counts as smaller than 1e-7."""
    yes = probabilities.clamp_min(1e-7).log()
    no = (1 - probabilities).clamp_min(1e-7).log()
    return -(truth * yes + (1 - truth) * no).mean()`,
  imports: ['from torch import Tensor'],
};
