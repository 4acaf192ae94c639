/** Counts parameters and multiply-accumulates of the whole program; weights that nodes share count once. */
import type { FunctionInstance, Instance, LayerInstance, Totals } from '../ir/program';
import type { InferredFunction } from './inferred';
import type { Memo } from './memo';

/** What is known of a program that may still have errors. */
export function countKnown(main: InferredFunction, memo: Memo): Totals {
  const known = new Map<InferredFunction, Totals>();
  const ofFunction = (one: InferredFunction): Totals => {
    const before = known.get(one);
    if (before) return before;
    const total = one.instance ? countCost(one.instance, memo) : { trainable: 0, nonTrainable: 0, macs: 0 };
    if (!one.instance) {
      for (const { bound, instance, iterations } of one.nodes) {
        if (instance) addInstance(total, instance, memo);
        else for (const pass of iterations) addTo(total, ofFunction(pass), bound.node.weightsOf === null);
      }
    }
    known.set(one, total);
    return total;
  };
  return ofFunction(main);
}

export function countCost(instance: FunctionInstance, memo: Memo): Totals {
  const before = memo.totals.get(instance);
  if (before) return before;
  const total = { trainable: 0, nonTrainable: 0, macs: 0 };
  for (const node of instance.nodes) addInstance(total, node, memo);
  memo.totals.set(instance, total);
  return total;
}

/** Weights of another node are not counted again; the work with them is. */
function addInstance(total: Totals, node: Instance, memo: Memo): void {
  const own = node.weightsOf === null;
  if (node.kind === 'layer') addTo(total, countLayer(node), own);
  else for (const pass of node.iterations) addTo(total, countCost(pass, memo), own);
}

function addTo(total: Totals, part: Totals, ownWeights: boolean): void {
  total.macs += part.macs;
  if (!ownWeights) return;
  total.trainable += part.trainable;
  total.nonTrainable += part.nonTrainable;
}

export function countLayer(layer: LayerInstance): Totals {
  let [trainable, nonTrainable] = [0, 0];
  for (const name in layer.weights) {
    const spec = layer.weights[name];
    const elements = spec?.shape.reduce((product, size) => product * size, 1) ?? 0;
    if (spec?.trainable) trainable += elements;
    else nonTrainable += elements;
  }
  return { trainable, nonTrainable, macs: layer.cost.macs };
}
