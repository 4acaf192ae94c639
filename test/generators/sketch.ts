/** A function of a design while it is being drawn: every layer that is added is one whose inputs it accepts. */
import { evaluateExpression, isExpression } from '../../shared/passes/expression';
import type { DesignNode, Wire } from '../../shared/design/schema';
import type { LayerDefinition } from '../../shared/ir/layerDefinition';
import type { TensorType } from '../../shared/ir/tensorType';
import { sampleElements } from '../../shared/ir/tensorType';
import { isProblem } from '../../shared/messages';
import type { Json } from '../../shared/messages/define';
import { library } from '../../shared/library';

export interface Value {
  /** As a wire writes it. */
  end: string;
  type: TensorType;
  /** How many wires take it. */
  uses: number;
}

export interface Sketch {
  nodes: DesignNode[];
  wires: Wire[];
  values: Value[];
  /** What expressions may name. */
  scope: Readonly<Record<string, number>>;
}

/** Elements a sample, so that a training step stays quick. */
const mostElements = 600;

export function emptySketch(scope: Sketch['scope'] = {}): Sketch {
  return { nodes: [], wires: [], values: [], scope };
}

export function freshName(sketch: Sketch, base: string): string {
  return `${base}${sketch.nodes.length}`;
}

export function connect(sketch: Sketch, value: Value, to: string): void {
  value.uses += 1;
  sketch.wires.push({ from: value.end, to });
}

/** What a layer makes of these inputs, or null where it refuses them. */
export function typeOf(
  layer: string,
  params: Readonly<Record<string, Json>>,
  inputs: readonly TensorType[],
  scope: Sketch['scope'] = {},
): TensorType | null {
  const definition = library.layers.get(layer) as LayerDefinition;
  const ports = portNames(definition, inputs.length);
  if (!ports) return null;
  const values: Record<string, unknown> = {};
  for (const [name, param] of Object.entries(definition.params)) {
    const given = params[name];
    const evaluated = isExpression(given) ? evaluateExpression(given, scope) : { value: given };
    if ('error' in evaluated) return null;
    const parsed = param.parse(evaluated.value === undefined ? param.default : evaluated.value);
    if (!('value' in parsed)) return null;
    values[name] = parsed.value;
  }
  const types = definition.infer(values, Object.fromEntries(ports.map((port, at) => [port, inputs[at] as TensorType])));
  const type = isProblem(types) ? null : (Object.values(types)[0] ?? null);
  return type && (sampleElements(type) ?? Infinity) <= mostElements ? type : null;
}

/** Names of the first ports in their order; numbered where a port takes many. */
function portNames(definition: LayerDefinition, count: number): string[] | null {
  const [first] = definition.inputs;
  if (first?.many)
    return count < (first.minimum ?? 1) ? null : Array.from({ length: count }, (_, at) => `${first.name}${at}`);
  const needed = definition.inputs.filter(({ minimum = 1 }) => minimum > 0).length;
  return count < needed || count > definition.inputs.length
    ? null
    : definition.inputs.slice(0, count).map(({ name }) => name);
}

/** Adds a layer and its wires; null, and nothing is added, where it does not accept these inputs. */
export function addLayer(
  sketch: Sketch,
  layer: string,
  params: Readonly<Record<string, Json>>,
  inputs: readonly Value[],
  more: Partial<Pick<DesignNode, 'weightsOf' | 'name' | 'note'>> = {},
): Value | null {
  const types = inputs.map((value) => value.type);
  const type = typeOf(layer, params, types, sketch.scope);
  const ports = portNames(library.layers.get(layer) as LayerDefinition, inputs.length);
  if (!type || !ports) return null;
  const id = freshName(sketch, layer.charAt(0).toLowerCase() + layer.slice(1));
  sketch.nodes.push({ id, layer, params: { ...params }, ...more });
  inputs.forEach((value, at) => connect(sketch, value, at === 0 ? id : `${id}:${ports[at] ?? ''}`));
  const value = { end: id, type, uses: 0 };
  sketch.values.push(value);
  return value;
}
