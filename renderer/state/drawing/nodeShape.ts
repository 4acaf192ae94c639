/** How large a node is and where its ports are: known from its kind alone, before anything is drawn. */
import type { Design, DesignNode } from '../../../shared/design/schema';
import { library } from '../../../shared/library';
import { inputLayer, outputLayer } from '../../../shared/passes/ports';
import { drawingPorts, type DrawingPorts } from './drawingPorts';

export type NodeKind = 'card' | 'pill' | 'sign' | 'input' | 'output' | 'call';

export interface PlacedPort {
  id: string;
  /** From the node's top. */
  y: number;
  /** The next one of a port that takes many. */
  free: boolean;
}

/** A node's position in the file is its centre, so that nodes of unequal height stand on one line. */
export interface NodeShape {
  kind: NodeKind;
  width: number;
  height: number;
  inputs: readonly PlacedPort[];
  outputs: readonly PlacedPort[];
}

const sizes: Record<NodeKind, readonly [width: number, height: number]> = {
  card: [184, 68],
  call: [184, 68],
  pill: [120, 28],
  sign: [36, 36],
  input: [148, 48],
  output: [148, 48],
};
/** Between the ports of a sign, which grows with them. */
const portStep = 16;

const known = new Map<string, NodeShape>();

/** Equal shapes are one object. `wiresIn`: wires that end at the node. */
export function shapeOf(node: DesignNode, blocks: Design['blocks'], wiresIn: number): NodeShape {
  const ports = drawingPorts(node, blocks);
  const kind = kindOf(node);
  const many = ports.inputs.some((port) => port.many);
  const inputs = ports.inputs.map(({ name }) => name).join(' ');
  const key = `${kind}|${inputs}|${ports.outputs.join(' ')}|${many ? wiresIn : ''}`;
  const before = known.get(key);
  if (before) return before;
  const shape = makeShape(kind, ports, wiresIn);
  known.set(key, shape);
  return shape;
}

function kindOf(node: DesignNode): NodeKind {
  if (node.block !== undefined) return 'call';
  if (node.layer === inputLayer) return 'input';
  if (node.layer === outputLayer) return 'output';
  const group = library.layers.get(node.layer)?.group;
  if (group === 'merge') return 'sign';
  return group === 'activation' || group === 'regularisation' ? 'pill' : 'card';
}

function makeShape(kind: NodeKind, ports: DrawingPorts, wiresIn: number): NodeShape {
  const inputs = ports.inputs.flatMap(({ name, many, minimum = 1 }) =>
    many ? manyPorts(name, Math.max(wiresIn + 1, minimum), wiresIn) : [{ id: name, free: false }],
  );
  const [width, least] = sizes[kind];
  const height = Math.max(least, (Math.max(inputs.length, ports.outputs.length) + 1) * portStep - 12);
  const outputs = ports.outputs.map((id) => ({ id, free: false }));
  return { kind, width, height, inputs: spread(inputs, height), outputs: spread(outputs, height) };
}

function manyPorts(name: string, count: number, taken: number): Omit<PlacedPort, 'y'>[] {
  return Array.from({ length: count }, (_, at) => ({ id: `${name}${at}`, free: at >= taken }));
}

function spread(ports: readonly Omit<PlacedPort, 'y'>[], height: number): PlacedPort[] {
  return ports.map((port, at) => ({ ...port, y: Math.round((height * (at + 1)) / (ports.length + 1)) }));
}
