/** The part of plotly that is used, and its loading: only when the first plot is drawn, so that the window opens fast. */

type Plain = Readonly<Record<string, unknown>>;
export type Shape = Plain;
export type Annotation = Plain;

export interface Trace extends Plain {
  readonly type: 'scatter';
  readonly x: ArrayLike<number>;
  readonly y: ArrayLike<number>;
}

export interface Figure {
  data: readonly Trace[];
  layout: Plain & { annotations: readonly Annotation[]; shapes: readonly Shape[] };
}

/** A drawn plot tells of zooming. */
interface PlotElement extends HTMLDivElement {
  on?: (event: 'plotly_relayout' | 'plotly_doubleclick', listener: (change: Plain | null) => void) => void;
}

/** `on` is there once something was drawn. */
export function asPlot(element: HTMLDivElement): PlotElement {
  return element;
}

export interface Plotly {
  react: (element: HTMLElement, data: readonly Trace[], layout: Plain, config: Plain) => Promise<unknown>;
  purge: (element: HTMLElement) => void;
  downloadImage: (figure: Figure, options: Plain) => Promise<string>;
}

/** Double-click is ours: it leads back to our ranges, not to plotly's. */
export const plotlyConfig: Plain = { displayModeBar: false, doubleClick: false, responsive: false, showTips: false };

let loading: Promise<Plotly> | null = null;

export function loadPlotly(): Promise<Plotly> {
  loading ??= import('plotly.js-cartesian-dist-min').then(({ default: loaded }) => loaded as Plotly);
  return loading;
}
