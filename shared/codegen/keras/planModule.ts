/** What stands in model.py before a line is written: the twin and the name of every layer, a function for every block. */
import { type Name } from '../../ir/emit/code';
import type { CodeEmission, EmitInput, Helper } from '../../ir/emit/emission';
import { passPath } from '../../ir/passPath';
import type { CallInstance, CheckedProgram, FunctionInstance, Instance, LayerInstance } from '../../ir/program';
import type { TensorType } from '../../ir/tensorType';
import { createScope, type Scope } from '../allocateNames';
import type { Obstacle } from '../exportedModel';
import { canonical } from '../layouts';
import { inOrder } from '../../layers/kit/keras/helpers';
import { kerasReserved, longestName } from './reserved';

export interface PlannedLayer {
  readonly kind: 'layer';
  readonly node: LayerInstance;
  readonly emission: CodeEmission;
  readonly name: Name;
  /** Of the layers beside it, by suffix. */
  readonly beside: ReadonlyMap<string, Name>;
  readonly turn: Name | null;
}

export interface PlannedCall {
  readonly kind: 'call';
  readonly node: CallInstance;
  readonly name: Name;
  readonly passes: readonly PlannedFunction[];
  /** Where siblings use its weights: the names of the inputs of the model that it becomes. */
  readonly placeholders: readonly Name[];
  /** Of the layer that makes it wait for the use before, where nodes share running statistics. */
  readonly turn: Name | null;
}

export interface PlannedFunction {
  readonly instance: FunctionInstance;
  /** What the module calls it; of main, `make_model`. */
  readonly callable: Name;
  readonly scope: Scope;
  /** By port. */
  readonly inputs: ReadonlyMap<string, Name>;
  /** What stands before the ids of its nodes in paths, wherever it is used; main: "". */
  readonly places: readonly string[];
  readonly nodes: readonly (PlannedLayer | PlannedCall)[];
  /** Names of all layers below, without the function's own prefix, in lower case. */
  readonly layerNames: readonly string[];
}

export interface PlannedModule {
  readonly main: PlannedFunction;
  /** What calls others comes after them; main is not among them. */
  readonly blocks: readonly PlannedFunction[];
  readonly modelName: Name;
  readonly helpers: readonly Helper[];
  readonly imports: readonly string[];
}

type Emissions = ReadonlyMap<LayerInstance, CodeEmission>;

interface Planning {
  readonly emissions: Emissions;
  readonly callables: ReadonlyMap<string, Name>;
  readonly places: ReadonlyMap<string, readonly string[]>;
  readonly reserved: readonly string[];
  readonly planned: Map<string, PlannedFunction>;
}

export function planModule(program: CheckedProgram): { module: PlannedModule } | { obstacles: readonly Obstacle[] } {
  const emissions = new Map<LayerInstance, CodeEmission>();
  const obstacles = new Map<string, Obstacle>();
  const functions = new Map<string, FunctionInstance>();
  const places = new Map<string, string[]>();
  collect(program.main, '', { emissions, obstacles, functions, places });
  if (obstacles.size > 0) return { obstacles: [...obstacles.values()] };
  const shares = [program.main, ...functions.values()].some((each) => each.nodes.some(({ weightsOf }) => weightsOf));
  const helpers = distinctHelpers([
    ...[...emissions.values()].flatMap((emission) => emission.helpers ?? []),
    ...(shares && program.totals.nonTrainable > 0 ? [inOrder] : []),
  ]);
  const words = [...kerasReserved, ...helpers.map(({ name }) => name)];
  const module = createScope('snake_case', words, longestName);
  const callables = new Map<string, Name>();
  for (const [key, instance] of functions) callables.set(key, module.allocate(instance.function, 'block'));
  const reserved = [...words, ...[...callables.values()].map(({ identifier }) => identifier)];
  const planned = new Map<string, PlannedFunction>();
  const planning = { emissions, callables, places, reserved, planned };
  const modelName = createScope('snake_case', kerasReserved, longestName).allocate(program.name, 'network');
  const main = planFunction(program.main, planning, modelName);
  const imports = [...emissions.values(), ...helpers].flatMap(({ imports: lines }) => lines ?? []);
  return { module: { main, blocks: [...planned.values()], modelName, helpers, imports } };
}

interface Collected {
  readonly emissions: Map<LayerInstance, CodeEmission>;
  readonly obstacles: Map<string, Obstacle>;
  readonly functions: Map<string, FunctionInstance>;
  readonly places: Map<string, string[]>;
}

/** Every layer's twin once, and every block with its places, the innermost first. */
function collect(instance: FunctionInstance, prefix: string, found: Collected): void {
  for (const node of instance.nodes) {
    const path = prefix + node.id;
    if (node.kind === 'layer') collectLayer(node, path, found);
    else
      node.iterations.forEach((pass, index) => {
        const place = passPath(path, node.repeated, index);
        found.places.set(pass.key, [...(found.places.get(pass.key) ?? []), place]);
        collect(pass, place, found);
        found.functions.set(pass.key, pass);
      });
  }
}

function collectLayer(node: LayerInstance, path: string, { emissions, obstacles }: Collected): void {
  const { definition, params, weights } = node;
  const emission = definition.emit.keras({
    params,
    inputs: placedAll(node.inputTypes),
    outputs: placedAll(node.outputTypes),
    weights,
  });
  if (!('unsupported' in emission)) emissions.set(node, emission);
  else if (!obstacles.has(path))
    obstacles.set(path, { path, name: node.name, why: emission.unsupported, instead: emission.instead });
}

function placedAll(types: Readonly<Record<string, TensorType>>): Record<string, EmitInput> {
  return Object.fromEntries(Object.entries(types).map(([port, type]) => [port, { type, layout: canonical(type) }]));
}

function distinctHelpers(helpers: readonly Helper[]): Helper[] {
  return [...new Map(helpers.map((helper) => [helper.name, helper])).values()];
}

/** `model` is the name that no layer of main may have. */
function planFunction(instance: FunctionInstance, planning: Planning, model: Name | null): PlannedFunction {
  const known = planning.planned.get(instance.key);
  if (known && !model) return known;
  const scope = createScope('snake_case', planning.reserved, longestName);
  const taken = new Set<string>(model ? [model.identifier] : []);
  const inputs = new Map(instance.inputs.map((id) => [id, scope.allocate(id, 'x')]));
  const lent = new Set(instance.nodes.map(({ weightsOf }) => weightsOf));
  const nodes = instance.nodes.map((node) => {
    const named =
      node.kind === 'layer' ? planLayer(node, scope, taken, planning) : planCall(node, scope, taken, planning, lent);
    const waits = lent.has(node.weightsOf ?? node.id) && hasStatistics(node);
    const wanted = { name: `${named.name.identifier} in order` };
    return { ...named, turn: waits ? nameNode(wanted, 'turn', scope, taken, (base) => [base]) : null };
  });
  const callable = planning.callables.get(instance.key) ?? scope.allocate('make model', 'make model');
  const layerNames = [...taken].filter((name) => name !== model?.identifier);
  const places = planning.places.get(instance.key) ?? [''];
  const plan: PlannedFunction = { instance, callable, scope, inputs, places, nodes, layerNames };
  if (!model) planning.planned.set(instance.key, plan);
  return plan;
}

function planLayer(node: LayerInstance, scope: Scope, taken: Set<string>, { emissions }: Planning): PlannedLayer {
  const emission = emissions.get(node) as CodeEmission;
  const suffixes = [...(emission.before ?? []), ...(emission.after ?? [])].map(({ suffix }) => suffix);
  const name = nameNode(node, node.definition.type, scope, taken, (base) => [base]);
  const beside = suffixes.map((suffix) => {
    const wanted = { name: `${name.identifier} ${suffix}` };
    return [suffix, nameNode(wanted, suffix, scope, taken, (base) => [base])] as const;
  });
  return { kind: 'layer', node, emission, name, beside: new Map(beside), turn: null };
}

function planCall(
  node: CallInstance,
  scope: Scope,
  taken: Set<string>,
  planning: Planning,
  lent: ReadonlySet<string | null>,
): PlannedCall {
  const passes = node.iterations.map((pass) => planFunction(pass, planning, null));
  const below = (base: string): string[] =>
    passes.flatMap(({ layerNames }, index) =>
      layerNames.map((name) => (node.repeated ? `${base}_${index}_${name}` : `${base}_${name}`)),
    );
  const name = nameNode(node, node.iterations[0]?.function ?? 'block', scope, taken, (base) => [base, ...below(base)]);
  const inputs = lent.has(node.id) ? Object.keys(node.inputs) : [];
  const placeholders = inputs.map((_, index) => {
    const wanted = { name: `${name.identifier} input${inputs.length > 1 ? ` ${index + 1}` : ''}` };
    return nameNode(wanted, 'input', scope, taken, (base) => [base]);
  });
  return { kind: 'call', node, name, passes, placeholders, turn: null };
}

function hasStatistics(node: Instance): boolean {
  if (node.kind === 'layer') return Object.values(node.weights).some(({ trainable }) => !trainable);
  return node.iterations.some(({ nodes }) => nodes.some(hasStatistics));
}

/** An identifier under which all names of layers that begin with it are new. */
function nameNode(
  { name }: Pick<Instance, 'name'>,
  fallback: string,
  scope: Scope,
  taken: Set<string>,
  namesBelow: (base: string) => readonly string[],
): Name {
  for (;;) {
    const found = scope.allocate(name, fallback);
    const below = namesBelow(found.identifier);
    if (below.some((each) => taken.has(each))) continue;
    for (const each of below) taken.add(each);
    return found;
  }
}
