/** What compared runs achieved, measured against the baseline where there is one. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { isHigherBetter } from './measures';

export interface ResultCell {
  /** Null where the run has none. */
  value: number | null;
  /** Against the baseline; null for the baseline itself, and where one of the two has no number. */
  delta: number | null;
  verdict: 'better' | 'worse' | 'same' | null;
}

export interface ResultRow {
  /** Name of the measure, or what else is compared. */
  name: string;
  of: 'validation' | 'test' | 'run';
  cells: readonly ResultCell[];
}

/** Measures of the best epoch and of the test part, then the best epoch and the time that training took. */
export function resultRows(runs: readonly RunListing[], baseline: string | null): ResultRow[] {
  const reference = runs.find(({ id }) => id === baseline) ?? null;
  const row = (
    name: string,
    of: ResultRow['of'],
    valueOf: (run: RunListing) => number | null,
    better: 'up' | 'down' | null,
  ): ResultRow => {
    const base = reference ? valueOf(reference) : null;
    const cells = runs.map((run): ResultCell => {
      const value = valueOf(run);
      const told = run === reference || value === null || base === null;
      const delta = told ? NaN : value - base;
      if (Number.isNaN(delta)) return { value, delta: null, verdict: null };
      return { value, delta, verdict: better && verdictOf(better === 'up' ? delta : -delta) };
    });
    return { name, of, cells };
  };
  const measured = (of: 'validation' | 'test'): ResultRow[] =>
    namesOf(runs, of).map((name) =>
      row(name, of, (run) => run[of]?.[name] ?? null, isHigherBetter(name) ? 'up' : 'down'),
    );
  return [
    ...measured('validation'),
    ...measured('test'),
    row('bestEpoch', 'run', ({ bestEpoch }) => bestEpoch, null),
    row('duration', 'run', ({ seconds }) => seconds, 'down'),
  ];
}

function namesOf(runs: readonly RunListing[], of: 'validation' | 'test'): string[] {
  return [...new Set(runs.flatMap((run) => Object.keys(run[of] ?? {})))];
}

function verdictOf(gain: number): ResultCell['verdict'] {
  if (gain === 0) return 'same';
  return gain > 0 ? 'better' : 'worse';
}
