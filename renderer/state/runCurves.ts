/** All curves of one run: what its frames or its record told. Mutable, for it grows with every frame. */
import type { RunDetails, Series } from '../../shared/ipc/studio/runSchemas';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { EpochSummary, WeightGroup } from '../../shared/training/events';
import { createLayerHistory, type LayerHistory } from './layerHistory';
import { createMinMaxPyramid, type MinMaxPyramid } from './minMaxPyramid';

export interface RunMark {
  step: number;
  kind: 'resumed' | 'notFinite';
}

export interface RunCurves {
  readonly run: string;
  stepsPerEpoch: number;
  /** Points of each scalar by its name: loss, metrics, learning rate. */
  readonly scalars: Map<string, MinMaxPyramid>;
  groups: readonly WeightGroup[];
  layers: LayerHistory;
  epochs: readonly EpochSummary[];
  marks: readonly RunMark[];
  /** Steps that are known: all before this one. */
  end: number;
  /** Newest rate, for the time of steps after the last epoch. */
  stepsPerSecond: number;
}

/** Points kept of a scalar in full; of a longer run neighbours are joined, their extremes kept. */
const mostPoints = 2 ** 18;

export function createRunCurves(run: string, groups: readonly WeightGroup[], stepsPerEpoch: number): RunCurves {
  return {
    run,
    stepsPerEpoch,
    scalars: new Map(),
    groups,
    layers: createLayerHistory(groups.map(({ elements }) => elements)),
    epochs: [],
    marks: [],
    end: 0,
    stepsPerSecond: 0,
  };
}

export function curvesOf(details: RunDetails): RunCurves {
  const { listing, groups, stepsPerEpoch, epochs, series, layers } = details;
  const curves = createRunCurves(listing.id, groups, stepsPerEpoch);
  curves.epochs = epochs;
  addSeries(curves, series, listing.steps);
  const count = layers.firstSteps.length;
  const row = (values: Float32Array, at: number): number[] =>
    groups.map((_, group) => values[group * count + at] as number);
  for (let at = 0; at < count; at += 1) {
    const { firstSteps, gradientNorms, updateRatios } = layers;
    curves.layers.append(firstSteps[at] as number, row(gradientNorms, at), row(updateRatios, at));
  }
  return curves;
}

/** Stretches of the log, up to the step `end`, after what is known already. */
export function addSeries(curves: RunCurves, series: readonly Series[], end: number): void {
  for (const { name, firstSteps, minimum, maximum, mean } of series) {
    const scalar = scalarOf(curves, name);
    const known = scalar.end() ?? -1;
    for (let at = 0; at < firstSteps.length; at += 1) {
      const x = firstSteps[at] as number;
      const weight = (firstSteps[at + 1] ?? Math.max(end, x + 1)) - x;
      const [low, high, middle] = [minimum[at] as number, maximum[at] as number, mean[at] as number];
      if (x > known) scalar.appendStretch(x, { minimum: low, maximum: high, mean: middle, weight });
    }
  }
  curves.end = Math.max(curves.end, end);
}

export function addFrame(curves: RunCurves, frame: MetricFrame, names: readonly string[]): void {
  const { rowSteps, scalars, firstStep, steps, gradientNorms, updateRatios, stepsPerSecond } = frame;
  names.forEach((name, column) => {
    const scalar = scalarOf(curves, name);
    for (let row = 0; row < rowSteps.length; row += 1) {
      const step = rowSteps[row] as number;
      if (step >= curves.end) scalar.append(step, scalars[row * names.length + column] as number);
    }
  });
  const end = firstStep + steps;
  if (end > curves.end) curves.layers.append(end - 1, gradientNorms, updateRatios);
  curves.end = Math.max(curves.end, end);
  if (stepsPerSecond > 0) curves.stepsPerSecond = stepsPerSecond;
}

/** A run that goes on from a checkpoint replaces what came after it. */
export function resumeAt(curves: RunCurves, step: number): void {
  for (const scalar of curves.scalars.values()) scalar.cut(step);
  curves.layers.cut(step);
  curves.epochs = curves.epochs.filter((epoch) => epoch.step <= step);
  const marks = curves.marks.filter((mark) => mark.step < step);
  curves.marks = step > 0 ? [...marks, { step, kind: 'resumed' }] : marks;
  curves.end = Math.min(curves.end, step);
}

function scalarOf({ scalars }: RunCurves, name: string): MinMaxPyramid {
  const known = scalars.get(name);
  if (known) return known;
  const fresh = createMinMaxPyramid(mostPoints);
  scalars.set(name, fresh);
  return fresh;
}
