/** `runs compare`: configurations side by side, differences only, and curves on one axis. */
import type { Json } from '../../../shared/messages/define';
import type { EpochSummary } from '../../../shared/training/events';
import { findRun } from './findRun';
import { flattenConfiguration } from './flattenConfiguration';
import { listingOf, type RunListing } from './listRuns';
import { readRun, type FoundRun } from './readRun';

/** A setting that is not the same everywhere; `values` in the order of the runs, undefined where a run lacks it. */
export interface Difference {
  /** "training.optimizer.learningRate", "design.nodes.conv1.params.filters", "engine". */
  path: string;
  values: (Json | undefined)[];
}

/** A measure at the ends of epochs 1, 2, ...; `values` has a row a run, null where that run has none. */
export interface ComparedCurve {
  /** "loss", "accuracy" on the training part, "validation loss", ... */
  name: string;
  values: (number | null)[][];
}

export interface Comparison {
  runs: RunListing[];
  differences: Difference[];
  curves: ComparedCurve[];
}

/** `all`: settings that are the same everywhere too. Throws `ServiceProblem` run-unknown. */
export function compareRuns(
  home: string,
  runs: readonly string[],
  { all = false }: { all?: boolean } = {},
): Comparison {
  const found = runs.map((run) => {
    const { id, folder } = findRun(home, run);
    return readRun(id, folder, { layers: false });
  });
  return {
    runs: found.map(listingOf),
    differences: settings(found).filter(({ values }) => all || differ(values)),
    curves: curves(found.map(({ history }) => history?.epochs ?? [])),
  };
}

function settings(runs: readonly FoundRun[]): Difference[] {
  const flat = runs.map(({ record }) => (record ? flattenConfiguration(record) : new Map<string, Json>()));
  const paths = [...new Set(flat.flatMap((configuration) => [...configuration.keys()]))];
  return paths.map((path) => ({ path, values: flat.map((configuration) => configuration.get(path)) }));
}

function differ(values: Difference['values']): boolean {
  return new Set(values.map((value) => JSON.stringify(value))).size > 1;
}

function curves(runs: readonly (readonly EpochSummary[])[]): ComparedCurve[] {
  const length = Math.max(0, ...runs.map((epochs) => epochs[epochs.length - 1]?.epoch ?? 0));
  const names = (part: 'train' | 'validation'): string[] => [
    ...new Set(runs.flatMap((epochs) => epochs.flatMap((epoch) => Object.keys(epoch[part] ?? {})))),
  ];
  const curveOf = (part: 'train' | 'validation', measure: string): ComparedCurve => ({
    name: part === 'train' ? measure : `validation ${measure}`,
    values: runs.map((epochs) => {
      const byEpoch = new Map(epochs.map((epoch) => [epoch.epoch, epoch[part]?.[measure] ?? null]));
      return Array.from({ length }, (_, at) => byEpoch.get(at + 1) ?? null);
    }),
  });
  return [
    ...names('train').map((name) => curveOf('train', name)),
    ...names('validation').map((name) => curveOf('validation', name)),
  ];
}
