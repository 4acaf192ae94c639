/** A step of a network that can be looked into: a statement of its own, and a mark on its values. */
import { brandName, call, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { Helper } from '../../ir/emit/emission';
import type { PlacedNode } from '../layouts';
import type { FlowStep } from './writeForward';

export const watch: Helper = {
  name: 'watch',
  source: `def watch(*_values: Tensor) -> None:
    """Marks what every node gives: whoever traces the network finds the calls."""`,
  imports: ['from torch import Tensor'],
};

/** Blocks mark nothing, because their nodes do; the ports of the drawing have no step of their own elsewhere. */
export function watchedStep({ node, inputs }: PlacedNode, step: FlowStep | undefined): FlowStep {
  const after = (values: readonly Name[]): Hole => call(brandName(watch.name), values);
  if (step) return { ...step, shared: true, ...(node.kind === 'layer' && { after }) };
  const ports = Object.keys(node.outputTypes);
  return {
    path: node.id,
    inputs,
    shared: true,
    values: ports.map((port) => ({ ref: { node: node.id, port }, names: [node.name, node.id] })),
    compute: (values: Record<string, Fragment | Name>) => Object.values(values)[0] ?? null,
    after,
  };
}
