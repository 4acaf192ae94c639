/** Which ports a node of the drawing has: those of its layer's definition, or of the block it calls. */
import type { IrFunction } from '../ir/ir';
import type { LayerDefinition, Port } from '../ir/layerDefinition';
import type { Library } from '../ir/library';
import { portNumber } from '../design/endpoints';
import type { DesignNode } from '../design/schema';

/** The layers that stand for a design's borders; inside a block they are its ports. */
export const inputLayer = 'Input';
export const outputLayer = 'Output';

export interface PortList {
  inputs: readonly Port[];
  outputs: readonly string[];
  /** Whether it is an Output: what reaches it leaves the network or block, so no wire starts there. */
  ends: boolean;
}

/** Null where the layer or block is not known: then any port is taken for good. */
export function portsOf(
  node: DesignNode,
  library: Library,
  functions: ReadonlyMap<string, IrFunction>,
): PortList | null {
  if (node.block !== undefined) {
    const block = functions.get(node.block);
    return block
      ? { inputs: block.inputs.map((name) => ({ name })), outputs: Object.keys(block.outputs), ends: false }
      : null;
  }
  const definition = library.layers.get(node.layer);
  return definition ? definitionPorts(definition) : null;
}

const known = new WeakMap<LayerDefinition, PortList>();

/** One list for all nodes of a layer. */
function definitionPorts(definition: LayerDefinition): PortList {
  const before = known.get(definition);
  if (before) return before;
  const ends = definition.type === outputLayer;
  const ports = { inputs: definition.inputs, outputs: ends ? [] : definition.outputs.map(({ name }) => name), ends };
  known.set(definition, ports);
  return ports;
}

export interface Slot {
  port: Port;
  /** For a port that takes many wires: the number asked for, or null for the next free one. */
  index: number | null;
}

/** The input port that a wire's end means, or null where there is none of that name. */
export function findSlot(ports: readonly Port[], name: string | null): Slot | null {
  const [first] = ports;
  if (name === null) return first ? { port: first, index: null } : null;
  for (const port of ports) {
    if (port.name === name) return { port, index: null };
    const index = port.many ? portNumber(port.name, name) : null;
    if (index !== null) return { port, index };
  }
  return null;
}

/** "a, b, input0, input1, ..." for messages. */
export function listInputPorts(ports: readonly Port[]): string {
  return ports.map(({ name, many }) => (many ? `${name}0, ${name}1, ...` : name)).join(', ') || 'none';
}
