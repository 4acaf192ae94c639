/** The table of layers, written out: what each gives and costs, also where other nodes have errors. */
import { passPath } from '../ir/passPath';
import type { TensorType } from '../ir/tensorType';
import type { InferredFunction, InferredNode } from './inferred';
import { countLayer } from './countCost';

export interface LayerRow {
  /** The path of ids: `stage/2/conv1`. */
  id: string;
  name: string;
  layer: string;
  /** By port; null where it is not known because of errors. */
  outputs: Readonly<Record<string, TensorType>> | null;
  trainable: number;
  nonTrainable: number;
  macs: number;
  /** The path of the layer whose weights it uses, which has them in its row; null where they are its own. */
  weightsOf: string | null;
}

export function listLayers(main: InferredFunction): LayerRow[] {
  const rows: LayerRow[] = [];
  appendFunction(main, '', '', rows);
  return rows;
}

/** `owner` is the prefix of the paths that own the weights: another than `prefix` inside a call that shares them. */
function appendFunction(one: InferredFunction, prefix: string, owner: string, rows: LayerRow[]): void {
  for (const node of one.nodes) appendNode(node, prefix, owner, rows);
}

function appendNode(
  { bound, instance, iterations }: InferredNode,
  prefix: string,
  owner: string,
  rows: LayerRow[],
): void {
  const id = prefix + bound.node.id;
  const group = owner + (bound.node.weightsOf ?? bound.node.id);
  if (bound.kind === 'call') {
    iterations.forEach((pass, index) => {
      appendFunction(pass, passPath(id, bound.repeated, index), passPath(group, bound.repeated, index), rows);
    });
    return;
  }
  const shared = group !== id;
  const layer = instance?.kind === 'layer' ? instance : null;
  const count = layer ? countLayer(layer) : { trainable: 0, nonTrainable: 0, macs: 0 };
  rows.push({
    id,
    name: bound.node.name,
    layer: bound.node.layer,
    outputs: layer?.outputTypes ?? null,
    trainable: shared ? 0 : count.trainable,
    nonTrainable: shared ? 0 : count.nonTrainable,
    macs: count.macs,
    weightsOf: shared ? group : null,
  });
}
