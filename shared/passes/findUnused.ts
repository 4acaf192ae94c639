/** Names the nodes that lead to no Output; `pruneUnused` leaves them out of the program. */
import type { IrFunction, IrNode } from '../ir/ir';
import { problem } from '../messages';
import type { Finding } from './finding';
import { mainFunction } from './lowered';
import type { Ordered } from './orderNodes';
import { outputLayer } from './ports';
import { usedNodes } from './usedNodes';

/** Says of every loose end how many nodes lead only there; a design without any Output has one message of its own. */
export function findUnused({ ir, findings: circles }: Ordered): { findings: Finding[] } {
  // Nodes in a circle have no order in which to walk back; they have been named.
  const circular = new Set(circles.map((finding) => finding.function));
  const functions = [...ir.functions.values()].filter(({ id }) => !circular.has(id));
  return { findings: functions.flatMap(looseEnds) };
}

function looseEnds(one: IrFunction): Finding[] {
  const ends = endsOf(one);
  if (ends.length === 0) return [];
  const used = usedNodes(one.nodes, ends);
  const unused = one.nodes.filter((node) => !used.has(node.id));
  const consumed = new Set(unused.flatMap((node) => Object.values(node.inputs).map((ref) => ref.node)));
  const loose = unused.filter((node) => !consumed.has(node.id));
  return loose.map((node): Finding => {
    const before = countBefore(unused, node.id);
    const repairs = [{ title: 'Remove it', actions: [{ action: 'removeNode' as const }] }];
    return { function: one.id, node: node.id, problem: problem('unusedNode', { before }, { repairs }) };
  });
}

/** How many of the unused nodes lead to this one. */
function countBefore(unused: readonly IrNode[], id: string): number {
  const leading = usedNodes(unused, [id]);
  return unused.filter((node) => leading.has(node.id)).length - 1;
}

function endsOf(one: IrFunction): string[] {
  if (one.id !== mainFunction) return Object.values(one.outputs).map((ref) => ref.node);
  return one.nodes.flatMap((node) => (node.kind === 'layer' && node.layer === outputLayer ? [node.id] : []));
}
