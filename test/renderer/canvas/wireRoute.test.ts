/** Wires go around nodes: seen by walking along the curves that are drawn. */
import { describe, expect, it } from 'vitest';
import { createFlowGraph } from '../../../renderer/canvas/flowGraph';
import { wirePath } from '../../../renderer/canvas/wireRoute';
import { boxesOf, type Box, type Point } from '../../../renderer/state/drawing/geometry';
import type { Design } from '../../../shared/design/schema';
import { drawing, sampleDesigns } from '../state/drawing/drawings';

/** Points along path data made of M, C and L with absolute coordinates. */
function pointsOf(path: string): Point[] {
  const points: Point[] = [];
  let at: Point = [0, 0];
  for (const [, command = '', rest = ''] of path.matchAll(/([MCL])([^MCL]*)/g)) {
    const numbers = (rest.match(/-?[\d.]+(e-?\d+)?/g) ?? []).map(Number);
    const pairs = Array.from({ length: numbers.length / 2 }, (_, index): Point => [
      numbers[2 * index]!,
      numbers[2 * index + 1]!,
    ]);
    const curve = command === 'C' ? [at, ...pairs] : [at, at, pairs[0]!, pairs[0]!];
    if (command !== 'M')
      for (let step = 0; step <= 60; step++) points.push(bezier(curve as [Point, Point, Point, Point], step / 60));
    at = pairs[pairs.length - 1]!;
  }
  return points;
}

function bezier([a, b, c, d]: [Point, Point, Point, Point], t: number): Point {
  const u = 1 - t;
  const mix = (axis: 0 | 1): number =>
    u ** 3 * a[axis] + 3 * u * u * t * b[axis] + 3 * u * t * t * c[axis] + t ** 3 * d[axis];
  return [mix(0), mix(1)];
}

/** Wires that touch a node at which they neither start nor end. */
function crossings(design: Design): string[] {
  const boxes = boxesOf(design);
  const inside = ([x, y]: Point, { left, top, right, bottom }: Box): boolean =>
    x > left && x < right && y > top && y < bottom;
  return createFlowGraph()
    .wiresOf(design, new Set())
    .wires.flatMap(({ id, source, target, data }) => {
      const points = pointsOf(wirePath(data!.source, data!.target, data!.lane).path);
      const met = [...boxes].filter(
        ([node, box]) => node !== source && node !== target && points.some((point) => inside(point, box)),
      );
      return met.map(([node]) => `${id} runs through ${node}`);
    });
}

describe('the way of a wire', () => {
  it.each(sampleDesigns())('in $name goes through no node', ({ design }) => {
    expect(crossings(design)).toEqual([]);
  });

  it('is a plain curve between neighbours and a bow over what stands between', () => {
    const design = drawing('a:Input b:Conv2D c:ReLU d:Add', 'a>b b>c c>d a>d');
    const { wires } = createFlowGraph().wiresOf(design, new Set());
    expect(wires.map(({ data }) => data!.lane === null)).toEqual([true, true, true, false]);
    expect(crossings(design)).toEqual([]);
  });

  it('leaves room between bows: the longer one further out', () => {
    const design = drawing('a:Input b:Conv2D c:Conv2D d:Conv2D e:Add', 'a>b b>c c>d d>e b>e a>e');
    const lanes = createFlowGraph()
      .wiresOf(design, new Set())
      .wires.flatMap(({ data }) => data!.lane?.y ?? []);
    expect(lanes).toHaveLength(2);
    expect(Math.abs(lanes[0]! - lanes[1]!)).toBeGreaterThanOrEqual(9);
    expect(crossings(design)).toEqual([]);
  });

  it('back to the left turns around beside both nodes', () => {
    const design = drawing('b:ReLU c:Conv2D a:Input', 'a>b');
    const [wire] = createFlowGraph().wiresOf(design, new Set()).wires;
    expect(wire?.data?.lane).not.toBeNull();
    expect(crossings(design)).toEqual([]);
  });
});
