/** Part of `lower`: finds whose weights each node uses, at the end of any chain of `weightsOf`. */
import type { DesignNode } from '../design/schema';
import { nearNames } from '../messages/nearNames';
import type { Report } from './connectWires';

/** By node: the sibling that owns its weights. Nodes with weights of their own are not in it. */
export function shareWeights(nodes: ReadonlyMap<string, DesignNode>, report: Report): Map<string, string> {
  const owners = new Map<string, string>();
  for (const node of nodes.values()) {
    if (node.weightsOf === undefined) continue;
    const owner = findOwner(node, nodes, report);
    if (owner !== null) owners.set(node.id, owner);
  }
  return owners;
}

function findOwner(node: DesignNode, nodes: ReadonlyMap<string, DesignNode>, report: Report): string | null {
  const repairs = [{ title: 'Give it weights of its own', actions: [{ action: 'ownWeights' as const }] }];
  const seen = new Set([node.id]);
  let owner = node;
  while (owner.weightsOf !== undefined) {
    const next = nodes.get(owner.weightsOf);
    if (!next) {
      // The node that names it says so; those that share through that node need no report of their own.
      if (owner !== node) return null;
      const near = nearNames(
        owner.weightsOf,
        [...nodes.keys()].map((name) => ({ name })),
      );
      report(node.id, 'weightsOfUnknown', { owner: owner.weightsOf, near }, { repairs });
      return null;
    }
    if (seen.has(next.id)) {
      report(node.id, 'weightsOfCycle', { nodes: [...seen, next.id].join(' → ') }, { repairs });
      return null;
    }
    seen.add(next.id);
    owner = next;
  }
  if (owner.layer === node.layer && owner.block === node.block) return owner.id;
  const kinds = { owner: owner.id, theirs: owner.layer ?? owner.block, ours: node.layer ?? node.block };
  report(node.id, 'weightsOfOtherKind', kinds, { repairs });
  return null;
}
