/** Collects the numbers of a submission's steps into columns; every engine reports through it. */
import type { MetricColumns } from '../../../shared/training/events';

export interface StepNumbers {
  /** In the order of the scalar names. */
  scalars: readonly number[];
  /** One a weight group; null: not measured, which is NaN in the columns. */
  gradientNorms: Float64Array | null;
  updateRatios: Float64Array | null;
}

export interface ColumnWriter {
  add: (numbers: StepNumbers) => void;
  /** The columns of the steps added so far. */
  finish: () => MetricColumns;
}

export function createColumnWriter(
  firstStep: number,
  capacity: number,
  scalarNames: readonly string[],
  groupNames: readonly string[],
): ColumnWriter {
  const scalars = new Float32Array(capacity * scalarNames.length);
  const gradientNorms = new Float32Array(capacity * groupNames.length);
  const updateRatios = new Float32Array(capacity * groupNames.length);
  let steps = 0;
  const place = (target: Float32Array, row: Float64Array | null): void => {
    const at = steps * groupNames.length;
    if (row) target.set(row, at);
    else target.fill(NaN, at, at + groupNames.length);
  };
  return {
    add(numbers) {
      scalars.set(numbers.scalars, steps * scalarNames.length);
      place(gradientNorms, numbers.gradientNorms);
      place(updateRatios, numbers.updateRatios);
      steps += 1;
    },
    finish: () => ({
      firstStep,
      steps,
      scalarNames,
      scalars: scalars.subarray(0, steps * scalarNames.length),
      groupNames,
      gradientNorms: gradientNorms.subarray(0, steps * groupNames.length),
      updateRatios: updateRatios.subarray(0, steps * groupNames.length),
    }),
  };
}
