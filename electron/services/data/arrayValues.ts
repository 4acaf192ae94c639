/** From an array as it is in a file to values as a field has them: axes, types and scale. */
import { FileProblem } from '../../files/fileProblem';
import type { NpyArray } from '../../files/npy';
import type { PreparedField } from './preparedFormat';

export type Layout = PreparedField['layout'];

/** The shape of one sample after its axes are put in order: NCHW [c, h, w] -> [h, w, c], NHW [h, w] -> [h, w, 1]. */
export function orderedShape(shape: readonly number[], layout: Layout): number[] {
  if (layout === 'NHW') return [...shape, 1];
  if (layout !== 'NCHW') return [...shape];
  const [channels = 0, height = 0, width = 0] = shape;
  return [height, width, channels];
}

/** Channels from the front to the end; `values` [c, h, w] of one sample into `target` [h, w, c]. */
export function channelsLast(
  values: ArrayLike<number>,
  shape: readonly number[],
  target: { [index: number]: number },
): void {
  const [channels = 0, height = 0, width = 0] = shape;
  const area = height * width;
  for (let channel = 0; channel < channels; channel += 1) {
    for (let at = 0; at < area; at += 1) target[at * channels + channel] = values[channel * area + at] as number;
  }
}

export function isWholeType(dtype: string): boolean {
  return /^[<|][iub]/.test(dtype);
}

/** The class indices in an array [samples] or [samples, 1]; throws a `FileProblem` that names the first bad one. */
export function classIndices(name: string, { values, shape }: NpyArray, classes: number | null): Int32Array {
  if (shape.length !== 1 && !(shape.length === 2 && shape[1] === 1)) {
    const received = `[${shape.join(', ')}]`;
    const advice = 'For one number a class, save y.argmax(axis=1).';
    throw new FileProblem(
      'bad-value',
      name,
      `${name}: expected one class index a sample, received ${received}. ${advice}`,
    );
  }
  return Int32Array.from(values as ArrayLike<number>, (value, at) => {
    if (Number.isInteger(value) && value >= 0 && value < (classes ?? 2 ** 31)) return value;
    const range = classes === null ? 'whole numbers from 0' : `whole numbers from 0 to ${classes - 1}`;
    const fits = classes !== null && Number.isInteger(value) && value >= classes;
    const advice = fits ? `Correct the label, or set data.classes to ${value + 1}.` : 'Number the classes from 0.';
    throw new FileProblem(
      'bad-value',
      name,
      `${name}: the label ${value} at position ${at} is outside the classes; expected ${range}. ${advice}`,
    );
  });
}
