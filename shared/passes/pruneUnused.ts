/** Leaves out of a program what leads to no Output, so that engines neither compute nor look for gradients there. */
import type { FunctionInstance, Instance } from '../ir/program';
import { outputLayer } from './ports';
import { usedNodes } from './usedNodes';

export function pruneUnused(main: FunctionInstance): FunctionInstance {
  const ends = main.nodes.flatMap((node) =>
    node.kind === 'layer' && node.definition.type === outputLayer ? [node.id] : [],
  );
  return prune(main, ends, new Map());
}

/** Equal instances stay one object, and one that needs no change stays itself. */
function prune(
  one: FunctionInstance,
  ends: readonly string[],
  known: Map<FunctionInstance, FunctionInstance>,
): FunctionInstance {
  const before = known.get(one);
  if (before) return before;
  const used = usedNodes(one.nodes, ends);
  const nodes = one.nodes.filter((node) => used.has(node.id)).map((node) => pruneInside(node, known));
  const same = nodes.length === one.nodes.length && nodes.every((node, at) => node === one.nodes[at]);
  const pruned = same ? one : { ...one, nodes };
  known.set(one, pruned);
  return pruned;
}

function pruneInside(node: Instance, known: Map<FunctionInstance, FunctionInstance>): Instance {
  if (node.kind === 'layer') return node;
  const iterations = node.iterations.map((pass) =>
    prune(
      pass,
      Object.values(pass.outputs).map((ref) => ref.node),
      known,
    ),
  );
  return iterations.every((pass, at) => pass === node.iterations[at]) ? node : { ...node, iterations };
}
