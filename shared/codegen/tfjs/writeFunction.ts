/** The statements of a functional TensorFlow.js model: one a layer, in the order in which they can run. */
import { call, code, list, text, type Call, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { Beside, CodeEmission } from '../../ir/emit/emission';
import { functionInputNode, type ValueRef } from '../../ir/ir';
import type { CallInstance, FunctionInstance, Instance, LayerInstance } from '../../ir/program';
import type { TensorType } from '../../ir/tensorType';
import { keyOf } from '../layouts';
import { printStatement } from '../printCode';
import { linesOf, type SourceLine } from '../sourceFile';
import { typescript } from '../typescript';
import { typicalName, withCommonSettings } from './commonSettings';
import type { ModelFunction } from './modelParts';

export interface WrittenFunction {
  readonly lines: readonly SourceLine[];
  /** What a reference of the function is called. */
  readonly valueOf: (ref: ValueRef) => Name;
}

interface Writing {
  readonly own: ModelFunction;
  readonly blocks: ReadonlyMap<string, ModelFunction>;
  readonly lines: SourceLine[];
  readonly values: Map<string, Name>;
  /** Layers and blocks that several nodes use, by the id of their owner. */
  readonly shared: Map<string, Name>;
  /** What Outputs have been given. */
  readonly outputs: Set<Name>;
}

/** `given`: the names of what enters, by port. */
export function writeFunction(
  drawn: ModelFunction,
  blocks: ReadonlyMap<string, ModelFunction>,
  given: ReadonlyMap<string, Name>,
): WrittenFunction {
  const { own, lines } = withCommonSettings(drawn, linesOfLayer);
  const values = new Map([...given].map(([port, name]) => [keyOf({ node: functionInputNode, port }), name]));
  const writing: Writing = { own, blocks, lines: located(lines, own), values, shared: new Map(), outputs: new Set() };
  for (const node of own.instance.nodes) {
    if (node.kind === 'layer') writeLayer(writing, node);
    else writeCall(writing, node);
  }
  return { lines: writing.lines, valueOf: (ref) => values.get(keyOf(ref)) as Name };
}

/** On the line of its value, on a line between the value and its inputs, or with a line for every setting. */
function linesOfLayer({ inputs }: LayerInstance, width: number, settings: number): number {
  const count = Object.keys(inputs).length;
  const around = `  const ${typicalName} = apply();`.length + count * `, ${typicalName}`.length;
  if (width + around <= typescript.width) return 1;
  const rest = 2 + count;
  return width + 2 * typescript.indent + ','.length <= typescript.width ? 1 + rest : settings + 2 + rest;
}

/** With the paths of its nodes. */
function located(lines: readonly SourceLine[], { path }: ModelFunction): SourceLine[] {
  return lines.map((line) => ({ ...line, origins: line.origins.map((id) => (path === '' ? id : `${path}/${id}`)) }));
}

function writeLayer(writing: Writing, node: LayerInstance): void {
  const { own, values } = writing;
  const name = own.names.get(node.id) as Name;
  const emission = own.emissions.get(node.id) as CodeEmission;
  if (node.definition.inputs.length === 0) {
    state(writing, code`const ${name} = ${withName(emission.member as Call, text(name.identifier))};`, node);
    values.set(keyOf({ node: node.id, port: 'output' }), name);
    return;
  }
  const inputs = inputsOf(writing, node);
  const first = Object.keys(inputs)[0] as string;
  for (const beside of emission.before ?? [])
    inputs[first] = applied(besideLayer(writing, node, beside), [inputs[first] as Hole]) as never;
  const result = resultOf(writing, node, emission, inputs);
  const whole = (emission.after ?? []).reduce(
    (value, beside) => applied(besideLayer(writing, node, beside), [value]),
    result,
  );
  const passed = isName(whole) ? passOn(writing, whole, name) : null;
  if (passed === null || passed !== whole) state(writing, code`const ${name} = ${passed ?? whole};`, node);
  values.set(keyOf({ node: node.id, port: 'output' }), passed === whole ? (whole as Name) : name);
}

function isName(hole: Hole): hole is Name {
  return typeof hole === 'object' && hole?.kind === 'name';
}

/** An Output is the value that reaches it; a model gives each value once, so a second Output of it is a layer. */
function passOn({ own, outputs }: Writing, value: Name, name: Name): Hole {
  if (!outputs.has(value)) {
    outputs.add(value);
    return value;
  }
  const same = call(code`tf.layers.activation`, [], { activation: text('linear') });
  return applied(withName(same, layerName(own, name)), [value]);
}

function resultOf(
  writing: Writing,
  node: LayerInstance,
  emission: CodeEmission,
  inputs: Record<string, Fragment | Name>,
): Hole {
  if (emission.member === undefined) return emission.call?.({ inputs, member: code`` }) ?? null;
  const member = memberOf(writing, node, emission);
  if (emission.call) return emission.call({ inputs, member: code`${member}` });
  return applied(member, Object.values(inputs));
}

/** The layer itself; where several nodes use it, a name that stands for it. */
function memberOf(writing: Writing, node: LayerInstance, emission: CodeEmission): Hole {
  const { own, shared } = writing;
  const owner = node.weightsOf ?? node.id;
  const made = withName(
    (own.emissions.get(owner) ?? emission).member as Call,
    layerName(own, own.names.get(owner) as Name),
  );
  if (!isShared(own.instance, owner)) return made;
  const known = shared.get(owner);
  if (known) return known;
  const name = own.scope.allocate(`${(own.names.get(owner) as Name).identifier} layer`, 'layer');
  state(writing, code`const ${name} = ${made};`, node);
  shared.set(owner, name);
  return name;
}

function isShared({ nodes }: FunctionInstance, owner: string): boolean {
  return nodes.some(({ weightsOf }) => weightsOf === owner);
}

function besideLayer({ own }: Writing, node: LayerInstance, { suffix, layer }: Beside): Call {
  return withName(layer, layerName(own, own.names.get(node.id) as Name, suffix));
}

/** A block, once or several times in a row. */
function writeCall(writing: Writing, node: CallInstance): void {
  const { own, blocks, values } = writing;
  const name = own.names.get(node.id) as Name;
  const inputs = Object.values(inputsOf(writing, node));
  const owner = node.weightsOf ?? node.id;
  if (isShared(own.instance, owner)) {
    const layer = sharedBlock(writing, node, owner);
    return keep(writing, node, name, applied(layer, inputs));
  }
  const [first] = node.iterations as readonly [FunctionInstance];
  const block = (pass: FunctionInstance): Name => blocks.get(pass.key)?.name as Name;
  const place = layerName(own, name);
  if (!node.repeated) return keep(writing, node, name, call(block(first), [...inputs, place]));
  const loops =
    node.iterations.every(({ key }) => key === first.key) &&
    inputs.length === 1 &&
    Object.keys(first.outputs).length === 1;
  if (loops) {
    state(writing, code`let ${name} = ${inputs[0] as Hole};`, node);
    const counted = code`for (let index = 0; index < ${node.iterations.length}; index += 1) {`;
    state(writing, counted, node);
    const passed = code`${name} = ${call(block(first), [name, passName(own, name)])};`;
    writing.lines.push(...linesOf(printStatement(typescript, passed, 2), [pathOf(own, node)]));
    state(writing, code`}`, node);
    values.set(keyOf({ node: node.id, port: Object.keys(node.outputTypes)[0] as string }), name);
    return;
  }
  let flow: Hole[] = inputs;
  node.iterations.forEach((pass, index) => {
    const made = call(block(pass), [...flow, passName(own, name, index)]);
    const last = index === node.iterations.length - 1;
    const ports = Object.keys(pass.outputs);
    const results = ports.map((port) =>
      last && ports.length === 1
        ? name
        : own.scope.allocate(`${name.identifier} ${ports.length === 1 ? '' : port} ${index + 1}`, 'value'),
    );
    state(writing, code`const ${bound(results)} = ${made};`, node);
    flow = results;
    if (last)
      Object.keys(node.outputTypes).forEach((port, at) =>
        values.set(keyOf({ node: node.id, port }), results[at] as Name),
      );
  });
}

/** Declares the results of a block. */
function keep({ own, values, lines }: Writing, node: CallInstance, name: Name, made: Hole): void {
  const ports = Object.keys(node.outputTypes);
  const results =
    ports.length === 1 ? [name] : ports.map((port) => own.scope.allocate(`${name.identifier} ${port}`, 'value'));
  const cast = ports.length > 1 && isApply(made) ? code`${made} as unknown as tf.SymbolicTensor[]` : made;
  lines.push(...linesOf(printStatement(typescript, code`const ${bound(results)} = ${cast};`, 1), [pathOf(own, node)]));
  ports.forEach((port, at) => values.set(keyOf({ node: node.id, port }), results[at] as Name));
}

function isApply(hole: Hole): boolean {
  return typeof hole === 'object' && hole?.kind === 'call' && hole.callee.kind === 'fragment';
}

function bound(results: readonly Name[]): Hole {
  return results.length === 1 ? (results[0] as Name) : list(results);
}

/** A block that several nodes use is a model of its own, which is a layer. */
function sharedBlock(writing: Writing, node: CallInstance, owner: string): Name {
  const { own, blocks, shared } = writing;
  const known = shared.get(owner);
  if (known) return known;
  const name = own.names.get(owner) as Name;
  const layer = own.scope.allocate(`${name.identifier} model`, 'model');
  const entries = Object.entries(node.inputTypes).map(([port, type]) => {
    const entry = own.scope.allocate(`${name.identifier} ${port}`, 'input');
    state(writing, code`const ${entry} = ${call(code`tf.input`, [], { shape: shapeOf(type) })};`, node);
    return entry;
  });
  let flow: Hole[] = entries;
  node.iterations.forEach((pass, index) => {
    const place = node.repeated ? passName(own, name, index) : layerName(own, name);
    const ports = Object.keys(pass.outputs);
    const results = ports.map((port) => own.scope.allocate(`${name.identifier} ${port} result`, 'value'));
    state(
      writing,
      code`const ${bound(results)} = ${call(blocks.get(pass.key)?.name as Name, [...flow, place])};`,
      node,
    );
    flow = results;
  });
  const settings = { inputs: oneOrAll(entries), outputs: oneOrAll(flow), name: layerName(own, name) };
  state(writing, code`const ${layer} = ${call(code`tf.model`, [], settings)};`, node);
  shared.set(owner, layer);
  return layer;
}

export function oneOrAll(holes: readonly Hole[]): Hole {
  return holes.length === 1 ? (holes[0] as Hole) : list(holes);
}

/** A size that is not known is null. */
export function shapeOf({ dims }: TensorType): Hole {
  return list(dims.slice(1).map(({ size }) => (typeof size === 'number' ? size : null)));
}

function applied(layer: Hole, inputs: readonly Hole[]): Call {
  return call(code`apply`, [layer, ...inputs]);
}

/** The layer with a name, as its last setting. */
export function withName(layer: Call, name: Hole): Call {
  return { ...layer, keywords: [...layer.keywords, ['name', name]] };
}

/** In the drawing 'conv1', in a block `${name}/conv1`. */
function layerName({ name: block }: ModelFunction, name: Name, suffix = ''): Hole {
  const whole = `${name.identifier}${suffix === '' ? '' : `-${suffix}`}`;
  return block === null ? text(whole) : code`${template(`/${whole}`)}`;
}

/** The name of one pass of a repeated block; that of the loop's where no index is given. */
function passName({ name: block }: ModelFunction, name: Name, index?: number): Hole {
  const counter = index === undefined ? '${index}' : String(index);
  const whole = `${name.identifier}/${counter}`;
  if (block !== null) return template(`/${whole}`);
  return index === undefined ? templateAlone(whole) : text(whole);
}

/** Identifiers and our own words only. */
function template(rest: string): Fragment {
  return { kind: 'fragment', literals: [`\`\${name}${rest}\``], holes: [] };
}

function templateAlone(whole: string): Fragment {
  return { kind: 'fragment', literals: [`\`${whole}\``], holes: [] };
}

function inputsOf({ values }: Writing, node: Instance): Record<string, Name> {
  return Object.fromEntries(Object.entries(node.inputs).map(([port, ref]) => [port, values.get(keyOf(ref)) as Name]));
}

function state({ own, lines }: Writing, statement: Hole, node: Instance): void {
  lines.push(...linesOf(printStatement(typescript, statement, 1), [pathOf(own, node)]));
}

function pathOf({ path }: ModelFunction, { id }: Instance): string {
  return path === '' ? id : `${path}/${id}`;
}
