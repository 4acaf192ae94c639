/** The list of runs as the user wants to see it: filtered by text and state, sorted by a column. */
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import { isResumable } from '../actions/runCommands';
import { isHigherBetter, mainMeasure } from './measures';
import type { RunFilter, RunSort } from '../state/comparisonStore';

/** What broke off by itself asks to be taken up again, in a second line of its row. */
export function needsResuming(run: RunListing): boolean {
  return run.state === 'interrupted' && isResumable(run);
}

export interface FilteredRuns {
  runs: readonly RunListing[];
  /** False where the text begins as a regular expression that is none; then everything is shown. */
  understood: boolean;
}

/** "/…/" is a regular expression, anything else is searched for as it is; neither minds case. */
export function filterRuns(runs: readonly RunListing[], { text, state }: RunFilter): FilteredRuns {
  const matches = matcherOf(text.trim());
  const wanted = runs.filter((run) => state === 'all' || run.state === state);
  if (!matches) return { runs: wanted, understood: false };
  return { runs: wanted.filter((run) => matches(searched(run))), understood: true };
}

function searched({ id, name, engine }: RunListing): string {
  return `${name}\n${id}\n${engine ?? ''}`;
}

function matcherOf(text: string): ((searched: string) => boolean) | null {
  const inner = /^\/(.*)\/$/s.exec(text)?.[1];
  if (inner === undefined) {
    const lower = text.toLowerCase();
    return (where) => where.toLowerCase().includes(lower);
  }
  try {
    const pattern = new RegExp(inner, 'im');
    return (where) => pattern.test(where);
  } catch {
    return null;
  }
}

/** Stable; runs that lack the value come last, whichever way it is sorted. */
export function sortRuns(runs: readonly RunListing[], { column, descending }: RunSort): RunListing[] {
  const collator = new Intl.Collator('en', { numeric: true, sensitivity: 'base' });
  const keyed = runs.map((run) => ({ run, key: keyOf(run, column) }));
  const lacks = (key: number | string | null): boolean =>
    key === null || (typeof key === 'number' && Number.isNaN(key));
  keyed.sort((a, b) => {
    if (lacks(a.key) || lacks(b.key)) return Number(lacks(a.key)) - Number(lacks(b.key));
    const order =
      typeof a.key === 'string' && typeof b.key === 'string'
        ? collator.compare(a.key, b.key)
        : Number(a.key) - Number(b.key);
    return descending ? -order : order;
  });
  return keyed.map(({ run }) => run);
}

function keyOf(run: RunListing, column: RunSort['column']): number | string | null {
  switch (column) {
    case 'name':
      return run.name;
    case 'state':
      return run.state;
    case 'validation':
      return goodness(run.validation);
    case 'test':
      return goodness(run.test);
    case 'epochs':
      return run.epoch;
    case 'duration':
      return run.seconds;
    case 'created':
      return Date.parse(run.created);
    case 'engine':
      return run.engine;
  }
}

/** Losses turned round, so that more is better; they lie below all shares, so that the column stays in one order. */
function goodness(measures: RunListing['validation']): number | null {
  if (!measures) return null;
  const name = mainMeasure(measures);
  const value = measures[name] ?? NaN;
  return isHigherBetter(name) ? value : -value;
}

/** Where the keys lead: `by` rows down or up from the selected one, held within the list. */
export function rowFrom(runs: readonly RunListing[], selected: string | null, by: number): string | null {
  const at = runs.findIndex(({ id }) => id === selected);
  const start = at === -1 ? (by > 0 ? -1 : runs.length) : at;
  return runs[Math.min(runs.length - 1, Math.max(0, start + by))]?.id ?? null;
}
