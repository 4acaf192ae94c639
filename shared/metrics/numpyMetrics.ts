/** Metrics in NumPy, as scripts that evaluate bring them along. */
import { code, type Hole } from '../ir/emit/code';
import type { Helper } from '../ir/emit/emission';
import type { LossParts } from '../ir/emit/trainingEmission';
import type { FieldInfo, HeadLoss } from '../ir/trainingDefinitions';
import { isBinary } from './decisions';

const imports = ['import numpy as np'];

/** Decided and true classes of a batch, as expressions. */
export function numpyDecisions({
  output,
  names,
  target,
  loss,
}: LossParts<unknown> & { target: FieldInfo; loss: HeadLoss }): { decided: Hole; truth: Hole } {
  const { output: scores, target: given } = names;
  if (isBinary(loss)) {
    const threshold = loss.params.from === 'probabilities' ? 0.5 : 0;
    return { decided: code`${scores} > ${threshold}`, truth: code`${given}.reshape(${scores}.shape) > 0.5` };
  }
  return { decided: code`${scores}.argmax(axis=-1)`, truth: numpyClasses(given, output.type.dims.length, target) };
}

/** Class indices, also of a target that holds distributions. */
export function numpyClasses(given: Hole, rank: number, target: FieldInfo): Hole {
  return target.shape.length + 1 === rank ? code`${given}.argmax(axis=-1)` : given;
}

export const numpyTopK: Helper = {
  name: 'top_k_accuracy',
  imports,
  source: `def top_k_accuracy(scores: np.ndarray, target: np.ndarray, k: int) -> float:
    """Share of targets among the k largest scores; ties count in favour."""
    own = np.take_along_axis(scores, target[..., None].astype(np.int64), axis=-1)
    return float(((scores > own).sum(axis=-1) < k).mean())`,
};

export const numpyConfusionMatrix: Helper = {
  name: 'confusion_matrix',
  imports,
  source: `def confusion_matrix(
    decided: np.ndarray, truth: np.ndarray, classes: int
) -> np.ndarray:
    """Shares of all decisions by true class (row) and decided class (column)."""
    pairs = truth.astype(np.int64).ravel() * classes + decided.ravel()
    counts = np.bincount(pairs, minlength=classes * classes)
    return counts.reshape(classes, classes) / decided.size`,
};

export const numpyMacroF1: Helper = {
  name: 'macro_f1',
  imports,
  source: `def macro_f1(matrix: np.ndarray) -> float:
    """Mean over classes of F1; 0 for a class that neither occurs nor is decided."""
    right = np.diagonal(matrix)
    either = matrix.sum(axis=0) + matrix.sum(axis=1)
    return float((2 * right / np.where(either > 0, either, 1)).mean())`,
};
