/** Before anything is written: every function with the layouts of its values, and what each layer says of itself. */
import type { CodeEmission, EmitContext, EmitInput, Helper } from '../../ir/emit/emission';
import { passPath } from '../../ir/passPath';
import type { CheckedProgram, FunctionInstance, LayerInstance } from '../../ir/program';
import type { Obstacle } from '../exportedModel';
import { placeFunction, type PlacedFunction, type PlacedNode } from '../layouts';

export interface PreparedFunction {
  readonly placed: PlacedFunction;
  /** By the id of the node; layers alone. */
  readonly emissions: ReadonlyMap<string, CodeEmission>;
}

export interface PreparedProgram {
  /** By key of the instance. */
  readonly functions: ReadonlyMap<string, PreparedFunction>;
  readonly helpers: ReadonlyMap<string, Helper>;
  readonly obstacles: Obstacle[];
}

/** `brought`: helpers that the module has whatever its layers need. */
export function prepareProgram({ main }: CheckedProgram, brought: readonly Helper[] = []): PreparedProgram {
  const functions = new Map<string, PreparedFunction>();
  const helpers = new Map(brought.map((helper) => [helper.name, helper]));
  const obstacles: Obstacle[] = [];
  const visit = (instance: FunctionInstance, prefix: string): void => {
    if (functions.has(instance.key)) return;
    const placed = placeFunction(instance, 'channelsFirst');
    const emissions = new Map<string, CodeEmission>();
    functions.set(instance.key, { placed, emissions });
    for (const node of placed.nodes) {
      if (node.node.kind === 'layer') {
        const emission = emissionOf(node, node.node, prefix, obstacles);
        emissions.set(node.node.id, emission);
        for (const helper of emission.helpers ?? []) helpers.set(helper.name, helper);
        continue;
      }
      const { id, repeated, iterations } = node.node;
      iterations.forEach((iteration, index) => visit(iteration, prefix + passPath(id, repeated, index)));
    }
  };
  visit(main, '');
  return { functions, helpers, obstacles };
}

/** Inputs and Outputs of the drawing: what `forward` takes and gives. */
export function isPort({ node }: PlacedNode): boolean {
  return node.kind === 'layer' && ['Input', 'Output'].includes(node.definition.type);
}

function emissionOf(
  { inputs, outputs }: PlacedNode,
  layer: LayerInstance,
  prefix: string,
  obstacles: Obstacle[],
): CodeEmission {
  const given: Record<string, EmitInput> = {};
  for (const [port, { type, to }] of Object.entries(inputs)) given[port] = { type, layout: to };
  const results: Record<string, EmitInput> = {};
  for (const [port, type] of Object.entries(layer.outputTypes))
    results[port] = { type, layout: outputs[port] ?? { axes: type.dims.map((_, axis) => axis), order: null } };
  const { params, weights, definition, name } = layer;
  const context: EmitContext<Readonly<Record<string, unknown>>> = { params, inputs: given, outputs: results, weights };
  const emission = definition.emit.pytorch(context);
  if (!('unsupported' in emission)) return emission;
  const { unsupported: why, instead } = emission;
  obstacles.push({ path: prefix + layer.id, name, why, instead });
  return {};
}
