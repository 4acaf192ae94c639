/** What the plots of a run show, from its curves: the pure part, whose cost hangs on the pixels and not on the steps. */
import { formatMeasure } from '../i18n/numbers';
import type { RunCurves } from '../state/runCurves';
import type { Buckets, MinMaxPyramid } from '../state/minMaxPyramid';
import { smoothed } from '../state/smoothed';
import { bestEpoch } from '../state/trainingFacts';
import type { PlotContent, PlotLine, PlotMark, PlotReading, PlotRing, PlotView, Range } from '../ui/plot/plotTypes';
import type { AxisScale } from './axisScale';

export interface MeasureOptions {
  measure: string;
  scale: AxisScale;
  smoothing: number;
  /** Nothing is added any more. */
  complete: boolean;
  colour: string;
  words: { train: string; validation: string; resumed: string; notFinite: string };
}

/** More stretches before what is seen, so that the average has settled where the picture begins. */
const settling = 200;

/** The training line, its raw self behind, validation at the ends of epochs, rings and marks. */
export function measureContent(curves: RunCurves, options: MeasureOptions, view: PlotView): PlotContent {
  const { scale, complete } = options;
  const scalar = curves.scalars.get(options.measure);
  const lines = scalar ? trainLines(scalar, options, view) : [];
  const validation = validationLine(curves, options);
  if (validation) lines.push(validation);
  return { lines, rings: ringsOf(curves, options), marks: marksOf(curves, options, scale), complete };
}

function trainLines(scalar: MinMaxPyramid, options: MeasureOptions, view: PlotView): PlotLine[] {
  const { scale, smoothing, colour, words, measure } = options;
  const buckets = view.range ? zoomedBuckets(scalar, options, view.range, view.columns) : all(scalar, view.columns);
  const middle = smoothed(buckets.mean, smoothing);
  const places = Float64Array.from(buckets.first, (first, at) =>
    scale.place((first + (buckets.last[at] as number)) / 2),
  );
  const read = readingOf(buckets, middle, smoothing > 0, scale);
  const shared = { name: words.train, colour, label: words.train };
  const raw = extremes(buckets, scale);
  if (smoothing === 0) return [{ ...shared, ...raw, id: measure, style: 'line', read }];
  return [
    { id: `${measure}:raw`, name: words.train, colour, ...raw, style: 'raw' },
    { ...shared, id: measure, x: places, y: middle, style: 'line', read },
  ];
}

function all(scalar: MinMaxPyramid, columns: number): Buckets {
  return scalar.query(-Infinity, Infinity, columns);
}

/** One stretch more at the end, so that the line leaves the picture and does not end in it. */
function zoomedBuckets(scalar: MinMaxPyramid, { scale }: MeasureOptions, range: Range, columns: number): Buckets {
  const [from, to] = [scale.step(range[0]), scale.step(range[1])];
  const column = (to - from) / Math.max(1, columns);
  const start = Math.max(0, from - column * settling);
  const end = Math.min(to + column, scalar.end() ?? to);
  return scalar.query(start, end, Math.max(1, Math.floor((end - start) / column) - 1));
}

/** Minimum and maximum of each stretch: two points, or one where they are the same. */
export function extremes(
  { first, minimum, maximum }: Pick<Buckets, 'first' | 'minimum' | 'maximum'>,
  scale: AxisScale,
): { x: Float64Array; y: Float64Array } {
  const x = new Float64Array(first.length * 2);
  const y = new Float64Array(first.length * 2);
  let count = 0;
  for (let at = 0; at < first.length; at += 1) {
    const place = scale.place(first[at] as number);
    const low = minimum[at] as number;
    const high = maximum[at] as number;
    x[count] = place;
    y[count] = low;
    count += 1;
    if (!(high > low)) continue;
    x[count] = place;
    y[count] = high;
    count += 1;
  }
  return { x: x.subarray(0, count), y: y.subarray(0, count) };
}

function readingOf(
  { first, mean }: Buckets,
  middle: Float32Array,
  isSmoothed: boolean,
  scale: AxisScale,
): (x: number) => PlotReading | null {
  return (x) => {
    const at = lastNotAfter(first, scale.step(x));
    if (at < 0) return null;
    const raw = mean[at] as number;
    return isSmoothed ? { value: middle[at] as number, raw } : { value: raw };
  };
}

function validationLine(curves: RunCurves, { measure, scale, colour, words }: MeasureOptions): PlotLine | null {
  const epochs = curves.epochs.filter(({ validation }) => validation?.[measure] !== undefined);
  if (epochs.length === 0) return null;
  const steps = epochs.map(({ step }) => step);
  const values = epochs.map(({ validation }) => validation?.[measure] ?? NaN);
  return {
    ...{ id: `${measure}:validation`, name: words.validation, label: words.validation, colour, style: 'dashed' },
    x: Float64Array.from(steps, (step) => scale.place(step)),
    y: Float64Array.from(values),
    read: (x) => {
      const at = lastNotAfter(steps, scale.step(x));
      return at < 0 ? null : { value: values[at] as number };
    },
  };
}

function ringsOf({ epochs }: RunCurves, { measure, scale, colour }: MeasureOptions): PlotRing[] {
  const best = bestEpoch(epochs);
  const y = best?.validation?.[measure] ?? best?.train[measure];
  return best && y !== undefined && Number.isFinite(y) ? [{ x: scale.place(best.step), y, colour }] : [];
}

function marksOf({ marks }: RunCurves, { words }: MeasureOptions, scale: AxisScale): PlotMark[] {
  return marks.map(({ step, kind }) => ({
    x: scale.place(step),
    text: words[kind],
    kind: kind === 'notFinite' ? 'error' : 'note',
  }));
}

/** The last place that is not after `x`; -1: all are. */
function lastNotAfter(places: ArrayLike<number>, x: number): number {
  let low = 0;
  let high = places.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((places[middle] as number) <= x) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** Accuracy where there is one, else the first metric; null: the run knows the loss alone. */
export function secondMeasure(curves: RunCurves): string | null {
  const skipped = new Set(['loss', 'learningRate', 'gradientNorm']);
  const names = [...curves.scalars.keys()].filter((name) => !skipped.has(name) && !name.endsWith('/loss'));
  return names.find((name) => /(^|\/)accuracy$/.test(name)) ?? names[0] ?? null;
}

export function formatOf(measure: string): (value: number) => string {
  return (value) => formatMeasure(measure, value);
}
