/** What can be wrong with the tensors that reach a layer. */
import { errorMessage } from './define';

export const layerMessages = {
  wrongRank: errorMessage(
    (a: { layer: string; expected: string; received: string }) =>
      `${a.layer} expects ${a.expected}, but receives ${a.received}.`,
  ),
  wrongDataType: errorMessage(
    (a: { layer: string; expected: string; received: string }) =>
      `${a.layer} expects values of type ${a.expected}, but receives ${a.received}.`,
  ),
  sizeNotKnown: errorMessage(
    (a: { layer: string; received: string }) =>
      `${a.layer} expects sizes that are known numbers, but receives ${a.received}. Give the Input a fixed shape.`,
  ),
  windowTooLarge: errorMessage(
    (a: { layer: string; window: string; received: string; param: string }) =>
      `${a.layer} expects an input of at least ${a.window} for its window, but receives ${a.received}. Reduce ${a.param} or add padding.`,
  ),
  groupsDoNotDivide: errorMessage(
    (a: { layer: string; groups: number; of: string; count: number }) =>
      `${a.layer} expects groups to divide the ${a.count} ${a.of}, but receives ${a.groups} groups.`,
  ),
  paddingTooLarge: errorMessage(
    (a: { layer: string; received: string; window: string }) =>
      `${a.layer} expects padding smaller than its ${a.window} window on every side, but receives ${a.received}.`,
  ),
  axisOutOfRange: errorMessage(
    (a: { layer: string; axis: number; received: string }) =>
      `${a.layer} expects an axis of its input other than the batch axis 0, but is set to axis ${a.axis} of ${a.received}.`,
  ),
  sizesDiffer: errorMessage(
    (a: { layer: string; expected: string; first: string; firstPort: string; second: string; secondPort: string }) =>
      `${a.layer} expects ${a.expected}, but ${a.firstPort} is ${a.first} and ${a.secondPort} is ${a.second}.`,
  ),
  reshapeElementsDiffer: errorMessage(
    (a: { shape: string; expected: string; received: string; elements: number }) =>
      `Reshape to ${a.shape} expects ${a.expected} elements a sample, but receives ${a.received}, which has ${a.elements}.`,
  ),
  reshapeShapeInvalid: errorMessage(
    (a: { shape: string }) =>
      `Reshape expects sizes of at least 1, with at most one -1 for what remains, but its shape is ${a.shape}.`,
  ),
  inputMissing: errorMessage(
    (a: { layer: string; port: string; because: string }) => `${a.layer} needs a wire at ${a.port}, ${a.because}.`,
  ),
};
