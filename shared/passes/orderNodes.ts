/** Puts the nodes of every function in an order in which they can run, as near to the drawing's as may be; names cycles. */
import { functionInputNode, type Ir, type IrFunction, type IrNode } from '../ir/ir';
import { problem } from '../messages';
import type { Finding } from './finding';
import type { OrderedFunction } from './lowered';
import type { Memo } from './memo';

export interface Ordered {
  ir: Ir;
  findings: Finding[];
}

/** An input that closes a cycle keeps its reference; its source comes later, so nothing is known of it when it is met. */
export function orderNodes(ir: Ir, memo: Memo): Ordered {
  const functions = new Map<string, IrFunction>();
  const findings: Finding[] = [];
  for (const [id, one] of ir.functions) {
    const ordered = memo.ordered.get(one) ?? (isOrdered(one) ? { function: one, findings: [] } : orderFunction(one));
    memo.ordered.set(one, ordered);
    functions.set(id, ordered.function);
    findings.push(...ordered.findings);
  }
  return { ir: { functions }, findings };
}

/** Most drawings are listed in an order in which they can run. */
function isOrdered(one: IrFunction): boolean {
  const before = new Set<string>().add(functionInputNode);
  for (const node of one.nodes) {
    for (const port in node.inputs) if (!before.has(node.inputs[port]?.node ?? '')) return false;
    before.add(node.id);
  }
  return true;
}

/** Depth first along the inputs, with a stack of its own: a chain may be longer than the call stack is deep. */
function orderFunction(one: IrFunction): OrderedFunction {
  const byId = new Map(one.nodes.map((node) => [node.id, node]));
  const nodes: IrNode[] = [];
  const findings: Finding[] = [];
  const state = new Map<string, 'open' | 'done'>();
  const stack: { node: IrNode; sources: string[]; next: number }[] = [];
  const enter = (node: IrNode): void => {
    state.set(node.id, 'open');
    stack.push({ node, sources: Object.values(node.inputs).map((ref) => ref.node), next: 0 });
  };
  for (const root of one.nodes) {
    if (!state.has(root.id)) enter(root);
    for (let top = stack[stack.length - 1]; top; top = stack[stack.length - 1]) {
      const source = byId.get(top.sources[top.next++] ?? '');
      if (source && state.get(source.id) === 'open') {
        const path = stack.map((entry) => entry.node.id);
        findings.push(cycle(one.id, path.slice(path.indexOf(source.id))));
      } else if (source && !state.has(source.id)) enter(source);
      else if (top.next > top.sources.length) {
        state.set(top.node.id, 'done');
        nodes.push(top.node);
        stack.pop();
      }
    }
  }
  return { function: { ...one, nodes }, findings };
}

/** `path` runs against the wires, from the node that was met again to the one that it feeds. */
function cycle(id: string, path: readonly string[]): Finding {
  const [first = '', ...others] = path;
  const along = [first, ...others.reverse()];
  const shown = along.length > 8 ? [...along.slice(0, 7), '...', ...along.slice(-1)] : along;
  return { function: id, node: first, problem: problem('cycle', { nodes: [...shown, first].join(' → ') }) };
}
