/** From the rows that the engine's process answers to the columns that a run keeps. */
import type { Head } from '../../../../shared/ir/program';
import type { MetricColumns } from '../../../../shared/training/events';
import { createColumnWriter } from '../columnWriter';
import type { Step } from '../engine';

export interface ColumnShape {
  heads: readonly Head[];
  scalarNames: readonly string[];
  groupNames: readonly string[];
  /** Where the learning rate stands in a step's controls. */
  rateAt: number;
  telemetry: boolean;
}

/** Numbers of one row: losses, metrics of every step, the norm of all, norms and ratios of the groups. */
export function rowLength({ heads, groupNames }: Pick<ColumnShape, 'heads' | 'groupNames'>): number {
  return 1 + heads.length + stepMetrics(heads) + 1 + 2 * groupNames.length;
}

function stepMetrics(heads: readonly Head[]): number {
  return heads.reduce(
    (sum, { metrics }) => sum + metrics.filter(({ definition }) => !definition.evaluationOnly).length,
    0,
  );
}

/** `rows`: [done, rowLength]. */
export function submissionColumns(shape: ColumnShape, steps: readonly Step[], rows: Float64Array): MetricColumns {
  const { heads, scalarNames, groupNames, rateAt, telemetry } = shape;
  const width = rowLength(shape);
  const done = rows.length / width;
  const columns = createColumnWriter(steps[0]?.index ?? 0, Math.max(done, 1), scalarNames, groupNames);
  const metrics = stepMetrics(heads);
  for (let at = 0; at < done; at += 1) {
    const row = rows.subarray(at * width, (at + 1) * width);
    const losses = heads.length > 1 ? row.subarray(1, 1 + heads.length) : [];
    const measured = row.subarray(1 + heads.length, 1 + heads.length + metrics);
    const norms = 1 + heads.length + metrics;
    const groups = norms + 1;
    const ratios = row.subarray(groups + groupNames.length);
    columns.add({
      scalars: [row[0] ?? NaN, ...losses, ...measured, steps[at]?.controls[rateAt] ?? 0, row[norms] ?? NaN],
      gradientNorms: telemetry ? row.slice(groups, groups + groupNames.length) : null,
      updateRatios: telemetry ? Float64Array.from(ratios) : null,
    });
  }
  return columns.finish();
}
