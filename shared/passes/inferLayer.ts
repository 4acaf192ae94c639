/** Part of `inferTypes`: asks a definition for types, weights and cost, once for each (node, parameters, input types). */
import type { LayerDefinition, Types } from '../ir/layerDefinition';
import type { TensorType } from '../ir/tensorType';
import { isProblem } from '../messages';
import type { InferredLayer } from './inferredLayer';
import type { Memo } from './memo';
import type { ParsedParams } from './parsedParams';

/** Results that a node remembers: enough for a block that is called with several types, and for undo and redo. */
const mostResults = 32;

/** `inputs` are complete and in port order, and `params` have their values. */
export function inferLayer(
  definition: LayerDefinition,
  params: ParsedParams,
  inputs: Types,
  memo: Memo,
): InferredLayer {
  for (const known of params.results) if (sameTypes(known.inputs, inputs)) return known.result;
  memo.inferences += 1;
  const values = params.values ?? {};
  const outputs = definition.infer(values, inputs);
  const result: InferredLayer = isProblem(outputs)
    ? { ok: false, problem: outputs }
    : {
        ok: true,
        outputs,
        weights: definition.weights(values, inputs),
        cost: definition.cost(values, inputs, outputs),
      };
  // A list that grows by one makes room for many more, and most nodes have one result only.
  const before = params.results;
  params.results =
    before.length === 0 ? [{ inputs, result }] : [{ inputs, result }, ...before.slice(0, mostResults - 1)];
  return result;
}

function sameTypes(a: Types, b: Types): boolean {
  let ports = 0;
  for (const port in a) {
    const other = b[port];
    if (!other || !sameType(a[port] as TensorType, other)) return false;
    ports++;
  }
  for (const port in b)
    if (port in a) ports--;
    else return false;
  return ports === 0;
}

function sameType(a: TensorType, b: TensorType): boolean {
  if (a === b) return true;
  if (a.dtype !== b.dtype || a.dims.length !== b.dims.length) return false;
  return a.dims.every((dim, axis) => {
    const other = b.dims[axis];
    return dim.size === other?.size && dim.name === other.name;
  });
}
