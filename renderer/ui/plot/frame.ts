/** How the plot lies in its box: margins, ranges, and the way between pixels and values. */
import { spanOfX, spanOfY } from './axes';
import type { PlotContent, Range } from './plotTypes';

export interface PlotFrame {
  width: number;
  height: number;
  left: number;
  right: number;
  top: number;
  bottom: number;
  x: Range;
  y: Range;
  logY: boolean;
}

export interface Zoom {
  x: Range | null;
  y: Range | null;
}

export const mostLabels = 5;
const margins = { left: 46, top: 22, bottom: 20, right: 14, rightWithLabels: 104 };

/** In a narrower box the lines need the room more than their labels do. */
const smallestLabelled = 300;

export function hasLabels({ lines }: PlotContent): boolean {
  const labelled = lines.filter(({ label }) => label !== undefined).length;
  return labelled > 0 && labelled <= mostLabels;
}

/** Pixel columns of the part where lines are drawn. */
export function columnsOf(width: number): number {
  return Math.max(1, Math.floor(width - margins.left - margins.rightWithLabels));
}

export function frameOf(
  content: PlotContent,
  { width, height, logY, zoom }: { width: number; height: number; logY: boolean; zoom: Zoom },
): PlotFrame {
  const { x, y } = extentOf(content, logY, zoom.x ?? [-Infinity, Infinity]);
  const { left, top, bottom } = margins;
  const right = hasLabels(content) && width >= smallestLabelled ? margins.rightWithLabels : margins.right;
  return {
    ...{ width, height, left, top, bottom, right, logY },
    x: zoom.x ?? spanOfX(x, content.complete ?? false),
    y: zoom.y ?? spanOfY(y, logY),
  };
}

/** Of all points that can be drawn, the values of those that are seen; [0, 1] where there are none. */
function extentOf({ lines }: PlotContent, positive: boolean, [from, to]: Range): { x: Range; y: Range } {
  const x: [number, number] = [Infinity, -Infinity];
  const y: [number, number] = [Infinity, -Infinity];
  for (const line of lines) {
    for (let at = 0; at < line.x.length; at += 1) {
      const place = line.x[at] as number;
      const value = line.y[at] as number;
      if (place < x[0]) x[0] = place;
      if (place > x[1]) x[1] = place;
      if (place < from || place > to || !Number.isFinite(value) || (positive && value <= 0)) continue;
      if (value < y[0]) y[0] = value;
      if (value > y[1]) y[1] = value;
    }
  }
  return { x: x[1] >= x[0] ? x : [0, 1], y: y[1] >= y[0] ? y : [positive ? 0.1 : 0, 1] };
}

export function pixelOfX({ x: [low, high], left, right, width }: PlotFrame, value: number): number {
  return left + ((value - low) / (high - low)) * (width - left - right);
}

export function valueAtPixel({ x: [low, high], left, right, width }: PlotFrame, pixel: number): number {
  return low + ((pixel - left) / (width - left - right)) * (high - low);
}

export function pixelOfY(frame: PlotFrame, value: number): number {
  const { y, logY, top, bottom, height } = frame;
  const scale = logY ? Math.log10 : (one: number): number => one;
  const share = (scale(value) - scale(y[0])) / (scale(y[1]) - scale(y[0]));
  return height - bottom - share * (height - top - bottom);
}
