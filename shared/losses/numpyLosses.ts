/** Losses in NumPy, as scripts that evaluate bring them along: means over a batch. */
import type { Helper } from '../ir/emit/emission';

const imports = ['import numpy as np'];

export const numpyCrossEntropy: Helper = {
  name: 'cross_entropy',
  imports,
  source: `def cross_entropy(
    logits: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean cross-entropy of scores and class indices, or distributions."""
    largest = logits.max(axis=-1, keepdims=True)
    shifted = logits - largest
    log_sum = np.log(np.exp(shifted).sum(axis=-1, keepdims=True))
    return log_likelihood_loss(shifted - log_sum, target, label_smoothing)`,
};

export const numpyLogLikelihoodLoss: Helper = {
  name: 'log_likelihood_loss',
  imports,
  source: `def log_likelihood_loss(
    logs: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean of minus the logarithm that the true class has."""
    classes = logs.shape[-1]
    truth = target if target.ndim == logs.ndim else np.eye(classes)[target]
    truth = truth * (1 - label_smoothing) + label_smoothing / classes
    return float(-(truth * logs).sum(axis=-1).mean())`,
};

export const numpyBinaryCrossEntropy: Helper = {
  name: 'binary_cross_entropy',
  imports,
  source: `def binary_cross_entropy(
    logits: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean cross-entropy of logits and answers between 0 and 1."""
    truth = target.reshape(logits.shape)
    truth = truth * (1 - label_smoothing) + label_smoothing / 2
    tail = np.log1p(np.exp(-np.abs(logits)))
    return float((np.maximum(logits, 0) - logits * truth + tail).mean())`,
};

export const numpyBinaryLogLoss: Helper = {
  name: 'binary_log_loss',
  imports,
  source: `def binary_log_loss(
    probabilities: np.ndarray, target: np.ndarray, label_smoothing: float = 0.0
) -> float:
    """Mean cross-entropy of probabilities and answers between 0 and 1."""
    truth = target.reshape(probabilities.shape)
    truth = truth * (1 - label_smoothing) + label_smoothing / 2
    yes = np.log(np.maximum(probabilities, 1e-7))
    no = np.log(np.maximum(1 - probabilities, 1e-7))
    return float(-(truth * yes + (1 - truth) * no).mean())`,
};
