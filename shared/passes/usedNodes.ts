/** Which nodes lead to the ends of a function: what `findUnused` names is what `pruneUnused` leaves out. */
import type { ValueRef } from '../ir/ir';

export interface UsableNode {
  id: string;
  inputs: Readonly<Record<string, ValueRef>>;
  weightsOf: string | null;
}

/** `nodes` are in running order, so one way back meets them all; only an owner of weights may stand behind who uses them. */
export function usedNodes(nodes: readonly UsableNode[], ends: Iterable<string>): Set<string> {
  const used = new Set(ends);
  for (let again = true; again;) {
    again = false;
    for (let at = nodes.length - 1; at >= 0; at--) {
      const node = nodes[at] as UsableNode;
      if (!used.has(node.id)) continue;
      for (const port in node.inputs) used.add(node.inputs[port]?.node ?? '');
      if (node.weightsOf === null || used.has(node.weightsOf)) continue;
      used.add(node.weightsOf);
      again = true;
    }
  }
  return used;
}
