/** What can be wrong with losses, data, optimizers and schedules. */
import { errorMessage, warningMessage } from './define';
import { didYouMean } from './nearNames';

export const trainingMessages = {
  noOutput: errorMessage(
    () => 'The design has no Output, so there is nothing to train. Add an Output after the last layer.',
  ),
  lossOutputUnfit: errorMessage(
    (a: { loss: string; expected: string; received: string }) =>
      `${a.loss} expects ${a.expected}, but the Output receives ${a.received}.`,
  ),
  targetUnfit: errorMessage(
    (a: { loss: string; field: string; expected: string; output: string; received: string }) =>
      `${a.loss} of an output ${a.output} expects ${a.expected}; the field "${a.field}" holds ${a.received} a sample.`,
  ),
  targetOutOfRange: errorMessage(
    (a: { loss: string; field: string; expected: string; lowest: number; highest: number }) =>
      `${a.loss} expects ${a.expected}, but the field "${a.field}" goes from ${a.lowest} to ${a.highest}.`,
  ),
  scoresTooFew: errorMessage(
    (a: { loss: string; field: string; classes: number; scores: number }) =>
      `${a.loss} needs a score for each of the ${a.classes} classes of "${a.field}", but the Output receives ${a.scores}.`,
  ),
  scoresSpare: warningMessage(
    (a: { loss: string; field: string; classes: number; scores: number }) =>
      `The Output receives ${a.scores} scores, but "${a.field}" has only ${a.classes} classes: the spare ones are never right.`,
  ),
  metricUnfit: errorMessage(
    (a: { metric: string; expected: string; received: string }) =>
      `${a.metric} expects ${a.expected}, but receives ${a.received}.`,
  ),
  nothingToTrain: warningMessage(
    () => 'No layer of the design has trainable weights, so training changes nothing. Add a Dense or Conv2D.',
  ),
  invalidSetting: errorMessage(
    (a: { path: string; detail: string }) => `${a.path}: ${a.detail}. Correct this setting of the design.`,
  ),
  unknownField: errorMessage(
    (a: { param: string; field: string; known: string[]; near: string[] }) =>
      `${a.param}: the data set has no field "${a.field}"; it has ${a.known.join(', ') || 'none'}.${didYouMean(a.near)}`,
  ),
  noFieldLeft: errorMessage(
    (a: { param: string; known: string[] }) =>
      `${a.param}: no field of the data set is left for it (${a.known.join(', ') || 'it has none'}). Name the field that is meant, or use other data.`,
  ),
  inputUnfit: errorMessage(
    (a: { field: string; expected: string; received: string }) =>
      `The field "${a.field}" of the data set holds ${a.received} a sample, but this Input expects ${a.expected}.`,
  ),
  indexOutOfRange: errorMessage(
    (a: { field: string; lowest: number; highest: number; most: number }) =>
      `vocabulary: the field "${a.field}" holds indices from ${a.lowest} to ${a.highest}, but the table has rows 0 to ${a.most} alone.`,
  ),
  unknownMonitor: errorMessage(
    (a: { monitor: string; known: string[]; near: string[] }) =>
      `training.monitor: expected one of ${a.known.join(', ')}, received "${a.monitor}".${didYouMean(a.near)}`,
  ),
  activationBeforeLoss: warningMessage(
    (a: { activation: string; loss: string; node: string }) =>
      `${a.loss} applies ${a.activation} itself, so the ${a.activation} "${a.node}" right before it flattens the gradients. Remove it, or say that the loss is from probabilities.`,
  ),
  tensorTooLarge: errorMessage(
    (a: { what: string; shape: string; most: string; reduce: string }) =>
      `Its ${a.what} of ${a.shape} has more than ${a.most} elements. Reduce ${a.reduce}.`,
  ),
  tensorEmpty: errorMessage(
    (a: { what: string; shape: string }) =>
      `Its ${a.what} of ${a.shape} has no elements: every size must be at least 1. Enlarge what reaches it, or its sizes.`,
  ),
  memoryTooLarge: errorMessage(
    (a: { needed: string; most: string; batchSize: number; reduce: string }) =>
      `Training with batches of ${a.batchSize} needs about ${a.needed}, expected at most ${a.most}; this node needs the largest part. Reduce ${a.reduce}.`,
  ),
};
