/** Which ports a node has in the drawing, and which of them each wire hangs on. */
import { numberPorts, portNumber, splitEndpoint } from '../../../shared/design/endpoints';
import type { Block, Design, DesignNode, Wire } from '../../../shared/design/schema';
import type { Port } from '../../../shared/ir/layerDefinition';
import { library } from '../../../shared/library';
import { findSlot, inputLayer, outputLayer } from '../../../shared/passes/ports';

export interface DrawingPorts {
  inputs: readonly Port[];
  outputs: readonly string[];
}

export type Body = Pick<Block, 'nodes' | 'wires'>;

/** What is unknown gets one of each, so that it can be seen and its wires can be mended. */
const unknownPorts: DrawingPorts = { inputs: [{ name: 'input' }], outputs: ['output'] };

export function drawingPorts(node: DesignNode, blocks: Design['blocks']): DrawingPorts {
  if (node.block !== undefined) return blockPorts(blocks[node.block]);
  const definition = library.layers.get(node.layer);
  if (!definition) return unknownPorts;
  const outputs = node.layer === outputLayer ? [] : definition.outputs.map(({ name }) => name);
  return { inputs: definition.inputs, outputs };
}

function blockPorts(block: Block | undefined): DrawingPorts {
  if (!block) return unknownPorts;
  const named = (layer: string): string[] => block.nodes.filter((one) => one.layer === layer).map(({ id }) => id);
  return { inputs: named(inputLayer).map((name) => ({ name })), outputs: named(outputLayer) };
}

/** A wire with its ends spelled out: the output it starts at, and the input with its number where it takes many. */
export interface WireEnds {
  id: string;
  wire: Wire;
  from: string;
  fromPort: string;
  to: string;
  toPort: string;
}

/** The name of a wire in selections; two wires with the same ends are told apart by their order. */
function wireId(wire: Wire, again = 0): string {
  return `${wire.from} → ${wire.to}${again === 0 ? '' : ` #${again}`}`;
}

/** Every wire between nodes that exist; one at a port that does not exist is drawn at the first. */
export function resolveWires(design: Pick<Design, 'nodes' | 'wires' | 'blocks'>): WireEnds[] {
  const ports = new Map(design.nodes.map((node) => [node.id, drawingPorts(node, design.blocks)]));
  const seen = new Map<string, number>();
  const ends: WireEnds[] = [];
  for (const wire of design.wires) {
    const [from, fromPort] = splitEndpoint(wire.from);
    const [to, toPort] = splitEndpoint(wire.to);
    const again = seen.get(wireId(wire)) ?? 0;
    seen.set(wireId(wire), again + 1);
    const outputs = ports.get(from)?.outputs;
    const inputs = ports.get(to)?.inputs;
    if (!outputs || !inputs) continue;
    const slot = findSlot(inputs, toPort) ?? findSlot(inputs, null);
    const source = fromPort !== null && outputs.includes(fromPort) ? fromPort : outputs[0];
    if (slot && source !== undefined)
      ends.push({ id: wireId(wire, again), wire, from, fromPort: source, to, toPort: slot.port.name });
  }
  return numberedEnds(ends, ports);
}

/** Wires at a port that takes many get its numbers, closed up, as the compiler does it. */
function numberedEnds(ends: WireEnds[], ports: ReadonlyMap<string, DrawingPorts>): WireEnds[] {
  const groups = new Map<string, WireEnds[]>();
  for (const end of ends) {
    const many = ports.get(end.to)?.inputs.some(({ name, many: takes }) => takes === true && name === end.toPort);
    if (!many) continue;
    const key = `${end.to}:${end.toPort}`;
    groups.set(key, [...(groups.get(key) ?? []), end]);
  }
  for (const group of groups.values()) {
    const wanted = ({ wire, toPort }: WireEnds): number | null => portNumber(toPort, splitEndpoint(wire.to)[1]);
    const numbers = numberPorts(group, wanted).map(({ item }) => item);
    numbers.forEach((end, at) => (end.toPort = `${end.toPort}${at}`));
  }
  return ends;
}

/** "node", or "node:port" where the first port is not the one that is meant. */
export function sourceText(node: DesignNode, port: string | null, blocks: Design['blocks']): string {
  const [first] = drawingPorts(node, blocks).outputs;
  return port === null || port === first ? node.id : `${node.id}:${port}`;
}
