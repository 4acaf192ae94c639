/** The drawing as the graph library wants it, with sizes, ports and ways known beforehand; what is equal stays the same object. */
import { Position, type Edge, type Node } from '@xyflow/react';
import type { Design, DesignNode, Wire } from '../../shared/design/schema';
import { resolveWires, type WireEnds } from '../state/drawing/drawingPorts';
import { boxesOf, positionsOf, wiresInto, type Point } from '../state/drawing/geometry';
import { shapeOf, type NodeShape } from '../state/drawing/nodeShape';
import { obstaclesOf, portPoint, portRadius, routeWires, type Lane, type Obstacles } from './wireRoute';

export type FlowNode = Node<{ node: DesignNode; shape: NodeShape }, 'layer'>;

export interface WireData extends Record<string, unknown> {
  wire: Wire;
  lane: Lane | null;
  /** Where the ends are while nothing is dragged: a wire that finds itself elsewhere looks for its own way. */
  source: Point;
  target: Point;
  /** The first wire into the node that this one leaves: its rank tells whether this node changes it. */
  before: { node: string; port: string } | null;
}
export type FlowWire = Edge<WireData, 'wire'>;

export interface FlowGraph {
  nodes: FlowNode[];
  wires: FlowWire[];
  obstacles: Obstacles;
}

type Drawing = Pick<Design, 'nodes' | 'wires' | 'blocks'>;

/** Remembers from one drawing to the next. */
export function createFlowGraph(): {
  nodesOf: (design: Drawing, selection: ReadonlySet<string>, moved: ReadonlyMap<string, Point> | null) => FlowNode[];
  wiresOf: (design: Drawing, selection: ReadonlySet<string>) => { wires: FlowWire[]; obstacles: Obstacles };
} {
  let nodes = new Map<string, FlowNode>();
  let wires = new Map<string, FlowWire>();
  let routed: { design: Drawing; ways: Ways } | null = null;
  let last: { design: Drawing; selection: ReadonlySet<string>; moved: ReadonlyMap<string, Point> | null } | null = null;

  /** While nodes are dragged no other is looked at. */
  const withMoved = (moved: ReadonlyMap<string, Point>): FlowNode[] => {
    for (const [id, [x, y]] of moved) {
      const before = nodes.get(id);
      if (before && (before.position.x !== x || before.position.y !== y))
        nodes.set(id, { ...before, position: { x, y } });
    }
    return [...nodes.values()];
  };

  return {
    nodesOf: (design, selection, moved) => {
      const dragging = moved && last?.moved && [...last.moved.keys()].every((id) => moved.has(id));
      const alike = dragging && last?.design === design && last.selection === selection;
      last = { design, selection, moved };
      if (alike) return withMoved(moved);
      const positions = positionsOf(design);
      const counts = wiresInto(design);
      const next = new Map<string, FlowNode>();
      for (const node of design.nodes) {
        const [x, y] = moved?.get(node.id) ?? positions.get(node.id) ?? [0, 0];
        const shape = shapeOf(node, design.blocks, counts.get(node.id) ?? 0);
        const selected = selection.has(node.id);
        const before = nodes.get(node.id);
        const same =
          before?.data.node === node &&
          before.data.shape === shape &&
          before.selected === selected &&
          before.position.x === x &&
          before.position.y === y;
        next.set(node.id, same ? before : flowNode(node, shape, { x, y }, selected, before));
      }
      nodes = next;
      return [...next.values()];
    },
    wiresOf: (design, selection) => {
      if (routed?.design.nodes !== design.nodes || routed.design.wires !== design.wires)
        routed = { design, ways: waysOf(design) };
      const { ends, points, lanes, obstacles, firstInto } = routed.ways;
      const next = new Map<string, FlowWire>();
      for (const end of ends) {
        const way = points.get(end.id);
        if (!way) continue;
        const wire = flowWire(
          end,
          way,
          lanes.get(end.id) ?? null,
          firstInto.get(end.from) ?? null,
          selection.has(end.id),
        );
        const before = wires.get(end.id);
        next.set(end.id, before && sameWire(before, wire) ? before : wire);
      }
      wires = next;
      return { wires: [...next.values()], obstacles };
    },
  };
}

function flowNode(
  node: DesignNode,
  shape: NodeShape,
  position: { x: number; y: number },
  selected: boolean,
  before: FlowNode | undefined,
): FlowNode {
  const data = before?.data.node === node && before.data.shape === shape ? before.data : { node, shape };
  const { width, height } = shape;
  const handles = before?.data.shape === shape && before.handles ? before.handles : handlesOf(shape);
  // Without what was measured the library takes a node that is dragged by its corner, not by its centre: it would jump.
  const size = { width, height, measured: { width, height } };
  return { id: node.id, type: 'layer', position, data, selected, ...size, handles };
}

function handlesOf({ width, inputs, outputs }: NodeShape): NonNullable<FlowNode['handles']> {
  const size = { width: 2 * portRadius, height: 2 * portRadius };
  return [
    ...inputs.map(({ id, y }) => ({
      id,
      type: 'target' as const,
      position: Position.Left,
      x: -portRadius,
      y: y - portRadius,
      ...size,
    })),
    ...outputs.map(({ id, y }) => ({
      id,
      type: 'source' as const,
      position: Position.Right,
      x: width - portRadius,
      y: y - portRadius,
      ...size,
    })),
  ];
}

interface Ways {
  ends: WireEnds[];
  points: Map<string, { source: Point; target: Point }>;
  lanes: Map<string, Lane>;
  obstacles: Obstacles;
  firstInto: Map<string, { node: string; port: string }>;
}

function waysOf(design: Drawing): Ways {
  const positions = positionsOf(design);
  const counts = wiresInto(design);
  const shapes = new Map(design.nodes.map((node) => [node.id, shapeOf(node, design.blocks, counts.get(node.id) ?? 0)]));
  const pointOf = (id: string, port: string, side: 'in' | 'out'): Point | null => {
    const [centre, shape] = [positions.get(id), shapes.get(id)];
    const placed = (side === 'in' ? shape?.inputs : shape?.outputs)?.find((one) => one.id === port);
    return centre && shape && placed ? portPoint(centre, shape, side, placed.y) : null;
  };
  const ends = resolveWires(design);
  const points = new Map<string, { source: Point; target: Point }>();
  const firstInto = new Map<string, { node: string; port: string }>();
  for (const { id, from, fromPort, to, toPort } of ends) {
    const [source, target] = [pointOf(from, fromPort, 'out'), pointOf(to, toPort, 'in')];
    if (source && target) points.set(id, { source, target });
    if (!firstInto.has(to)) firstInto.set(to, { node: from, port: fromPort });
  }
  const obstacles = obstaclesOf(boxesOf(design));
  const routed = ends.flatMap(({ id, from, to }) => {
    const way = points.get(id);
    return way ? [{ id, from, to, ...way }] : [];
  });
  return { ends, points, lanes: routeWires(routed, obstacles), obstacles, firstInto };
}

function flowWire(
  { id, wire, from, fromPort, to, toPort }: WireEnds,
  { source, target }: { source: Point; target: Point },
  lane: Lane | null,
  before: WireData['before'],
  selected: boolean,
): FlowWire {
  return {
    id,
    type: 'wire',
    source: from,
    sourceHandle: fromPort,
    target: to,
    targetHandle: toPort,
    selected,
    data: { wire, lane, source, target, before },
  };
}

function sameWire(a: FlowWire, b: FlowWire): boolean {
  const [one, other] = [a.data, b.data];
  if (!one || !other) return false;
  return (
    a.selected === b.selected &&
    a.sourceHandle === b.sourceHandle &&
    a.targetHandle === b.targetHandle &&
    one.wire === other.wire &&
    sameLane(one.lane, other.lane) &&
    samePoint(one.source, other.source) &&
    samePoint(one.target, other.target) &&
    one.before?.node === other.before?.node &&
    one.before?.port === other.before?.port
  );
}

function sameLane(a: Lane | null, b: Lane | null): boolean {
  return a === b || (a !== null && b !== null && a.y === b.y && a.out === b.out && a.back === b.back);
}

function samePoint([ax, ay]: Point, [bx, by]: Point): boolean {
  return ax === bx && ay === by;
}
