/** The judgement of every class as rows that can be sorted, the worst of them marked. */
import type { ClassTable } from '../../shared/ipc/studio/runSchemas';

export type ClassColumn = 'index' | 'precision' | 'recall' | 'f1' | 'support';

export interface ClassRow {
  index: number;
  name: string;
  precision: number;
  recall: number;
  f1: number;
  support: number;
  /** Among the worst tenth by F1, at least one, unless nothing was mistaken. */
  worst: boolean;
}

export function classRows(table: ClassTable, sort: { column: ClassColumn; descending: boolean }): ClassRow[] {
  const judged = table.classes.filter(({ support }) => support > 0).map(({ f1 }) => f1);
  const bound = [...judged].sort((a, b) => a - b)[Math.max(0, Math.ceil(judged.length / 10) - 1)] ?? 0;
  const rows = table.classes.map((one, index) => ({
    ...one,
    index,
    worst: one.support > 0 && one.f1 <= bound && one.f1 < 1,
  }));
  const sign = sort.descending ? -1 : 1;
  return rows.sort((a, b) => sign * (a[sort.column] - b[sort.column]) || a.index - b.index);
}

/** Each count over the samples of its actual class; 0 where there are none. */
export function rowShares(confusion: readonly (readonly number[])[]): number[][] {
  return confusion.map((row) => {
    const total = row.reduce((sum, count) => sum + count, 0);
    return row.map((count) => (total === 0 ? 0 : count / total));
  });
}

export interface CellPlace {
  actual: number;
  predicted: number;
}

/** Where an arrow, Home or End leads in the matrix; null for other keys. */
export function moveCell({ actual, predicted }: CellPlace, key: string, classes: number): CellPlace | null {
  const held = (at: number): number => Math.min(classes - 1, Math.max(0, at));
  switch (key) {
    case 'ArrowUp':
      return { actual: held(actual - 1), predicted };
    case 'ArrowDown':
      return { actual: held(actual + 1), predicted };
    case 'ArrowLeft':
      return { actual, predicted: held(predicted - 1) };
    case 'ArrowRight':
      return { actual, predicted: held(predicted + 1) };
    case 'Home':
      return { actual, predicted: 0 };
    case 'End':
      return { actual, predicted: classes - 1 };
    default:
      return null;
  }
}
