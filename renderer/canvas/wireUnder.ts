/** The wire under a point of the screen, also where a node that is being dragged lies over it. */
import type { Point } from '../state/drawing/geometry';

export function wireUnder([x, y]: Point): string | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const wire = element.closest('[data-wire]')?.getAttribute('data-wire');
    if (wire !== null && wire !== undefined) return wire;
  }
  return null;
}
