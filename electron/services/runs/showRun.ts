/** `runs show`: one run as its folder tells it: configuration, curves, epochs, and the judgement of every class. */
import type { EpochSummary, FinalEvaluation, RunResult, WeightGroup } from '../../../shared/training/events';
import type { RunHistory } from '../../files/runHistory';
import { classTables, type ClassTable } from './classTables';
import { findRun } from './findRun';
import { listingOf, type RunListing } from './listRuns';
import { readRun } from './readRun';
import type { RunRecord } from './runRecord';
import { newestEvaluations, newestGroups } from './studioRun';
import { thinCurve, type Curve } from './thinCurve';

/** Of one weight group, as last measured; NaN where it never was. */
export interface LayerState {
  path: string;
  gradientNorm: number;
  updateRatio: number;
}

export interface RunDetails {
  listing: RunListing;
  record: RunRecord | null;
  epochs: EpochSummary[];
  /** Loss, metrics and learning rate of every step. */
  curves: Curve[];
  groups: WeightGroup[];
  layers: LayerState[];
  /** The newest of each part. */
  evaluations: FinalEvaluation[];
  classTables: ClassTable[];
  warnings: { code: string; message: string }[];
  result: RunResult | null;
}

/** `points`: at most so many points a curve (minimum and maximum of each stretch are kept); none: every step. */
export function showRun(home: string, run: string, options: { points?: number } = {}): RunDetails {
  const { id, folder } = findRun(home, run);
  const found = readRun(id, folder, { layers: true });
  const { history } = found;
  const events = history?.events ?? [];
  const evaluations = newestEvaluations(events);
  return {
    listing: listingOf(found),
    record: found.record,
    epochs: [...(history?.epochs ?? [])],
    curves: (history?.scalars.names ?? []).map((name) =>
      thinCurve(name, history?.scalars.column(name) ?? new Float32Array(), options.points),
    ),
    groups: newestGroups(events),
    layers: history ? layerStates(history) : [],
    evaluations,
    classTables: classTables(evaluations),
    warnings: events.flatMap((event) =>
      event.event === 'warning' ? [{ code: event.code, message: event.message }] : [],
    ),
    result: found.result,
  };
}

function layerStates({ layers }: RunHistory): LayerState[] {
  return layers.groupNames.map((path) => ({
    path,
    gradientNorm: newestValue(layers.series(path, 'gradientNorms')?.mean),
    updateRatio: newestValue(layers.series(path, 'updateRatios')?.mean),
  }));
}

function newestValue(values: Float32Array | undefined): number {
  if (!values) return NaN;
  for (let at = values.length - 1; at >= 0; at -= 1) {
    const value = values[at] as number;
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}
