/** Checks the shape of a single sample against its field and puts its axes in the field's order. */
import { FileProblem } from '../../files/fileProblem';
import { channelsLast } from './arrayValues';
import { sampleSize } from './preparedFormat';
import type { PreparedField } from './preparedFormat';

/** `shape` null: a list without axes (the cells of a table). */
export interface RawSample {
  values: ArrayLike<number>;
  shape: readonly number[] | null;
}

/** Axes of one are optional: [8, 8], [8, 8, 1] and [1, 8, 8, 1] are one image. */
export function orderSample(name: string, field: PreparedField, { values, shape }: RawSample): number[] {
  const expected = sourceShape(field);
  const size = sampleSize(field.shape);
  const axes = (sizes: readonly number[]): string => sizes.filter((length) => length !== 1).join();
  if (values.length !== size || (shape !== null && axes(shape) !== axes(expected))) {
    const received = shape === null ? `${values.length} numbers` : `[${shape.join(', ')}]`;
    const wish = shape === null ? `${size} numbers` : `[${expected.join(', ')}]`;
    throw new FileProblem('bad-value', name, `${name}: expected ${wish} for one sample, received ${received}.`);
  }
  if (field.layout !== 'NCHW') return Array.from(values);
  const ordered = new Float64Array(size);
  channelsLast(values, expected, ordered);
  return [...ordered];
}

/** As the data set's own file has it. */
function sourceShape({ shape, layout }: PreparedField): readonly number[] {
  const [height = 1, width = 1, channels = 1] = shape;
  if (layout === 'NCHW') return [channels, height, width];
  return layout === 'NHW' ? [height, width] : shape;
}
