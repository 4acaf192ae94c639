/** Curves of runs as the plot draws them: one colour a run, training solid over its faint raw line, validation dashed. */
import { smoothed } from '../state/smoothed';
import type { PlotContent, PlotLine, PlotReading, PlotView } from '../ui/plot/plotTypes';
import { thinCurve, type OverlayCurve } from './overlay';

export interface OverlaidRun {
  name: string;
  /** Short, for the end of a line. */
  code: string;
  colour: string;
}

export interface PreparedCurve extends OverlayCurve {
  smooth: Float64Array;
}

/** Lines of more runs than this have no raw line behind: it would be a fog. */
const mostWithRaw = 3;
/** Of more runs than this, none is named at its end. */
const mostNamed = 5;

export function prepareCurve(curve: OverlayCurve, smoothing: number): PreparedCurve {
  const smooths = curve.part === 'train' && smoothing > 0;
  return { ...curve, smooth: smooths ? Float64Array.from(smoothed(curve.y, smoothing)) : curve.y };
}

export function overlayContent(
  curves: readonly PreparedCurve[],
  runs: ReadonlyMap<string, OverlaidRun>,
  { selected, view, complete }: { selected: string | null; view: PlotView; complete: boolean },
): PlotContent {
  const count = new Set(curves.map(({ run }) => run)).size;
  const judged = new Set(curves.filter(({ part }) => part === 'validation').map(({ run }) => run));
  const drawn = curves.map((curve) => ({ curve, seen: seenPart(curve, view) }));
  const rawLines = drawn.flatMap(({ curve, seen }): PlotLine[] => {
    if (count > mostWithRaw || curve.part !== 'train' || curve.smooth === curve.y) return [];
    return [{ ...shared(curve, runs), id: `${curve.run} raw`, style: 'raw', ...thinned(seen, seen.y, view) }];
  });
  const lines = drawn.map(({ curve, seen }): PlotLine => {
    const line = shared(curve, runs);
    const ends = curve.part === 'validation' || !judged.has(curve.run);
    const strong = count > 1 && curve.run === selected;
    return {
      ...line,
      id: `${curve.run} ${curve.part}`,
      style: curve.part === 'validation' ? 'dashed' : strong ? 'strong' : 'line',
      ...thinned(seen, seen.smooth, view),
      ...(ends && count <= mostNamed ? { label: runs.get(curve.run)?.code ?? '' } : {}),
      read: (x) => reading(curve, x),
    };
  });
  return { lines: [...rawLines, ...lines], complete };
}

/** Which run a line's id speaks of. */
export function runOfLine(id: string): string {
  return id.replace(/ (raw|train|validation)$/, '');
}

function shared({ run }: OverlayCurve, runs: ReadonlyMap<string, OverlaidRun>): { name: string; colour: string } {
  const { name = run, colour = 'var(--text-faint)' } = runs.get(run) ?? {};
  return { name, colour };
}

function thinned(curve: PreparedCurve, y: Float64Array, { columns }: PlotView): { x: Float64Array; y: Float64Array } {
  const { x, y: kept } = thinCurve({ ...curve, y }, columns * 2);
  return { x, y: kept };
}

/** With one point more on each side, so that lines run out of the picture. */
function seenPart(curve: PreparedCurve, { range }: PlotView): PreparedCurve {
  if (!range) return curve;
  const start = Math.max(0, firstAtLeast(curve.x, range[0]) - 1);
  const end = Math.min(curve.x.length, firstAtLeast(curve.x, range[1]) + 1);
  const { x, y, smooth } = curve;
  return { ...curve, x: x.slice(start, end), y: y.slice(start, end), smooth: smooth.slice(start, end) };
}

/** The nearest point that was measured; nothing beyond the ends of the line. */
function reading({ x, y, smooth }: PreparedCurve, place: number): PlotReading | null {
  if (x.length === 0 || place > (x[x.length - 1] as number)) return null;
  const at = firstAtLeast(x, place);
  const before = Math.max(0, at - 1);
  const nearest = place - (x[before] as number) < (x[at] as number) - place ? before : at;
  const [value, raw] = [smooth[nearest] as number, y[nearest] as number];
  if (Number.isNaN(value)) return null;
  return smooth === y ? { value } : { value, raw };
}

function firstAtLeast(values: Float64Array, wanted: number): number {
  let low = 0;
  let high = values.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((values[middle] as number) < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
