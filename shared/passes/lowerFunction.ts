/** Part of `lower`: one function of the drawing, main or a block. */
import type { IrFunction, IrNode, ValueRef } from '../ir/ir';
import { functionInputNode } from '../ir/ir';
import type { Library } from '../ir/library';
import type { DesignNode } from '../design/schema';
import { problem } from '../messages';
import { nearNames } from '../messages/nearNames';
import { connectWires, type Connections, type Report } from './connectWires';
import type { Finding } from './finding';
import { calleesOf, mainFunction, type Body, type LoweredFunction } from './lowered';
import { inputLayer, outputLayer, portsOf, type PortList } from './ports';
import { shareWeights } from './shareWeights';
import { suggestWire } from './suggestWire';

export interface LowerContext {
  library: Library;
  /** The blocks lowered so far; a block that this one calls and that is not among them is recursive. */
  functions: ReadonlyMap<string, IrFunction>;
  /** Every block that there is, for suggestions. */
  bodies: ReadonlyMap<string, Body>;
}

export function lowerFunction(id: string, body: Body, context: LowerContext): LoweredFunction {
  const findings: Finding[] = [];
  const report: Report = (node, code, args, details) =>
    findings.push({ function: id, node, problem: problem(code, args, details) });
  const nodes = uniqueNodes(body.nodes, report);
  const ports = new Map<string, PortList | null>();
  for (const node of nodes.values()) ports.set(node.id, checkedPorts(node, id !== mainFunction, context, report));
  const connections = connectWires(body.wires, ports, report);
  checkInputs(ports, connections, report);
  const owners = shareWeights(nodes, report);
  return {
    body,
    callees: calleesOf(body, context.functions),
    function: assemble(id, body, nodes, connections, owners, context),
    findings,
  };
}

function uniqueNodes(list: readonly DesignNode[], report: Report): Map<string, DesignNode> {
  const nodes = new Map<string, DesignNode>();
  for (const node of list) {
    if (nodes.has(node.id)) report(node.id, 'duplicateId', { id: node.id });
    else nodes.set(node.id, node);
  }
  return nodes;
}

/** The ports of a node; says so where its layer or block is not known. */
function checkedPorts(node: DesignNode, inBlock: boolean, context: LowerContext, report: Report): PortList | null {
  if (inBlock && isPort(node) && Object.keys(node.params).length > 0)
    report(node.id, 'portHasParams', { params: Object.keys(node.params) });
  const ports = portsOf(node, context.library, context.functions);
  if (ports) return ports;
  if (node.layer !== undefined) {
    const near = context.library.layers.near(node.layer);
    const repairs = near.map((layer) => ({
      title: `Make it ${layer}`,
      actions: [{ action: 'setLayer' as const, layer }],
    }));
    report(node.id, 'unknownLayer', { layer: node.layer, near }, { repairs });
  } else if (!context.bodies.has(node.block)) {
    const known = [...context.bodies.keys()].map((name) => ({ name }));
    report(node.id, 'unknownBlock', { block: node.block, near: nearNames(node.block, known) });
  }
  return null;
}

function isPort(node: DesignNode): boolean {
  return node.layer === inputLayer || node.layer === outputLayer;
}

/** Every input that a layer or block cannot do without must have its wire. */
function checkInputs(ports: ReadonlyMap<string, PortList | null>, connections: Connections, report: Report): void {
  const missing: { node: string; port: string; needed: number; found: number; many: boolean }[] = [];
  for (const [node, list] of ports) {
    const inputs = connections.inputs.get(node) ?? {};
    for (const { name, many = false, minimum = 1 } of list?.inputs ?? []) {
      const found = many ? countNumbered(inputs, name) : name in inputs ? 1 : 0;
      if (found < minimum) missing.push({ node, port: name, needed: minimum, found, many });
    }
  }
  for (const { node, port, needed, found, many } of missing) {
    const repairs = missing.length === 1 ? suggestWire(node, port, ports, connections) : [];
    if (many) report(node, 'tooFewInputs', { port, needed, found }, { port, repairs });
    else report(node, 'unconnectedInput', { port }, { port, repairs });
  }
}

function countNumbered(inputs: Readonly<Record<string, ValueRef>>, name: string): number {
  let count = 0;
  while (Object.prototype.hasOwnProperty.call(inputs, `${name}${count}`)) count++;
  return count;
}

function assemble(
  id: string,
  body: Body,
  nodes: ReadonlyMap<string, DesignNode>,
  connections: Connections,
  owners: ReadonlyMap<string, string>,
  context: LowerContext,
): IrFunction {
  const inBlock = id !== mainFunction;
  const entries = new Set<string>();
  if (inBlock) for (const node of nodes.values()) if (node.layer === inputLayer) entries.add(node.id);
  const rename = (ref: ValueRef): ValueRef =>
    entries.has(ref.node) ? { node: functionInputNode, port: ref.node } : ref;
  const outputs: [string, ValueRef][] = [];
  const inner: IrNode[] = [];
  for (const node of nodes.values()) {
    const wired = connections.inputs.get(node.id) ?? {};
    const inputs = entries.size === 0 ? wired : renameAll(wired, rename);
    if (!inBlock || !isPort(node)) inner.push(lowerNode(node, inputs, owners.get(node.id) ?? null, context));
    else if (node.layer === outputLayer) outputs.push([node.id, Object.values(inputs)[0] ?? unconnected]);
  }
  const params = inBlock ? body.params : {};
  return { id, params, inputs: [...entries], outputs: Object.fromEntries(outputs), nodes: inner };
}

/** Where an Output of a block has no wire: names no node, so that nothing is known of the value. */
const unconnected: ValueRef = { node: '', port: '' };

function renameAll(
  inputs: Readonly<Record<string, ValueRef>>,
  rename: (ref: ValueRef) => ValueRef,
): Record<string, ValueRef> {
  return Object.fromEntries(Object.entries(inputs).map(([port, ref]) => [port, rename(ref)]));
}

/** A call of a block that is unknown or recursive names no function: it was reported, and nothing is known of it. */
function lowerNode(
  node: DesignNode,
  inputs: Readonly<Record<string, ValueRef>>,
  weightsOf: string | null,
  { functions }: LowerContext,
): IrNode {
  const { id, name = node.id, params } = node;
  if (node.block === undefined) return { kind: 'layer', id, name, inputs, weightsOf, params, layer: node.layer };
  const callee = functions.has(node.block) ? node.block : '';
  return { kind: 'call', id, name, inputs, weightsOf, params, function: callee, times: node.times ?? null };
}
