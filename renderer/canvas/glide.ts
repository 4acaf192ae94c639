/** Moves nodes from where they were to where they come to, shortly, so that the eye can follow; at once for who asked for it. */
import type { Point } from '../state/drawing/geometry';

const milliseconds = 160;
/** More than these at once explain nothing and cost frames. */
const mostNodes = 400;

export async function glide(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  show: (positions: ReadonlyMap<string, Point>) => void,
): Promise<void> {
  if (to.size > mostNodes || window.matchMedia('(prefers-reduced-motion: reduce)').matches) return;
  const start = performance.now();
  for (let share = 0; share < 1;) {
    const now = await new Promise<number>((resolve) => requestAnimationFrame(resolve));
    share = Math.min(1, (now - start) / milliseconds);
    show(between(from, to, 1 - (1 - share) ** 3));
  }
}

export function between(
  from: ReadonlyMap<string, Point>,
  to: ReadonlyMap<string, Point>,
  share: number,
): Map<string, Point> {
  const positions = new Map<string, Point>();
  for (const [id, end] of to) {
    const start = from.get(id) ?? end;
    positions.set(id, [start[0] + (end[0] - start[0]) * share, start[1] + (end[1] - start[1]) * share]);
  }
  return positions;
}
