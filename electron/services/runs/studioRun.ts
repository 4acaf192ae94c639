/** One run as a window shows it: curves and layers in buckets, epochs, the judgement of every class. */
import type { RunDetails, Series } from '../../../shared/ipc/studio/runSchemas';
import type { FinalEvaluation, RunEvent, WeightGroup } from '../../../shared/training/events';
import type { RunHistory } from '../../files/runHistory';
import { bucketLayers } from './bucketLayers';
import { bucketSeries } from './bucketSeries';
import { classTables } from './classTables';
import { listingOf } from './listRuns';
import type { FoundRun } from './readRun';

/** `buckets`: at most so many points a curve. */
export function studioRun(run: FoundRun, buckets: number): RunDetails {
  const { record, history } = run;
  const events = history?.events ?? [];
  const listing = listingOf(run);
  const groups = newestGroups(events);
  return {
    listing,
    design: record?.design ?? null,
    designFile: record?.designFile ?? null,
    epochs: [...(history?.epochs ?? [])],
    series: history ? seriesOf(history, history.scalars.names, 0, history.scalars.steps, buckets) : [],
    groups,
    layers: history
      ? bucketLayers(
          history.layers,
          groups.map(({ path }) => path),
          buckets,
        )
      : { firstSteps: new Float64Array(), gradientNorms: new Float32Array(), updateRatios: new Float32Array() },
    stepsPerEpoch: newestStart(events)?.stepsPerEpoch ?? 0,
    classTables: classTables(newestEvaluations(events)),
    warnings: events.flatMap((event) =>
      event.event === 'warning' ? [{ code: event.code, message: event.message }] : [],
    ),
    problem: listing.problem,
  };
}

/** Names that the log does not know are left out. */
export function seriesOf(
  { scalars }: RunHistory,
  names: readonly string[],
  from: number,
  to: number,
  buckets: number,
): Series[] {
  return names.flatMap((name) => {
    const values = scalars.column(name);
    return values ? [{ name, ...bucketSeries(values, from, to, buckets) }] : [];
  });
}

export function newestEvaluations(events: readonly RunEvent[]): FinalEvaluation[] {
  const byPart = new Map<string, FinalEvaluation>();
  for (const event of events) if (event.event === 'evaluation') byPart.set(event.evaluation.part, event.evaluation);
  return [...byPart.values()];
}

export function newestGroups(events: readonly RunEvent[]): WeightGroup[] {
  return newestStart(events)?.groups ?? [];
}

function newestStart(events: readonly RunEvent[]): Extract<RunEvent, { event: 'started' }> | null {
  for (const event of [...events].reverse()) if (event.event === 'started') return event;
  return null;
}
