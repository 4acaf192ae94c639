/** Where the nodes of a drawing stand: boxes around centres, places that are still free. */
import { splitEndpoint } from '../../../shared/design/endpoints';
import type { Design, DesignNode } from '../../../shared/design/schema';
import { layeredPositions } from './layeredPositions';
import { shapeOf } from './nodeShape';

export type Point = readonly [x: number, y: number];

export interface Box {
  left: number;
  top: number;
  right: number;
  bottom: number;
}

/** Between neighbours on the flow axis and across it. */
export const gap = { along: 56, across: 28 } as const;

type Drawing = Pick<Design, 'nodes' | 'wires' | 'blocks'>;

export function wiresInto(design: Pick<Design, 'wires'>): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { to } of design.wires) {
    const [node] = splitEndpoint(to);
    counts.set(node, (counts.get(node) ?? 0) + 1);
  }
  return counts;
}

export function boxAt([x, y]: Point, { width, height }: { width: number; height: number }): Box {
  return { left: x - width / 2, top: y - height / 2, right: x + width / 2, bottom: y + height / 2 };
}

export function overlaps(a: Box, b: Box, margin = 0): boolean {
  const apart = a.right + margin <= b.left || b.right + margin <= a.left;
  return !apart && a.bottom + margin > b.top && b.bottom + margin > a.top;
}

export function boundsOf(boxes: Iterable<Box>): Box | null {
  let bounds: Box | null = null;
  for (const { left, top, right, bottom } of boxes)
    bounds = bounds
      ? {
          left: Math.min(bounds.left, left),
          top: Math.min(bounds.top, top),
          right: Math.max(bounds.right, right),
          bottom: Math.max(bounds.bottom, bottom),
        }
      : { left, top, right, bottom };
  return bounds;
}

export function boxesOf(design: Drawing): Map<string, Box> {
  const positions = positionsOf(design);
  const counts = wiresInto(design);
  return new Map(
    design.nodes.map((node) => {
      const shape = shapeOf(node, design.blocks, counts.get(node.id) ?? 0);
      return [node.id, boxAt(positions.get(node.id) ?? [0, 0], shape)];
    }),
  );
}

const known = new WeakMap<readonly DesignNode[], ReadonlyMap<string, Point>>();

/** The centre of every node; where the file gives none, one is found that stands beside its neighbours. */
export function positionsOf(design: Drawing): ReadonlyMap<string, Point> {
  const before = known.get(design.nodes);
  if (before) return before;
  const placed = new Map<string, Point>();
  for (const { id, position } of design.nodes) if (position) placed.set(id, position);
  const whole = placed.size === design.nodes.length;
  const positions = whole ? placed : placed.size === 0 ? layeredPositions(design) : placeMissing(design, placed);
  // Without wires to follow, a place that was found may be bettered once they are there.
  if (whole) known.set(design.nodes, positions);
  return positions;
}

function placeMissing(design: Drawing, placed: Map<string, Point>): Map<string, Point> {
  const counts = wiresInto(design);
  const boxes = design.nodes.flatMap((node) => {
    const at = placed.get(node.id);
    return at ? [boxAt(at, shapeOf(node, design.blocks, counts.get(node.id) ?? 0))] : [];
  });
  for (const node of design.nodes) {
    if (placed.has(node.id)) continue;
    const shape = shapeOf(node, design.blocks, counts.get(node.id) ?? 0);
    const at = freePlace(boxes, beside(design, node.id, placed), shape);
    placed.set(node.id, at);
    boxes.push(boxAt(at, shape));
  }
  return placed;
}

const step = 240;

function beside(design: Drawing, id: string, placed: ReadonlyMap<string, Point>): Point {
  const neighbour = (end: 'from' | 'to', other: 'from' | 'to'): Point | undefined => {
    const wire = design.wires.find(
      (one) => splitEndpoint(one[end])[0] === id && placed.has(splitEndpoint(one[other])[0]),
    );
    return wire && placed.get(splitEndpoint(wire[other])[0]);
  };
  const before = neighbour('to', 'from');
  if (before) return [before[0] + step, before[1]];
  const after = neighbour('from', 'to');
  return after ? [after[0] - step, after[1]] : [0, 0];
}

/** The wanted place, or the nearest below or above it that overlaps nothing. */
export function freePlace(boxes: readonly Box[], wanted: Point, shape: { width: number; height: number }): Point {
  const [x, y] = wanted;
  const fits = (at: Point): boolean => {
    const box = boxAt(at, shape);
    return !boxes.some((other) => overlaps(box, other, gap.across / 2));
  };
  for (let away = 0; away <= boxes.length + 1; away++) {
    const distance = away * (shape.height + gap.across);
    for (const at of [
      [x, y + distance],
      [x, y - distance],
    ] as const)
      if (fits(at)) return at;
  }
  return [x, Math.max(y, ...boxes.map(({ bottom }) => bottom)) + shape.height + gap.across];
}
