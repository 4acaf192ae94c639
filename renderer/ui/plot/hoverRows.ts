/** What is said of the place under the pointer: every line's value there, the greatest first. */
import { pixelOfX, pixelOfY, type PlotFrame } from './frame';
import type { PlotContent, PlotLine, PlotReading } from './plotTypes';

export interface HoverRow extends PlotReading {
  id: string;
  name: string;
  colour: string;
  dashed: boolean;
}

export const mostRows = 12;

export function hoverRows({ lines }: PlotContent, x: number): HoverRow[] {
  const rows = lines.flatMap((line) => {
    const reading = line.read?.(x) ?? null;
    const { id, name, colour } = line;
    return reading ? [{ id, name, colour, dashed: line.style === 'dashed', ...reading }] : [];
  });
  return rows.sort((a, b) => order(b.value) - order(a.value)).slice(0, mostRows);
}

/** What is not a number stands first: it is what matters. */
function order(value: number): number {
  return Number.isNaN(value) ? Infinity : value;
}

const reach = 12;

/** The line nearest a point, within reach of the pointer. */
export function lineAt(
  { lines }: PlotContent,
  frame: PlotFrame,
  [pixelX, pixelY]: readonly [number, number],
  valueAt: (pixel: number) => number,
): PlotLine | null {
  let best: PlotLine | null = null;
  let nearest = reach;
  for (const line of lines) {
    const reading = line.read?.(valueAt(pixelX)) ?? null;
    if (!reading) continue;
    const distance = Math.abs(pixelOfY(frame, reading.value) - pixelY);
    if (distance < nearest) [best, nearest] = [line, distance];
  }
  return best;
}

/** Where the crosshair stands; null outside of what is seen. */
export function crosshairPixel(frame: PlotFrame, x: number | null): number | null {
  if (x === null || x < frame.x[0] || x > frame.x[1]) return null;
  return pixelOfX(frame, x);
}
