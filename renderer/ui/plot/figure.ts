/** The figure that plotly draws: traces and axes; words only where it is saved. Pure, so that its cost can be counted. */
import { ticksOf } from './axes';
import type { FigureOptions, PlotTheme } from './figureOptions';
import { pixelOfX, type PlotFrame } from './frame';
import type { Annotation, Figure, Shape, Trace } from './plotly';
import { detailSize, plotTexts, type PlotText } from './plotTexts';
import type { PlotContent, PlotLine } from './plotTypes';

/** Nothing that plotly would have to find out by measuring: the kind of an axis, or the angle at which its labels fit. */
const axis = {
  ...{ autorange: false, automargin: false, tickmode: 'array', tickangle: 0 },
  ...{ showgrid: false, zeroline: false, showline: false, ticks: '', fixedrange: false },
} as const;

export function figureOf(content: PlotContent, options: FigureOptions): Figure {
  const { frame, theme, formatX, formatTick } = options;
  const { left, right, top, bottom, width, height, logY } = frame;
  const font = { family: theme.font, size: detailSize, color: theme.label };
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
        type: 'linear',
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
      annotations: [],
    },
  };
}

/** With its words, as the window lays them over the drawing: to be saved. */
export function savedFigureOf(content: PlotContent, options: FigureOptions): Figure {
  const { data, layout } = figureOf(content, options);
  const annotations = plotTexts(content, options).map((text) => annotationOf(text, options.frame));
  return { data, layout: { ...layout, annotations } };
}

function annotationOf({ text, x, y, anchor, vertical, colour, size }: PlotText, frame: PlotFrame): Annotation {
  const { left, right, top, bottom, width, height } = frame;
  return {
    ...{ showarrow: false, captureevents: false, borderpad: 0, borderwidth: 0, xref: 'paper', yref: 'paper' },
    ...{ x: (x - left) / (width - left - right), y: 1 - (y - top) / (height - top - bottom) },
    ...{ xanchor: anchor, yanchor: vertical, text: plain(text), font: { size, color: colour } },
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

function markShapes({ marks = [] }: PlotContent, { theme }: FigureOptions): Shape[] {
  return marks.map(({ x, kind }) => ({
    ...{ type: 'line', xref: 'x', yref: 'paper', x0: x, x1: x, y0: 0, y1: 1, layer: 'below' },
    line: { width: 1, dash: 'dot', color: kind === 'error' ? theme.error : theme.faint },
  }));
}
