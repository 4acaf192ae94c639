/** The twins of metrics in PyTorch: what is decided and true, and functions that PyTorch lacks. */
import { code, type Fragment, type Name } from '../ir/emit/code';
import type { EmitInput, Helper } from '../ir/emit/emission';
import { sampleSizes, sameSizes } from '../ir/tensorType';
import type { FieldInfo, HeadLoss } from '../ir/trainingDefinitions';
import { isBinary } from './decisions';

export interface PytorchMetricParts {
  readonly output: EmitInput;
  readonly target: FieldInfo;
  readonly loss: HeadLoss;
  readonly names: { readonly output: Name; readonly target: Name };
}

/** Where PyTorch holds the classes: the last axis as drawn. */
export function pytorchClassAxis({ output: { layout } }: Pick<PytorchMetricParts, 'output'>): number {
  return layout.axes.indexOf(layout.axes.length - 1);
}

/** Decided and true, of equal shapes: truth values, or class indices. */
export function pytorchDecisions(parts: PytorchMetricParts): { decided: Fragment; truth: Fragment } {
  const { loss, names } = parts;
  if (!isBinary(loss))
    return { decided: code`${names.output}.argmax(${pytorchClassAxis(parts)})`, truth: pytorchClasses(parts) };
  const threshold = loss.params.from === 'probabilities' ? 0.5 : 0;
  return { decided: code`${names.output} > ${threshold}`, truth: code`${pytorchTruth(parts)} > 0.5` };
}

/** The true classes as indices. */
export function pytorchClasses(parts: PytorchMetricParts): Fragment {
  const { output, target, names } = parts;
  const indices = target.shape.length === output.type.dims.length - 2;
  return indices ? code`${names.target}` : code`${names.target}.argmax(${pytorchClassAxis(parts)})`;
}

/** The target in the shape of the output, as numbers. */
export function pytorchTruth({ output, target, names }: PytorchMetricParts): Fragment {
  const numbers = target.dtype === 'int32' ? code`${names.target}.float()` : code`${names.target}`;
  return sameSizes(sampleSizes(output.type), target.shape) ? numbers : code`${numbers}.reshape_as(${names.output})`;
}

export const pytorchAccuracy: Helper = {
  name: 'accuracy',
  source: `def accuracy(decided: Tensor, truth: Tensor) -> Tensor:
    return (decided == truth).float().mean()`,
  imports: ['from torch import Tensor'],
};

export const pytorchTopK: Helper = {
  name: 'top_k_accuracy',
  source: `def top_k_accuracy(scores: Tensor, classes: Tensor, k: int, axis: int) -> Tensor:
    """How often the true class is among the k largest scores; ties count in favour."""
    own = scores.gather(axis, classes.unsqueeze(axis))
    return ((scores > own).sum(axis) < k).float().mean()`,
  imports: ['from torch import Tensor'],
};

export const pytorchConfusion: Helper = {
  name: 'confusion_matrix',
  source: `def confusion_matrix(decided: Tensor, truth: Tensor, classes: int) -> Tensor:
    """How often each class (row) was taken for each other (column), as parts of 1."""
    pairs = truth.long().flatten() * classes + decided.long().flatten()
    counts = torch.bincount(pairs, minlength=classes * classes)
    return counts.reshape(classes, classes) / len(pairs)`,
  imports: ['import torch', 'from torch import Tensor'],
};

export const pytorchMacroF1: Helper = {
  name: 'macro_f1',
  source: `def macro_f1(matrix: Tensor) -> Tensor:
    """The mean of F1 over all classes; 0 for those that never occur."""
    seen = matrix.sum(0) + matrix.sum(1)
    return (2 * matrix.diagonal() / seen).nan_to_num().mean()`,
  imports: ['from torch import Tensor'],
};
