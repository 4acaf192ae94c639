/** The figure that plotly draws: traces, axes, labels at the ends of lines. Pure, so that its cost can be counted. */
import { spreadLabels, ticksOf } from './axes';
import { hasLabels, pixelOfX, pixelOfY, type PlotFrame } from './frame';
import type { Annotation, Figure, Shape, Trace } from './plotly';
import type { PlotContent, PlotLine } from './plotTypes';

export interface PlotTheme {
  /** Behind everything, so that a saved picture is as the window shows it. */
  surface: string;
  text: string;
  label: string;
  faint: string;
  grid: string;
  error: string;
  font: string;
  /** What a CSS value stands for in this theme. */
  colour: (value: string) => string;
}

export interface FigureOptions {
  frame: PlotFrame;
  theme: PlotTheme;
  xTitle: string;
  yTitle: string;
  formatX: (value: number) => string;
  /** Of axes and labels at the ends of lines: short. */
  formatTick: (value: number) => string;
}

const labelGap = 13;
const sizeDetail = 11;

export function figureOf(content: PlotContent, options: FigureOptions): Figure {
  const { frame, theme, formatX, formatTick } = options;
  const { left, right, top, bottom, width, height, logY } = frame;
  const axis = { showgrid: false, zeroline: false, showline: false, ticks: '', fixedrange: false } as const;
  const font = { family: theme.font, size: sizeDetail, color: theme.label };
  const xTicks = ticksOf(frame.x, Math.max(2, Math.floor((width - left - right) / 70)), false);
  const yTicks = ticksOf(frame.y, 4, logY);
  return {
    data: [...content.lines.map((line) => traceOf(line, theme)), ...ringTraces(content, theme)],
    layout: {
      width,
      height,
      margin: { l: left, r: right, t: top, b: bottom, pad: 0 },
      paper_bgcolor: theme.surface,
      plot_bgcolor: 'rgba(0,0,0,0)',
      font,
      showlegend: false,
      hovermode: false,
      dragmode: 'zoom',
      xaxis: {
        ...axis,
        range: [...frame.x],
        tickvals: xTicks,
        ticktext: xTicks.map((value) => (isClear(value, options) ? plain(formatX(value)) : '')),
      },
      yaxis: {
        ...axis,
        type: logY ? 'log' : 'linear',
        range: logY ? frame.y.map((value) => Math.log10(value)) : [...frame.y],
        showgrid: true,
        gridcolor: theme.grid,
        gridwidth: 1,
        tickvals: yTicks,
        ticktext: yTicks.map((value) => plain(formatTick(value))),
      },
      shapes: markShapes(content, options),
      annotations: [...titles(options), ...endLabels(content, options), ...markTexts(content, options)],
    },
  };
}

/** The end of the axis is its title's. */
function isClear(x: number, { frame, xTitle }: FigureOptions): boolean {
  const titleWidth = 14 + 7 * [...xTitle].length;
  return pixelOfX(frame, x) < frame.width - frame.right - titleWidth - 12;
}

/** Text for plotly, which reads a few tags. */
function plain(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}

function traceOf(line: PlotLine, { colour }: PlotTheme): Trace {
  const { style, x, y } = line;
  const color = colour(line.colour);
  const shared = { type: 'scatter', name: line.id, x, y, hoverinfo: 'skip', connectgaps: false } as const;
  switch (style) {
    case 'band':
      return {
        ...shared,
        ...{ mode: 'lines', line: { width: 0, color }, fill: 'toself', fillcolor: color, opacity: 0.16 },
      };
    case 'raw':
      return { ...shared, mode: 'lines', opacity: 0.28, line: { width: 1, color, simplify: false } };
    case 'dashed':
      return {
        ...shared,
        ...{ mode: 'lines+markers', line: { width: 1.5, color, dash: '5px,3px' }, marker: { size: 5, color } },
      };
    case 'line':
    case 'strong':
      return { ...shared, mode: 'lines', line: { width: style === 'line' ? 2 : 3, color, simplify: false } };
  }
}

function ringTraces({ rings = [] }: PlotContent, { colour }: PlotTheme): Trace[] {
  return rings.map(({ x, y, colour: value }) => ({
    ...{ type: 'scatter', name: 'ring', mode: 'markers', x: [x], y: [y], hoverinfo: 'skip' },
    marker: { size: 11, color: 'rgba(0,0,0,0)', line: { width: 2, color: colour(value) } },
  }));
}

const still = { showarrow: false, captureevents: false } as const;

function titles({ theme, xTitle, yTitle }: FigureOptions): Annotation[] {
  const font = { size: sizeDetail, color: theme.faint };
  return [
    {
      ...{ ...still, xref: 'paper', yref: 'paper', x: 0, y: 1, xanchor: 'left', yanchor: 'bottom', yshift: 2 },
      text: plain(yTitle),
      font: { ...font, color: theme.text },
    },
    {
      ...{ ...still, xref: 'paper', yref: 'paper', x: 1, y: 0, xanchor: 'right', yanchor: 'top', yshift: -1 },
      text: plain(xTitle),
      font,
    },
  ];
}

/** Name and last value where a line ends, moved apart where they would cover each other. */
function endLabels(content: PlotContent, { frame, theme, formatTick }: FigureOptions): Annotation[] {
  if (!hasLabels(content) || frame.right < 40) return [];
  const ends = content.lines.flatMap((line) => {
    const value = line.label === undefined ? null : lastValue(line, frame.logY);
    return value === null ? [] : [{ line, value, pixel: pixelOfY(frame, value) }];
  });
  const bounds = [frame.top, frame.height - frame.bottom] as const;
  const places = spreadLabels(
    ends.map(({ pixel }) => Math.min(bounds[1], Math.max(bounds[0], pixel))),
    labelGap,
    bounds,
  );
  const inner = frame.height - frame.top - frame.bottom;
  return ends.map(({ line, value }, at) => ({
    ...{ ...still, xref: 'paper', yref: 'paper', x: 1, xanchor: 'left', yanchor: 'middle', xshift: 6 },
    y: 1 - ((places[at] as number) - frame.top) / inner,
    text: plain(`${shortened(line.label ?? '')} ${formatTick(value)}`.trim()),
    font: { size: sizeDetail, color: theme.colour(line.colour) },
  }));
}

const longestLabel = 8;

function shortened(text: string): string {
  const characters = [...text];
  return characters.length <= longestLabel ? text : `${characters.slice(0, longestLabel - 1).join('')}…`;
}

function lastValue({ y }: PlotLine, positive: boolean): number | null {
  for (let at = y.length - 1; at >= 0; at -= 1) {
    const value = y[at] as number;
    if (Number.isFinite(value) && (!positive || value > 0)) return value;
  }
  return null;
}

function markShapes({ marks = [] }: PlotContent, { theme }: FigureOptions): Shape[] {
  return marks.map(({ x, kind }) => ({
    ...{ type: 'line', xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1, layer: 'below' },
    line: { width: 1, dash: 'dot', color: kind === 'error' ? theme.error : theme.faint },
  }));
}

function markTexts({ marks = [] }: PlotContent, { theme }: FigureOptions): Annotation[] {
  return marks.map(({ x, text, kind }) => ({
    ...{ ...still, xref: 'x', yref: 'paper', x, y: 1, xanchor: 'left', yanchor: 'top', xshift: 3 },
    text: plain(text),
    font: { size: 10, color: kind === 'error' ? theme.error : theme.faint },
  }));
}
