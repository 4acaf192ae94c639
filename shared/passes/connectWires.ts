/** Part of `lower`: hangs every wire of a function on the ports that it means, and says which do not fit. */
import type { ValueRef } from '../ir/ir';
import { numberPorts, splitEndpoint } from '../design/endpoints';
import type { Wire } from '../design/schema';
import type { MessageArguments, MessageCode, ProblemDetails } from '../messages';
import { findSlot, listInputPorts, type PortList, type Slot } from './ports';

export type Report = <Code extends MessageCode>(
  node: string | null,
  code: Code,
  args: MessageArguments<Code>,
  details?: ProblemDetails,
) => void;

export interface Connections {
  /** By node: its inputs in port order. */
  inputs: ReadonlyMap<string, Readonly<Record<string, ValueRef>>>;
  /** Outputs that something takes, as "node:port"; computed when it is asked for, which is rare. */
  taken: () => ReadonlySet<string>;
}

type Inputs = Record<string, ValueRef>;

/** A wire to a port that takes many, until all of them are known and can be numbered. */
interface Pending {
  port: string;
  index: number | null;
  ref: ValueRef;
  wire: Wire;
}

export function connectWires(
  wires: readonly Wire[],
  ports: ReadonlyMap<string, PortList | null>,
  report: Report,
): Connections {
  const inputs = new Map<string, Inputs>();
  const pending = new Map<string, Pending[]>();
  for (const wire of wires) {
    const [target, targetPort] = splitEndpoint(wire.to);
    const ref = resolveSource(wire, wires, ports, report);
    const slot = resolveTarget(wire, target, targetPort, ports, report);
    if (!ref || !slot) continue;
    const { port, index } = slot;
    const placed = inputs.get(target) ?? {};
    inputs.set(target, placed);
    if (port.many) listOf(pending, target).push({ port: port.name, index, ref, wire });
    else if (Object.prototype.hasOwnProperty.call(placed, port.name)) reportTaken(target, port.name, wire, report);
    else placed[port.name] = ref;
  }
  for (const [node, list] of pending) placeNumbered(node, list, inputs.get(node) ?? {}, report);
  for (const [node, list] of ports)
    if (list && list.inputs.length > 1) inputs.set(node, inPortOrder(inputs.get(node) ?? {}, list));
  return { inputs, taken: () => takenOutputs(wires, ports) };
}

function takenOutputs(wires: readonly Wire[], ports: ReadonlyMap<string, PortList | null>): Set<string> {
  return new Set(
    wires.map((wire) => {
      const [node, port] = splitEndpoint(wire.from);
      return `${node}:${port ?? ports.get(node)?.outputs[0] ?? ''}`;
    }),
  );
}

function listOf<Item>(lists: Map<string, Item[]>, key: string): Item[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
}

function reportTaken(node: string, port: string, wire: Wire, report: Report): void {
  report(node, 'portTaken', { wire: wireText(wire), port }, { port, ...removal(wire) });
}

/** Numbers are closed up, so that a wire taken away leaves no gap. */
function placeNumbered(node: string, list: readonly Pending[], placed: Inputs, report: Report): void {
  for (const port of new Set(list.map((one) => one.port))) {
    const here = list.filter((one) => one.port === port);
    let last = -1;
    let next = 0;
    for (const { item, index } of numberPorts(here, (one) => one.index)) {
      if (index === last) reportTaken(node, `${port}${index}`, item.wire, report);
      else placed[`${port}${next++}`] = item.ref;
      last = index;
    }
  }
}

/** Whoever reads the inputs one by one reads them in the order of the ports. */
function inPortOrder(placed: Inputs, { inputs }: PortList): Inputs {
  const rank = (port: string): number =>
    inputs.findIndex(({ name, many }) => (many ? port.startsWith(name) : port === name));
  const entries = Object.entries(placed);
  // The sort is stable: numbered ports stay in their order.
  return Object.fromEntries(entries.sort(([a], [b]) => rank(a) - rank(b)));
}

function restart({ from, to }: Wire, start: string): ProblemDetails {
  const remove = { action: 'removeWire' as const, from, to };
  const again = { action: 'addWire' as const, from: start, to };
  return {
    repairs: [{ title: `Start it at ${start}`, actions: [remove, again] }, ...(removal({ from, to }).repairs ?? [])],
  };
}

function removal(wire: Wire): ProblemDetails {
  return { repairs: [{ title: 'Remove the wire', actions: [{ action: 'removeWire', from: wire.from, to: wire.to }] }] };
}

function resolveSource(
  wire: Wire,
  wires: readonly Wire[],
  ports: ReadonlyMap<string, PortList | null>,
  report: Report,
): ValueRef | null {
  const [node, port] = splitEndpoint(wire.from);
  const list = ports.get(node);
  if (list === undefined) {
    report(splitEndpoint(wire.to)[0], 'wireToNowhere', { wire: wireText(wire), missing: node }, removal(wire));
    return null;
  }
  if (list === null) return { node, port: port ?? 'output' };
  const found = port ?? list.outputs[0];
  if (found !== undefined && list.outputs.includes(found)) return { node, port: found };
  if (list.ends) {
    const into = wires.find(({ to }) => splitEndpoint(to)[0] === node);
    report(node, 'wireFromOutput', { wire: wireText(wire) }, into ? restart(wire, into.from) : removal(wire));
    return null;
  }
  const known = list.outputs.join(', ') || 'none';
  report(node, 'unknownOutputPort', { wire: wireText(wire), port: port ?? 'output', known }, removal(wire));
  return null;
}

function resolveTarget(
  wire: Wire,
  node: string,
  port: string | null,
  ports: ReadonlyMap<string, PortList | null>,
  report: Report,
): Slot | null {
  const list = ports.get(node);
  if (list === undefined) {
    report(splitEndpoint(wire.from)[0], 'wireToNowhere', { wire: wireText(wire), missing: node }, removal(wire));
    return null;
  }
  if (list === null) return { port: { name: port ?? 'input' }, index: null };
  const slot = findSlot(list.inputs, port);
  if (slot) return slot;
  const known = listInputPorts(list.inputs);
  report(node, 'unknownInputPort', { wire: wireText(wire), port: port ?? 'input', known }, removal(wire));
  return null;
}

function wireText(wire: Wire): string {
  return `${wire.from} → ${wire.to}`;
}
