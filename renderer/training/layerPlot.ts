/** The plot of every layer's gradient: at most eight lines by name, all others as one faint band. */
import type { LayerHistory, LayerMeasure } from '../state/layerHistory';
import type { RunCurves } from '../state/runCurves';
import { smoothed } from '../state/smoothed';
import { mostLabels } from '../ui/plot/frame';
import type { PlotContent, PlotLine, PlotView } from '../ui/plot/plotTypes';
import type { AxisScale } from './axisScale';

export interface LayerOptions {
  measure: LayerMeasure;
  scale: AxisScale;
  complete: boolean;
  smoothing: number;
  /** Paths of weight groups; those of selected nodes first of all. */
  selected: ReadonlySet<string>;
  hovered: string | null;
  words: { others: string };
}

export const mostLines = 8;

/** From the input to the loss: the hue turns with the depth. */
const depthColours = Array.from({ length: mostLines }, (_, at) => `var(--run-${at + 1})`);

/** Stretches of rows, so that no column of pixels gets more than one. */
interface Stretch {
  from: number;
  to: number;
  x: number;
}

export function layerContent({ groups, layers }: RunCurves, options: LayerOptions, view: PlotView): PlotContent {
  const { measure, scale, complete, smoothing, selected, hovered } = options;
  const named = namedGroups(
    groups.map(({ path }) => path),
    (group) => newestValue(layers, measure, group),
    hovered === null ? selected : new Set([...selected, hovered]),
  );
  const stretches = stretchesOf(layers, scale, view);
  const lines: PlotLine[] = [];
  if (named.length < groups.length) lines.push(bandOf(layers, groups.length, stretches, options));
  const spoken = labelledGroups(named, (group) => selected.has(groups[group]?.path ?? ''));
  named.forEach((group, at) => {
    const { path, name } = groups[group] as { path: string; name: string };
    const logs = stretches.map((stretch) => meanLog(layers, measure, group, stretch));
    lines.push({
      id: path,
      name,
      ...(spoken.has(group) && { label: name }),
      colour: depthColours[at] as string,
      style: selected.has(path) || hovered === path ? 'strong' : 'line',
      x: stretches.map(({ x }) => x),
      y: smoothed(logs, smoothing).map(Math.exp),
      read: (x) => {
        const row = layers.rowAt(scale.step(x));
        const value = row < 0 ? NaN : layers.value(measure, row, group);
        return Number.isNaN(value) ? null : { value };
      },
    });
  });
  return { lines, complete };
}

/** Which groups get a line, in flow order: selected ones, first and last, then extremes in turn. */
export function namedGroups(
  paths: readonly string[],
  newest: (group: number) => number,
  selected: ReadonlySet<string>,
): number[] {
  const all = paths.map((_, at) => at);
  if (all.length <= mostLines) return all;
  const chosen = new Set(all.filter((at) => selected.has(paths[at] as string)).slice(0, mostLines));
  const byValue = all.filter((at) => newest(at) > 0).sort((a, b) => newest(a) - newest(b));
  const candidates = [0, all.length - 1];
  for (let at = 0; at < byValue.length / 2; at += 1) {
    candidates.push(byValue[at] as number, byValue[byValue.length - 1 - at] as number);
  }
  for (const candidate of [...candidates, ...all]) if (chosen.size < mostLines) chosen.add(candidate);
  return [...chosen].sort((a, b) => a - b);
}

/** As many as have room: selected ones, the first and the last. */
function labelledGroups(named: readonly number[], isSelected: (group: number) => boolean): ReadonlySet<number> {
  const ends = named.length <= mostLabels ? named : [...named.slice(0, 1), ...named.slice(-1)];
  return new Set([...named.filter(isSelected), ...ends].slice(0, mostLabels));
}

function newestValue(layers: LayerHistory, measure: LayerMeasure, group: number): number {
  for (let row = layers.rows() - 1; row >= Math.max(0, layers.rows() - 50); row -= 1) {
    const value = layers.value(measure, row, group);
    if (!Number.isNaN(value)) return value;
  }
  return NaN;
}

function stretchesOf(layers: LayerHistory, scale: AxisScale, { range, columns }: PlotView): Stretch[] {
  const first = range ? Math.max(0, layers.rowAt(scale.step(range[0]))) : 0;
  const end = range ? Math.min(layers.rows(), layers.rowAt(scale.step(range[1])) + 2) : layers.rows();
  const width = Math.max(1, Math.ceil((end - first) / Math.max(1, columns)));
  const stretches: Stretch[] = [];
  // On multiples of the width, so that a stretch stays what it was while rows are added.
  for (let from = Math.floor(first / width) * width; from < end; from += width) {
    const to = Math.min(end, from + width);
    stretches.push({ from, to, x: scale.place(layers.xAt(from)) });
  }
  return stretches;
}

/** Averaged as the log axis shows it; NaN where nothing above zero was measured. */
function meanLog(layers: LayerHistory, measure: LayerMeasure, group: number, { from, to }: Stretch): number {
  let sum = 0;
  let count = 0;
  for (let row = from; row < to; row += 1) {
    const value = layers.value(measure, row, group);
    if (!(value > 0) || !Number.isFinite(value)) continue;
    sum += Math.log(value);
    count += 1;
  }
  return count === 0 ? NaN : sum / count;
}

/** From the least to the greatest of all groups: up along the one, back along the other. */
function bandOf(
  layers: LayerHistory,
  groups: number,
  stretches: readonly Stretch[],
  { measure, words }: LayerOptions,
): PlotLine {
  const upper: [number, number][] = [];
  const lower: [number, number][] = [];
  for (const { from, to, x } of stretches) {
    let low = Infinity;
    let high = -Infinity;
    for (let row = from; row < to; row += 1) {
      for (let group = 0; group < groups; group += 1) {
        const value = layers.value(measure, row, group);
        if (!(value > 0) || !Number.isFinite(value)) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
    if (high < low) continue;
    upper.push([x, high]);
    lower.unshift([x, low]);
  }
  const outline = [...upper, ...lower];
  return {
    ...{ id: 'others', name: words.others, colour: 'var(--text-label)', style: 'band' },
    x: outline.map(([x]) => x),
    y: outline.map(([, y]) => y),
  };
}
