/** A checked program as an ONNX graph: every layer's own twin, with images in ONNX's order of axes. */
import type { GraphEmission, Layout } from '../../ir/emit/emission';
import { toTheirs, type WeightTwin } from '../../ir/emit/transform';
import { functionInputNode, type ValueRef } from '../../ir/ir';
import { passPath } from '../../ir/passPath';
import type { CallInstance, FunctionInstance, LayerInstance } from '../../ir/program';
import type { TensorType } from '../../ir/tensorType';
import { createScope, type Scope } from '../allocateNames';
import type { ExportedPort, ExportedWeight, Obstacle } from '../exportedModel';
import type { ExportRequest } from '../exportTarget';
import { keyOf, placeFunction, type PlacedFunction, type PlacedInput, type PlacedNode } from '../layouts';
import { createGraph, type OnnxGraph } from './createGraph';
import type { OnnxModel, OnnxOrigin } from './model';
import { mapped } from '../mapped';

export interface OnnxProgram {
  readonly model: OnnxModel;
  readonly weights: readonly ExportedWeight[];
  readonly inputs: readonly ExportedPort[];
  readonly outputs: readonly ExportedPort[];
}

interface Writing {
  readonly request: ExportRequest;
  readonly graph: OnnxGraph;
  readonly names: Scope;
  /** Identifiers of layers by their path. */
  readonly identifiers: Map<string, string>;
  readonly placed: Map<FunctionInstance, PlacedFunction>;
  /** Names of weights by layer and twin: shared ones are there once. */
  readonly initialisers: Map<string, string>;
  readonly weights: ExportedWeight[];
  readonly inputs: ExportedPort[];
  readonly outputs: ExportedPort[];
  readonly obstacles: Obstacle[];
}

/** One function in its place. `owner` is the prefix of its weights, as in `flatten`. */
interface Place {
  /** The block; null for the drawing itself. */
  readonly origin: OnnxOrigin | null;
  readonly path: string;
  readonly owner: string;
  /** Names of values in the graph by `node:port`. */
  readonly values: Map<string, string>;
  /** Values with their axes in another order, by name and order. */
  readonly permuted: Map<string, string>;
}

export function graphOfProgram(request: ExportRequest): OnnxProgram | { obstacles: readonly Obstacle[] } {
  const { program, source, opset, version } = request;
  const documentation = `${program.name}: exported from ${source.file}, SHA-256 ${source.hash}`;
  const metadata = { design: program.name, source: source.file, sha256: source.hash };
  const producer = { name: 'netloom', version };
  const writing: Writing = {
    request,
    graph: createGraph({ name: program.name, opset, producer, documentation, metadata }),
    names: createScope('snake_case', []),
    identifiers: new Map(),
    placed: new Map(),
    initialisers: new Map(),
    weights: [],
    inputs: [],
    outputs: [],
    obstacles: [],
  };
  for (const { path, name } of [...program.feeds, ...program.heads]) identify(writing, path, name, 'value');
  writeFunction(writing, program.main, { path: '', owner: '', origin: null }, new Map());
  const { weights, inputs, outputs, obstacles } = writing;
  return obstacles.length > 0 ? { obstacles } : { model: writing.graph.finish(), weights, inputs, outputs };
}

/** The identifier of a layer; the names of its blocks stand before its own. */
function identify({ names, identifiers }: Writing, path: string, wanted: string, fallback: string): string {
  const known = identifiers.get(path);
  if (known !== undefined) return known;
  const { identifier } = names.allocate(wanted, fallback);
  identifiers.set(path, identifier);
  return identifier;
}

/** Gives the results of the function by port. */
function writeFunction(
  writing: Writing,
  instance: FunctionInstance,
  where: Pick<Place, 'path' | 'owner' | 'origin'>,
  given: ReadonlyMap<string, string>,
): Map<string, string> {
  const placed = writing.placed.get(instance) ?? placeFunction(instance, 'channelsFirst');
  writing.placed.set(instance, placed);
  const values = new Map([...given].map(([port, value]) => [keyOf({ node: functionInputNode, port }), value]));
  const place: Place = { ...where, values, permuted: new Map() };
  for (const node of placed.nodes) writeNode(writing, place, node);
  const around = writing.identifiers.get(where.path.slice(0, -1));
  const scope = writing.graph.scope(around ?? 'results', where.origin);
  const results = Object.entries(placed.outputs).map(
    ([port, input]) => [port, taken(place, input, scope)] as [string, string],
  );
  return new Map(results);
}

function writeNode(writing: Writing, place: Place, placed: PlacedNode): void {
  const { node } = placed;
  const outputs =
    node.kind === 'call' ? writeCall(writing, place, placed, node) : writeLayer(writing, place, placed, node);
  for (const [port, value] of Object.entries(outputs)) place.values.set(keyOf({ node: node.id, port }), value);
}

function writeCall(writing: Writing, place: Place, { inputs }: PlacedNode, node: CallInstance): Record<string, string> {
  const path = place.path + node.id;
  const owner = place.owner + (node.weightsOf ?? node.id);
  const origin = originOf(path, node);
  const identifier = identify(writing, path, labelled(writing, place, node), 'block');
  const scope = writing.graph.scope(identifier, origin);
  let values = Object.values(inputs).map((input) => taken(place, input, scope));
  let last = new Map<string, string>();
  node.iterations.forEach((iteration, index) => {
    const inside = (start: string): string => passPath(start, node.repeated, index);
    const given = new Map(iteration.inputs.map((port, at) => [port, values[at] as string]));
    if (node.repeated) identify(writing, `${path}/${index}`, `${identifier} ${index}`, 'block');
    last = writeFunction(writing, iteration, { path: inside(path), owner: inside(owner), origin }, given);
    values = [...last.values()];
  });
  return Object.fromEntries(last);
}

/** The label after those of the blocks around it. */
function labelled(writing: Writing, place: Place, { name }: { name: string }): string {
  const around = writing.identifiers.get(place.path.slice(0, -1));
  return around === undefined ? name : `${around} ${name}`;
}

function originOf(path: string, { name }: { name: string }): OnnxOrigin {
  return { path, name };
}

function writeLayer(
  writing: Writing,
  place: Place,
  { inputs, outputs }: PlacedNode,
  node: LayerInstance,
): Record<string, string> {
  const path = place.path + node.id;
  const identifier = identify(writing, path, labelled(writing, place, node), node.definition.type);
  const scope = writing.graph.scope(identifier, originOf(path, node));
  const values = mapped(inputs, (input) => taken(place, input, scope));
  const emission = emissionOf(writing, path, { inputs, outputs, node });
  // The drawing goes on, so that every node that is lacking is named at once.
  if (!emission) return mapped(outputs, () => Object.values(values)[0] ?? '');
  const group = place.owner + (node.weightsOf ?? node.id);
  const weight = (theirs: string): string =>
    initialiser(writing, group, identifier, emission, theirs, originOf(path, node));
  const given = new Set(Object.values(values));
  const samples = (port: string): string => {
    const value = feed(writing, path, node.outputTypes[port] as TensorType, outputs[port] as Layout);
    given.add(value);
    return value;
  };
  const results = emission.build({ ...scope, weight, samples }, values);
  for (const [port, value] of Object.entries(results)) {
    const own = !given.has(value);
    if (own) writing.graph.rename(value, Object.keys(results).length === 1 ? identifier : `${identifier}_${port}`);
    if (own) writing.graph.typed(value, ...portOf(node.outputTypes[port] as TensorType, outputs[port] as Layout));
  }
  addHeads(writing, path, node, results, outputs);
  return { ...results };
}

function portOf({ dtype, dims }: TensorType, { axes }: Layout): [TensorType['dtype'], (number | string)[]] {
  return [dtype, axes.map((axis) => (dims[axis] as TensorType['dims'][number]).size)];
}

function feed({ graph, identifiers, inputs }: Writing, path: string, type: TensorType, layout: Layout): string {
  const name = graph.input(identifiers.get(path) as string, ...portOf(type, layout));
  inputs.push({ path, name, type, layout });
  return name;
}

function addHeads(
  { request, graph, identifiers, outputs }: Writing,
  path: string,
  node: LayerInstance,
  results: Readonly<Record<string, string>>,
  layouts: Readonly<Record<string, Layout>>,
): void {
  if (!request.program.heads.some((head) => head.path === path)) return;
  for (const [port, value] of Object.entries(results)) {
    const type = node.outputTypes[port] as TensorType;
    const layout = layouts[port] as Layout;
    const [dtype, dims] = portOf(type, layout);
    const name = graph.output(identifiers.get(path) as string, value, dtype, dims, originOf(path, node));
    outputs.push({ path, name, type, layout });
  }
}

/** The value as the node takes it: its axes in another order where that is needed, once for all that take it so. */
function taken(place: Place, { ref, from, to }: PlacedInput, scope: ReturnType<OnnxGraph['scope']>): string {
  const value = valueOf(place, ref);
  const perm = to.axes.map((axis) => from.axes.indexOf(axis));
  if (perm.every((axis, at) => axis === at)) return value;
  const key = `${value} ${perm.join()}`;
  const known = place.permuted.get(key) ?? scope.node('Transpose', [value], { perm });
  place.permuted.set(key, known);
  return known;
}

function valueOf({ values, path }: Place, ref: ValueRef): string {
  const value = values.get(keyOf(ref));
  if (value === undefined) throw new Error(`no value ${keyOf(ref)} in ${path || 'main'}`);
  return value;
}

function emissionOf(
  writing: Writing,
  path: string,
  { inputs, outputs, node }: { inputs: PlacedNode['inputs']; outputs: PlacedNode['outputs']; node: LayerInstance },
): GraphEmission | null {
  const { definition, params, weights } = node;
  const context = {
    params,
    weights,
    inputs: mapped(inputs, ({ type, to }) => ({ type, layout: to })),
    outputs: mapped(outputs, (layout, port) => ({ type: node.outputTypes[port] as TensorType, layout })),
  };
  const emission = definition.emit.onnx(context);
  if (!('unsupported' in emission)) return emission;
  const { unsupported: why, instead } = emission;
  writing.obstacles.push({ path, name: node.name, why, instead });
  return null;
}

function initialiser(
  writing: Writing,
  group: string,
  user: string,
  { weights = [] }: GraphEmission,
  theirs: string,
  origin: OnnxOrigin,
): string {
  const twin = weights.find((weight) => weight.theirs === theirs);
  if (!twin) throw new Error(`${user} has no weight ${theirs}`);
  const key = JSON.stringify([group, twin]);
  const known = writing.initialisers.get(key);
  if (known !== undefined) return known;
  const name = addWeight(writing, group, twin, `${writing.identifiers.get(group) ?? user}_${theirs}`, origin);
  writing.initialisers.set(key, name);
  return name;
}

function addWeight(writing: Writing, group: string, twin: WeightTwin, wanted: string, origin: OnnxOrigin): string {
  const { shape, data } = toTheirs(twin, (name) => writing.request.values(group, name));
  const name = writing.graph.initialiser(wanted, 'float32', shape, data, origin);
  writing.weights.push({ name, group, twin });
  return name;
}
