/** Steps as the x axis says them: steps, epochs, or seconds of training. Crosshairs of all plots meet at steps. */
import { formatDuration } from '../i18n/numbers';
import type { RunCurves } from '../state/runCurves';
import type { CurveAxis } from '../state/trainingStore';

export interface AxisScale {
  place: (step: number) => number;
  step: (place: number) => number;
  format: (place: number) => string;
}

interface Knot {
  step: number;
  seconds: number;
}

export function axisScaleOf(curves: RunCurves, axis: CurveAxis): AxisScale {
  if (axis === 'epoch') {
    const width = Math.max(1, curves.stepsPerEpoch);
    return { place: (step) => step / width, step: (place) => place * width, format: short };
  }
  if (axis === 'time') return timeScale(curves);
  return { place: (step) => step, step: (place) => place, format: short };
}

/** Seconds are known at the ends of epochs; after the last one, by the newest rate. */
function timeScale({ epochs, end, stepsPerSecond }: RunCurves): AxisScale {
  const knots: Knot[] = [{ step: 0, seconds: 0 }];
  let seconds = 0;
  for (const epoch of epochs) {
    seconds += epoch.seconds;
    if (epoch.step > (knots[knots.length - 1] as Knot).step) knots.push({ step: epoch.step, seconds });
  }
  const last = knots[knots.length - 1] as Knot;
  const rate = last.step > 0 && last.seconds > 0 ? last.step / last.seconds : stepsPerSecond > 0 ? stepsPerSecond : 1;
  if (end >= last.step) {
    const steps = Math.max(1, end - last.step);
    knots.push({
      step: last.step + steps,
      seconds: last.seconds + steps / (stepsPerSecond > 0 ? stepsPerSecond : rate),
    });
  }
  return {
    place: (step) => between(knots, step, 'step', 'seconds'),
    step: (place) => between(knots, place, 'seconds', 'step'),
    format: (place) => formatDuration(Math.max(0, place)),
  };
}

function between(knots: readonly Knot[], value: number, from: keyof Knot, to: keyof Knot): number {
  let at = 1;
  while (at < knots.length - 1 && (knots[at] as Knot)[from] < value) at += 1;
  const [a, b] = [knots[at - 1] as Knot, knots[at] as Knot];
  const span = b[from] - a[from];
  return span > 0 ? a[to] + ((value - a[from]) * (b[to] - a[to])) / span : b[to];
}

/** 1200 -> "1200", 120000 -> "120k", 2.5 -> "2.5". */
function short(value: number): string {
  const rounded = Number(value.toPrecision(6));
  if (Math.abs(rounded) >= 1e6) return `${Number((rounded / 1e6).toPrecision(4))}M`;
  if (Math.abs(rounded) >= 1e4) return `${Number((rounded / 1e3).toPrecision(4))}k`;
  return String(Number(rounded.toPrecision(4)));
}
