/** What a plot is given: lines and marks in the units of its axes, and how numbers are said. */

export interface PlotReading {
  value: number;
  /** Before smoothing, where the line is smoothed. */
  raw?: number;
}

export interface PlotLine {
  id: string;
  /** Said where the line is pointed at. */
  name: string;
  /** A CSS colour; `var(--name)` follows the theme. */
  colour: string;
  x: ArrayLike<number>;
  /** NaN breaks the line. */
  y: ArrayLike<number>;
  /** `raw`: faint, behind. `dashed`: with a dot at each point. `band`: an area, given as a closed outline. */
  style: 'line' | 'strong' | 'raw' | 'dashed' | 'band';
  /** Stands at the line's end with its last value; without one the line has no label. */
  label?: string;
  /** The exact value at a place on the x axis; without it the line is not spoken of. */
  read?: (x: number) => PlotReading | null;
}

/** A ring around one point: the best epoch. */
export interface PlotRing {
  x: number;
  y: number;
  colour: string;
}

/** An upright line at a place where something happened. */
export interface PlotMark {
  x: number;
  text: string;
  kind: 'note' | 'error';
}

export interface PlotContent {
  lines: readonly PlotLine[];
  rings?: readonly PlotRing[];
  marks?: readonly PlotMark[];
  /** Nothing will be added: the axis ends where the data end. */
  complete?: boolean;
}

/** What is seen: `range` null is everything. No line may have more than two points a column. */
export interface PlotView {
  range: readonly [number, number] | null;
  columns: number;
}

export interface PlotWords {
  savePng: string;
  saveSvg: string;
  resetZoom: string;
  /** Stands where there is nothing to draw yet. */
  nothingYet: string;
}

export type Range = readonly [number, number];
