/** Loss, metrics and rates of a run: one growing column a name, with a value for every step from 0 on. */
import type { ScalarBlock } from './logRecord';

export interface ScalarHistory {
  readonly names: readonly string[];
  /** Steps known: each column has as many values. */
  readonly steps: number;
  /** Values of a column, by step; NaN for steps at which it did not exist. Valid until the history grows. */
  column(name: string): Float32Array | undefined;
}

export interface GrowingScalarHistory extends ScalarHistory {
  declare(names: readonly string[]): void;
  add(block: ScalarBlock): void;
  /** Forgets step `steps` and all later ones. */
  cut(steps: number): void;
}

export function createScalarHistory(): GrowingScalarHistory {
  const columns = new Map<string, Float32Array>();
  let declared: readonly string[] = [];
  let steps = 0;
  let capacity = 1024;

  function grow(needed: number): void {
    while (capacity < needed) capacity *= 2;
    for (const [name, column] of columns) {
      if (column.length >= capacity) continue;
      const larger = new Float32Array(capacity).fill(NaN);
      larger.set(column.subarray(0, steps));
      columns.set(name, larger);
    }
  }

  return {
    get names() {
      return [...columns.keys()];
    },
    get steps() {
      return steps;
    },
    column: (name) => columns.get(name)?.subarray(0, steps),
    declare(names) {
      declared = names;
      for (const name of names) if (!columns.has(name)) columns.set(name, new Float32Array(capacity).fill(NaN));
    },
    add({ firstStep, steps: count, values }) {
      const end = firstStep + count;
      grow(end);
      declared.forEach((name, index) => {
        const column = columns.get(name) as Float32Array;
        for (let row = 0; row < count; row += 1) {
          column[firstStep + row] = values[row * declared.length + index] as number;
        }
      });
      steps = Math.max(steps, end);
    },
    cut(to) {
      for (const column of columns.values()) column.fill(NaN, to, steps);
      steps = Math.min(steps, to);
    },
  };
}
