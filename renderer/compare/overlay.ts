/** Curves of several runs on one axis: what is drawn of each, in as few points as tell it. */
import type { RunDetails, Series } from '../../shared/ipc/studio/runSchemas';
import { mainMeasure } from './measures';

export type OverlayAxis = 'step' | 'epoch' | 'time';

export interface OverlayCurve {
  run: string;
  part: 'train' | 'validation';
  x: Float64Array;
  /** NaN: not measured there. */
  y: Float64Array;
}

/** The metric that most of the runs can show; null where they know the loss alone. */
export function overlayMetric(runs: readonly RunDetails[]): string | null {
  const votes = new Map<string, number>();
  for (const { epochs } of runs) {
    const name = mainMeasure(epochs[0]?.validation ?? epochs[0]?.train ?? null);
    if (name !== 'loss') votes.set(name, (votes.get(name) ?? 0) + 1);
  }
  return [...votes].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
}

/** Train from the log, step by step or bucket by bucket; validation from the ends of epochs. Empty ones are left out. */
export function overlayCurves(run: RunDetails, measure: string, axis: OverlayAxis): OverlayCurve[] {
  const place = placeOf(run, axis);
  const series = run.series.find(({ name }) => name === measure);
  const curves: OverlayCurve[] = [];
  if (series) curves.push({ run: run.listing.id, part: 'train', ...trainCurve(series, place) });
  else if (run.epochs.some(({ train }) => train[measure] !== undefined)) {
    curves.push({ run: run.listing.id, part: 'train', ...epochCurve(run, place, ({ train }) => train[measure]) });
  }
  if (run.epochs.some(({ validation }) => validation?.[measure] !== undefined)) {
    const validation = epochCurve(run, place, (epoch) => epoch.validation?.[measure]);
    curves.push({ run: run.listing.id, part: 'validation', ...validation });
  }
  return curves.filter(({ x }) => x.length > 0);
}

function trainCurve({ firstSteps, mean }: Series, place: (step: number) => number): Pick<OverlayCurve, 'x' | 'y'> {
  return { x: firstSteps.map((step) => place(step)), y: Float64Array.from(mean) };
}

function epochCurve(
  { epochs }: RunDetails,
  place: (step: number) => number,
  valueOf: (epoch: RunDetails['epochs'][number]) => number | undefined,
): Pick<OverlayCurve, 'x' | 'y'> {
  return {
    x: Float64Array.from(epochs, ({ step }) => place(step)),
    y: Float64Array.from(epochs, (epoch) => valueOf(epoch) ?? NaN),
  };
}

/** Where a step stands on the axis. Seconds of training are known at the ends of epochs, and drawn straight between. */
export function placeOf(
  { epochs, stepsPerEpoch }: Pick<RunDetails, 'epochs' | 'stepsPerEpoch'>,
  axis: OverlayAxis,
): (step: number) => number {
  if (axis === 'step') return (step) => step;
  if (axis === 'epoch') return (step) => step / Math.max(1, stepsPerEpoch);
  let total = 0;
  const knots = [
    { step: 0, seconds: 0 },
    ...epochs.map(({ step, seconds }) => ({ step, seconds: (total += seconds) })),
  ];
  return (step) => {
    let low = 0;
    let high = knots.length - 1;
    while (low < high - 1) {
      const middle = (low + high) >> 1;
      if ((knots[middle]?.step ?? 0) <= step) low = middle;
      else high = middle;
    }
    const [from, to] = [knots[low], knots[high]];
    if (!from || !to || to.step === from.step) return 0;
    return from.seconds + ((step - from.step) * (to.seconds - from.seconds)) / (to.step - from.step);
  };
}

/** At most `most` points, the least and the greatest of each stretch among them, so that no spike is lost. */
export function thinCurve(curve: OverlayCurve, most: number): OverlayCurve {
  const count = curve.x.length;
  if (count <= most) return curve;
  const stretches = Math.max(1, Math.floor(most / 2));
  const kept: number[] = [];
  for (let stretch = 0; stretch < stretches; stretch += 1) {
    const start = Math.floor((stretch * count) / stretches);
    const end = Math.floor(((stretch + 1) * count) / stretches);
    let least = start;
    let greatest = start;
    for (let at = start; at < end; at += 1) {
      const value = curve.y[at] as number;
      if (!(value >= (curve.y[least] as number))) least = Number.isNaN(value) ? least : at;
      if (!(value <= (curve.y[greatest] as number))) greatest = Number.isNaN(value) ? greatest : at;
    }
    kept.push(Math.min(least, greatest));
    if (least !== greatest) kept.push(Math.max(least, greatest));
  }
  return {
    ...curve,
    x: Float64Array.from(kept, (at) => curve.x[at] as number),
    y: Float64Array.from(kept, (at) => curve.y[at] as number),
  };
}
