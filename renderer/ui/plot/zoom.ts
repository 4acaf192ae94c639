/** What the user has zoomed to, as plotly tells it; ranges of a log axis are in powers of ten there. */
import type { Zoom } from './frame';
import type { Range } from './plotTypes';

export const noZoom: Zoom = { x: null, y: null };

export function zoomAfter(zoom: Zoom, change: Readonly<Record<string, unknown>>, logY: boolean): Zoom {
  const x = rangeOf(change, 'xaxis');
  const y = rangeOf(change, 'yaxis');
  return { x: x ?? zoom.x, y: y ? (logY ? [10 ** y[0], 10 ** y[1]] : y) : zoom.y };
}

function rangeOf(change: Readonly<Record<string, unknown>>, axis: string): Range | null {
  const whole = change[`${axis}.range`];
  const [from, to] = Array.isArray(whole)
    ? (whole as unknown[])
    : [change[`${axis}.range[0]`], change[`${axis}.range[1]`]];
  return typeof from === 'number' && typeof to === 'number' && to > from ? [from, to] : null;
}
