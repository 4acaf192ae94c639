/** The judgement of every class, as the confusion matrix of a final evaluation tells it. */
import type { FinalEvaluation, HeadEvaluation } from '../../../shared/training/events';

/** One row of the table per class; what would divide by zero is 0. */
export interface ClassRow {
  name: string;
  precision: number;
  recall: number;
  f1: number;
  /** Samples of this class. */
  support: number;
}

/** `confusion[actual][predicted]` counts samples. */
export interface ClassTable {
  head: string;
  part: 'validation' | 'test';
  classes: ClassRow[];
  confusion: number[][];
}

export function classTables(evaluations: readonly FinalEvaluation[]): ClassTable[] {
  return evaluations.flatMap(({ part, heads }) =>
    heads.flatMap((head) => {
      const metrics = Object.values(head.metrics).find(({ matrix, perClass }) => isTable(matrix) && isTable(perClass));
      if (!metrics) return [];
      const confusion = metrics.matrix as number[][];
      const classes = (metrics.perClass as number[][]).map((row, index) => classRow(head, row, index));
      return [{ head: head.name, part, classes, confusion }];
    }),
  );
}

function classRow({ classes }: HeadEvaluation, row: readonly number[], index: number): ClassRow {
  const [precision = 0, recall = 0, f1 = 0, support = 0] = row;
  return { name: classes?.[index] ?? String(index), precision, recall, f1, support };
}

function isTable(value: number | number[][] | undefined): value is number[][] {
  return Array.isArray(value);
}
