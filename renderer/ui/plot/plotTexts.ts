/** The words on a plot, in pixels: the window lays them over the drawing, for plotly measures each anew in every drawing. */
import { spreadLabels } from './axes';
import type { FigureOptions } from './figureOptions';
import { hasLabels, pixelOfX, pixelOfY } from './frame';
import type { PlotContent, PlotLine } from './plotTypes';

export interface PlotText {
  text: string;
  /** Pixels from the plot's upper left corner. */
  x: number;
  y: number;
  /** Which point of the text stands there. */
  anchor: 'left' | 'right';
  vertical: 'top' | 'middle' | 'bottom';
  colour: string;
  /** Pixels. */
  size: number;
}

export const detailSize = 11;
const markSize = 10;
const labelGap = 13;

export function plotTexts(content: PlotContent, options: FigureOptions): PlotText[] {
  return [...titles(options), ...endLabels(content, options), ...markTexts(content, options)];
}

function titles({ frame, theme, xTitle, yTitle }: FigureOptions): PlotText[] {
  const { left, right, top, bottom, width, height } = frame;
  const size = detailSize;
  return [
    { text: yTitle, x: left + 2, y: top - 4, anchor: 'left', vertical: 'bottom', colour: theme.text, size },
    {
      ...{ text: xTitle, x: width - right - 2, y: height - bottom + 3, anchor: 'right', vertical: 'top' },
      ...{ colour: theme.faint, size },
    },
  ];
}

/** Name and last value where a line ends, moved apart where they would cover each other. */
function endLabels(content: PlotContent, { frame, theme, formatTick }: FigureOptions): PlotText[] {
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
  return ends.map(({ line, value }, at) => ({
    text: `${shortened(line.label ?? '')} ${formatTick(value)}`.trim(),
    ...{ x: frame.width - frame.right + 8, y: places[at] as number, anchor: 'left', vertical: 'middle' },
    ...{ colour: theme.colour(line.colour), size: detailSize },
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

/** Of the marks that are seen. */
function markTexts({ marks = [] }: PlotContent, { frame, theme }: FigureOptions): PlotText[] {
  const [from, to] = frame.x;
  return marks
    .filter(({ x }) => x >= from && x <= to)
    .map(({ x, text, kind }) => ({
      ...{ text, x: pixelOfX(frame, x) + 5, y: frame.top + 2, anchor: 'left', vertical: 'top' },
      ...{ colour: kind === 'error' ? theme.error : theme.faint, size: markSize },
    }));
}
