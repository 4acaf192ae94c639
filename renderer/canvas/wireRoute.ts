/** The way of a wire: a smooth curve, or a bow around the nodes that stand between its ends. */
import { boxAt, type Box, type Point } from '../state/drawing/geometry';

/** A straight level beside the nodes, with the widths in which the wire swings out to it and back. */
export interface Lane {
  y: number;
  out: number;
  back: number;
}

export interface Obstacles {
  /** Sorted by their left edges. */
  boxes: readonly (Box & { id: string })[];
  widest: number;
}

/** Between a bowed wire and a node, and between two bowed wires. */
const clearance = 14;
const laneStep = 10;
const widestSwing = 48;

export function obstaclesOf(boxes: ReadonlyMap<string, Box>): Obstacles {
  const list = [...boxes].map(([id, box]) => ({ ...box, id })).sort((a, b) => a.left - b.left);
  return { boxes: list, widest: list.reduce((most, { left, right }) => Math.max(most, right - left), 0) };
}

function between({ boxes, widest }: Obstacles, left: number, right: number): (Box & { id: string })[] {
  let [low, high] = [0, boxes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((boxes[middle]?.left ?? 0) < left - widest) low = middle + 1;
    else high = middle;
  }
  const found: (Box & { id: string })[] = [];
  for (let at = low; at < boxes.length; at++) {
    const box = boxes[at];
    if (!box || box.left > right) break;
    if (box.right >= left) found.push(box);
  }
  return found;
}

function reachOf(sx: number, tx: number): number {
  return Math.max(24, (tx - sx) / 2);
}

/** A point of the plain curve. */
function curvePoint([sx, sy]: Point, [tx, ty]: Point, t: number): Point {
  const reach = reachOf(sx, tx);
  const u = 1 - t;
  const mix = (a: number, b: number, c: number, d: number): number =>
    u * u * u * a + 3 * u * u * t * b + 3 * u * t * t * c + t * t * t * d;
  return [mix(sx, sx + reach, tx - reach, tx), mix(sy, sy, ty, ty)];
}

function isInside([x, y]: Point, { left, top, right, bottom }: Box, margin: number): boolean {
  return x > left - margin && x < right + margin && y > top - margin && y < bottom + margin;
}

/** Null: the plain curve meets no node. `taken`: lanes of wires that were routed before. */
export function laneFor(
  source: Point,
  target: Point,
  ends: readonly [string, string],
  obstacles: Obstacles,
  taken: readonly (Lane & { left: number; right: number })[] = [],
): Lane | null {
  const forward = target[0] - source[0] >= 16;
  const [left, right] = [Math.min(source[0], target[0]), Math.max(source[0], target[0])];
  const near = between(obstacles, left - widestSwing, right + widestSwing);
  const others = near.filter(({ id }) => !ends.includes(id));
  if (forward && !meets(source, target, others)) return null;
  const swing = forward ? Math.min(widestSwing, (right - left) / 2) : widestSwing;
  const walls = (forward ? others : near).map(({ top, bottom }): [number, number] => [
    top - clearance,
    bottom + clearance,
  ]);
  const crowd = taken
    .filter((lane) => lane.left < right && lane.right > left)
    .map(({ y }): [number, number] => [y - laneStep + 1, y + laneStep - 1]);
  const y = nearestFree((source[1] + target[1]) / 2, [...walls, ...crowd]);
  return {
    y,
    out: room(source, y, 1, others, swing),
    back: room(target, y, -1, others, swing),
  };
}

function meets(source: Point, target: Point, boxes: readonly Box[]): boolean {
  const points = Array.from({ length: 33 }, (_, at) => curvePoint(source, target, at / 32));
  return boxes.some((box) => points.some((point) => isInside(point, box, 3)));
}

/** The value nearest to `wanted` that lies in none of the intervals; above rather than below. */
function nearestFree(wanted: number, intervals: readonly [number, number][]): number {
  const bounds = [wanted, ...intervals.flat()].filter((y) => intervals.every(([low, high]) => y <= low || y >= high));
  return bounds.reduce((best, y) => {
    const [d, b] = [Math.abs(y - wanted), Math.abs(best - wanted)];
    return d < b || (d === b && y < best) ? y : best;
  }, bounds[0] ?? wanted);
}

/** How wide the swing between a port and the lane may be before it meets the next node. */
function room([x, y]: Point, lane: number, direction: 1 | -1, boxes: readonly Box[], most: number): number {
  const [top, bottom] = [Math.min(y, lane), Math.max(y, lane)];
  let free = most;
  for (const box of boxes) {
    if (box.bottom < top || box.top > bottom) continue;
    const distance = direction === 1 ? box.left - x : x - box.right;
    if (distance >= 0) free = Math.min(free, distance - 4);
  }
  return Math.max(8, free);
}

/** SVG path data, and the middle of the wire. */
export function wirePath(source: Point, target: Point, lane: Lane | null): { path: string; middle: Point } {
  const [[sx, sy], [tx, ty]] = [source, target];
  if (!lane) {
    const reach = reachOf(sx, tx);
    const path = `M${sx},${sy} C${sx + reach},${sy} ${tx - reach},${ty} ${tx},${ty}`;
    return { path, middle: curvePoint(source, target, 0.5) };
  }
  const middle: Point = [(sx + tx) / 2, lane.y];
  const forward = tx - sx >= 16;
  // Ahead, the swing takes its width; back, it turns around beside the node.
  const [a, b] = forward ? [sx + lane.out, tx - lane.back] : [sx, tx];
  const [c1, c2] = forward ? [sx + lane.out * 0.6, sx + lane.out * 0.4] : [sx + lane.out, sx + lane.out];
  const [c3, c4] = forward ? [tx - lane.back * 0.4, tx - lane.back * 0.6] : [tx - lane.back, tx - lane.back];
  const path = `M${sx},${sy} C${c1},${sy} ${c2},${lane.y} ${a},${lane.y} L${b},${lane.y} C${c3},${lane.y} ${c4},${ty} ${tx},${ty}`;
  return { path, middle };
}

export interface RoutedEnds {
  id: string;
  from: string;
  to: string;
  source: Point;
  target: Point;
}

/** Lanes of all wires that need one; short ones first, so that long ones bow further out. */
export function routeWires(wires: readonly RoutedEnds[], obstacles: Obstacles): Map<string, Lane> {
  const lanes = new Map<string, Lane>();
  const taken: (Lane & { left: number; right: number })[] = [];
  const span = ({ source, target }: RoutedEnds): number => Math.abs(target[0] - source[0]);
  for (const { id, from, to, source, target } of [...wires].sort((a, b) => span(a) - span(b))) {
    const lane = laneFor(source, target, [from, to], obstacles, taken);
    if (!lane) continue;
    lanes.set(id, lane);
    taken.push({ ...lane, left: Math.min(source[0], target[0]), right: Math.max(source[0], target[0]) });
  }
  return lanes;
}

/** Where a port of a node at `centre` is. */
export function portPoint(
  centre: Point,
  shape: { width: number; height: number },
  side: 'in' | 'out',
  y: number,
): Point {
  const box = boxAt(centre, shape);
  // Wires start at the outer edge of the dot, which is half outside.
  return [side === 'in' ? box.left - portRadius : box.right + portRadius, box.top + y];
}

export const portRadius = 5;
