/** Finds the layer that makes the value at a node's first input, through the blocks that pass it on. */
import type { ValueRef } from '../ir/ir';
import type { FunctionInstance, Instance, LayerInstance } from '../ir/program';
import type { InferredFunction } from './inferred';

export interface Producer {
  layer: LayerInstance;
  /** The function that holds it: a repair of a node in another one cannot reach it. */
  function: string;
}

export function findProducer(main: InferredFunction, node: string): Producer | null {
  const instances = main.nodes.flatMap(({ instance }) => (instance ? [instance] : []));
  const start = instances.find(({ id }) => id === node);
  const ref = Object.values(start?.inputs ?? {})[0];
  return ref ? follow(ref, instances, main.bound.function.id) : null;
}

function follow(ref: ValueRef, nodes: readonly Instance[], id: string): Producer | null {
  const node = nodes.find((one) => one.id === ref.node);
  if (!node) return null;
  if (node.kind === 'layer') return { layer: node, function: id };
  const last: FunctionInstance | undefined = node.iterations[node.iterations.length - 1];
  const inner = last?.outputs[ref.port];
  return last && inner ? follow(inner, last.nodes, last.function) : null;
}
