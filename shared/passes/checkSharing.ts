/** Part of `inferTypes`: nodes that share weights must agree in parameters and in the shape of every weight. */
import type { FunctionInstance, Instance, LayerInstance } from '../ir/program';
import { problem, show, type Problem } from '../messages';
import type { InferredNode } from './inferred';
import type { NodeProblem } from './bound';

export function checkSharing(nodes: readonly InferredNode[], problems: NodeProblem[]): void {
  const sharing = nodes.filter(({ bound }) => bound.node.weightsOf !== null);
  if (sharing.length === 0) return;
  const byId = new Map(nodes.map((node) => [node.bound.node.id, node]));
  for (const { bound, instance } of sharing) {
    const { id, weightsOf } = bound.node;
    const owner = byId.get(weightsOf ?? '')?.instance;
    const wrong = instance && owner ? difference(instance, owner) : null;
    if (wrong) problems.push({ node: id, problem: wrong });
  }
}

const repairs = [{ title: 'Give it weights of its own', actions: [{ action: 'ownWeights' as const }] }];

function difference(ours: Instance, theirs: Instance): Problem | null {
  if (ours.kind === 'layer' && theirs.kind === 'layer') return layerDifference(ours, theirs, theirs.id);
  if (ours.kind !== 'call' || theirs.kind !== 'call') return null;
  const [mine, other] = [ours.iterations, theirs.iterations];
  if (mine.length !== other.length || ours.repeated !== theirs.repeated)
    return differs(theirs.id, 'number of passes', String(other.length), String(mine.length));
  for (const [at, pass] of mine.entries()) {
    const wrong = functionDifference(pass, other[at] as FunctionInstance, theirs.id);
    if (wrong) return wrong;
  }
  return null;
}

function functionDifference(ours: FunctionInstance, theirs: FunctionInstance, owner: string): Problem | null {
  if (ours === theirs) return null;
  const byId = new Map(theirs.nodes.map((node) => [node.id, node]));
  for (const node of ours.nodes) {
    const other = byId.get(node.id);
    const wrong = other ? difference(node, other) : null;
    if (wrong) return differs(owner, `inner node ${node.id}`, 'equal weights', wrong.message);
  }
  return null;
}

function layerDifference(ours: LayerInstance, theirs: LayerInstance, owner: string): Problem | null {
  for (const [name, expected] of Object.entries(theirs.params)) {
    const [mine, other] = [show(ours.params[name]), show(expected)];
    if (mine !== other) return differs(owner, `parameter ${name}`, other, mine);
  }
  for (const [name, spec] of Object.entries(theirs.weights)) {
    const [mine, other] = [shapeText(ours.weights[name]?.shape), shapeText(spec.shape)];
    if (mine !== other) return differs(owner, `weight ${name}`, other, mine);
  }
  return null;
}

function shapeText(shape: readonly number[] | undefined): string {
  return shape ? `[${shape.join(', ')}]` : 'none';
}

function differs(owner: string, what: string, expected: string, received: string): Problem {
  return problem('weightsDiffer', { owner, what, expected, received }, { repairs });
}
