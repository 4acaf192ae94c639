/** The statements of a function that builds layers: one a layer, a call or a loop a block, in running order. */
import { call, code, list, text, tuple, type Call, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { Beside } from '../../ir/emit/emission';
import { functionInputNode, type ValueRef } from '../../ir/ir';
import type { TensorType } from '../../ir/tensorType';
import { keyOf } from '../layouts';
import { printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';
import type { PlannedCall, PlannedFunction, PlannedLayer } from './planModule';

export interface Body {
  readonly lines: SourceLine[];
  /** The lines with the value given back: at once, where the last statement is what makes it. */
  readonly returning: (refs: readonly ValueRef[]) => SourceLine[];
  /** The variable of every value. */
  readonly valueOf: (ref: ValueRef) => Name;
}

interface Writing {
  readonly plan: PlannedFunction;
  /** Names of layers follow the parameter `name`; in main they stand for themselves. */
  readonly prefixed: boolean;
  readonly lines: SourceLine[];
  readonly values: Map<string, Name>;
  /** Layers and models that several nodes use, by the node that owns the weights. */
  readonly shared: Map<string, Name>;
  /** The value of the latest use of running statistics that nodes share, by their owner. */
  readonly used: Map<string, Name>;
  last: {
    readonly name: Name;
    readonly expression: Hole;
    readonly from: number;
    readonly ids: readonly string[];
  } | null;
}

export function writeBody(plan: PlannedFunction, prefixed: boolean): Body {
  const values = new Map<string, Name>();
  for (const [port, name] of plan.inputs) values.set(keyOf({ node: functionInputNode, port }), name);
  const writing: Writing = { plan, prefixed, lines: [], values, shared: new Map(), used: new Map(), last: null };
  for (const node of plan.nodes) {
    if (node.kind === 'layer') writeLayer(writing, node);
    else writeCall(writing, node);
  }
  return {
    lines: writing.lines,
    valueOf: (ref) => valueOf(writing, ref),
    returning: (refs) => returning(writing, refs),
  };
}

function valueOf({ values }: Writing, ref: ValueRef): Name {
  const name = values.get(keyOf(ref));
  if (!name) throw new Error(`no value ${keyOf(ref)}`);
  return name;
}

function returning(writing: Writing, refs: readonly ValueRef[]): SourceLine[] {
  const { last, lines } = writing;
  const names = refs.map((ref) => valueOf(writing, ref));
  const direct = names.length === 1 && last !== null && names[0] === last.name;
  if (direct) lines.splice(last.from);
  write(writing, code`return ${direct ? last.expression : sequence(names)}`, direct ? last.ids : []);
  return lines;
}

function assign(writing: Writing, names: readonly Name[], expression: Hole, ids: readonly string[]): void {
  const from = writing.lines.length;
  const [name, ...others] = names;
  write(writing, code`${sequence(names)} = ${expression}`, ids);
  if (name && others.length === 0) writing.last = { name, expression, from, ids };
}

function write(writing: Writing, statement: Hole, ids: readonly string[], depth = 1): void {
  const origins = ids.flatMap((id) => writing.plan.places.map((place) => place + id));
  writing.last = null;
  writing.lines.push(...linesOf(printStatement(python, statement, depth), origins));
}

/** What a layer is called in Keras, so that no two of a model have one name. */
export function layerName(name: Name, prefixed: boolean): Hole {
  return prefixed ? code`f"{name}_${name}"` : text(name.identifier);
}

/** The call that makes a layer, with its name as the last argument. */
export function named(member: Call, name: Hole): Call {
  return { ...member, keywords: [...member.keywords, ['name', name]] };
}

function writeLayer(writing: Writing, layer: PlannedLayer): void {
  const { node, emission, name } = layer;
  const origins = [node.id];
  const ports = Object.keys(node.inputs);
  const inputs: Record<string, Fragment | Name> = {};
  for (const port of ports) inputs[port] = valueOf(writing, node.inputs[port] as ValueRef);
  const first = ports[0];
  const passBeside = (value: Fragment | Name, { suffix, layer: beside }: Beside): Name => {
    const made = layer.beside.get(suffix) as Name;
    const expression = call(code`${named(beside, layerName(made, writing.prefixed))}`, [value]);
    assign(writing, [made], expression, origins);
    return made;
  };
  if (first !== undefined) inputs[first] = inTurn(writing, layer, inputs[first] as Name);
  for (const each of emission.before ?? [])
    if (first !== undefined) inputs[first] = passBeside(inputs[first] as Name, each);
  let value = memberless(emission) ? aliasOf(writing, layer, inputs) : null;
  if (value === null) {
    const member = memberOf(writing, layer);
    const expression = emission.call
      ? emission.call({ inputs, member })
      : call(member, first === undefined ? [] : [inputs[first] as Name]);
    assign(writing, [name], expression, origins);
    value = name;
    if (layer.turn) writing.used.set(node.weightsOf ?? node.id, name);
  }
  for (const each of emission.after ?? []) value = passBeside(value, each);
  for (const port of Object.keys(node.outputTypes)) writing.values.set(keyOf({ node: node.id, port }), value);
}

/** The value behind an earlier use of the same statistics: Keras might otherwise run the uses in another order. */
function inTurn(writing: Writing, { node, turn }: PlannedLayer | PlannedCall, value: Name): Name {
  const before = turn && writing.used.get(node.weightsOf ?? node.id);
  if (!before) return value;
  const layer = named(call(code`InOrder`, []), layerName(turn, writing.prefixed));
  write(writing, code`${turn} = ${call(code`${layer}`, [list([value, before])])}`, [node.id]);
  return turn;
}

function memberless({ member }: PlannedLayer['emission']): boolean {
  return member === undefined;
}

/** What leaves a network is what reached its Output; Keras wants a layer between that and what enters. */
function aliasOf(
  writing: Writing,
  { node, name }: PlannedLayer,
  inputs: Readonly<Record<string, Fragment | Name>>,
): Name {
  const value = Object.values(inputs)[0] as Name;
  const source = Object.values(node.inputs)[0]?.node;
  const from = writing.plan.nodes.find((other) => other.node.id === source)?.node;
  if (from?.kind !== 'layer' || from.definition.type !== 'Input') return value;
  const layer = named(call(code`layers.Identity`, []), layerName(name, writing.prefixed));
  write(writing, code`${name} = ${call(code`${layer}`, [value])}`, [node.id]);
  return name;
}

/** The layer's constructor; where several nodes use its weights, the variable that holds it. */
function memberOf(writing: Writing, { node, emission, name }: PlannedLayer): Fragment | Name {
  const { plan, prefixed, shared } = writing;
  const owner = node.weightsOf ?? node.id;
  const lent = plan.nodes.some((other) => other.node.weightsOf === owner);
  const known = shared.get(owner);
  if (known) return known;
  const called = plan.nodes.find((other) => other.node.id === owner)?.name ?? name;
  const made = named(emission.member as Call, layerName(called, prefixed));
  if (!lent) return code`${made}`;
  const variable = plan.scope.allocate(`${called.identifier} layer`, 'layer');
  write(writing, code`${variable} = ${made}`, [owner]);
  shared.set(owner, variable);
  return variable;
}

function writeCall(writing: Writing, planned: PlannedCall): void {
  const { node } = planned;
  const { plan } = writing;
  const inputs = Object.values(node.inputs).map((ref, at) => {
    const value = valueOf(writing, ref);
    return at === 0 ? inTurn(writing, planned, value) : value;
  });
  const owner = plan.nodes.find((other) => other.node.id === node.weightsOf) ?? planned;
  const outputs = Object.keys(node.outputTypes);
  const results = outputs.map((port) =>
    outputs.length === 1 ? planned.name : plan.scope.allocate(`${planned.name.identifier} ${port}`, 'value'),
  );
  const isLent = plan.nodes.some((other) => other.node.weightsOf === owner.node.id);
  if (isLent && owner.kind === 'call') {
    const model = sharedModel(writing, owner);
    const given = inputs.length === 1 ? (inputs[0] as Name) : list(inputs);
    assign(writing, results, call(model, [given]), [node.id]);
  } else writePasses(writing, planned, inputs, results);
  if (planned.turn && results[0]) writing.used.set(owner.node.id, results[0]);
  outputs.forEach((port, at) => writing.values.set(keyOf({ node: node.id, port }), results[at] as Name));
}

/** A model of its own, made before its first use; calling it again uses the same weights. */
function sharedModel(writing: Writing, owner: PlannedCall): Name {
  const { plan, prefixed, shared } = writing;
  const known = shared.get(owner.node.id);
  if (known) return known;
  const origins = [owner.node.id];
  const types = Object.keys(owner.node.inputs).map((port) => openType(plan, owner, port));
  owner.placeholders.forEach((name, at) => {
    const { sizes, dtype } = types[at] as OpenType;
    const keywords = { dtype: dtype === 'float32' ? undefined : text(dtype) };
    const input = call(code`keras.Input`, [tuple(sizes)], keywords);
    write(writing, code`${name} = ${named(input, layerName(name, prefixed))}`, origins);
  });
  const results = Object.keys(owner.node.outputTypes).map((port) =>
    plan.scope.allocate(`${owner.name.identifier} ${port}`, 'value'),
  );
  writePasses(writing, owner, owner.placeholders, results);
  const variable = plan.scope.allocate(`${owner.name.identifier} model`, 'model');
  const only = (names: readonly Name[]): Hole => (names.length === 1 ? (names[0] as Name) : list(names));
  const model = call(code`keras.Model`, [only(owner.placeholders), only(results)]);
  write(writing, code`${variable} = ${named(model, layerName(owner.name, prefixed))}`, origins);
  shared.set(owner.node.id, variable);
  return variable;
}

interface OpenType {
  readonly sizes: readonly Hole[];
  readonly dtype: TensorType['dtype'];
}

/** The sizes that all users of the weights agree in; None for the others. */
function openType({ nodes }: PlannedFunction, owner: PlannedCall, port: string): OpenType {
  const users = nodes.filter(({ node }) => node === owner.node || node.weightsOf === owner.node.id);
  const at = Object.keys(owner.node.inputs).indexOf(port);
  const types = users.map(({ node }) => Object.values(node.inputTypes)[at] as TensorType);
  const { dims, dtype } = types[0] as TensorType;
  const sizes = dims.slice(1).map(({ size }, axis) => {
    const same = types.every((type) => type.dims[axis + 1]?.size === size);
    return same && typeof size === 'number' ? size : null;
  });
  return { sizes, dtype };
}

/** One call; a loop where passes in a row are alike. */
function writePasses(
  writing: Writing,
  { node, name, passes }: PlannedCall,
  inputs: readonly Name[],
  results: readonly Name[],
): void {
  const origins = [node.id];
  let given = inputs;
  for (const { first, count } of runsOf(passes)) {
    const { callable } = passes[first] as PlannedFunction;
    if (count === 1) {
      const prefix = passName(name, node.repeated ? first : null, writing.prefixed);
      assign(writing, results, call(callable, given, { name: prefix }), origins);
    } else {
      if (given !== results) write(writing, code`${sequence(results)} = ${sequence(given)}`, origins);
      const range = first === 0 ? code`range(${count})` : code`range(${first}, ${first + count})`;
      write(writing, code`for index in ${range}:`, origins);
      const prefix = writing.prefixed ? code`f"{name}_${name}_{index}"` : code`f"${name}_{index}"`;
      write(writing, code`${sequence(results)} = ${call(callable, results, { name: prefix })}`, origins, 2);
    }
    given = results;
  }
}

function passName(name: Name, index: number | null, prefixed: boolean): Hole {
  if (index === null) return layerName(name, prefixed);
  return prefixed ? code`f"{name}_${name}_${index}"` : text(`${name.identifier}_${index}`);
}

/** a, b = ... */
function sequence(names: readonly Name[]): Hole {
  return names.slice(1).reduce<Hole>((all, name) => code`${all}, ${name}`, names[0] ?? null);
}

function runsOf(passes: readonly PlannedFunction[]): { first: number; count: number }[] {
  const runs: { first: number; count: number }[] = [];
  passes.forEach((pass, index) => {
    const last = runs[runs.length - 1];
    if (last && passes[last.first] === pass) last.count += 1;
    else runs.push({ first: index, count: 1 });
  });
  return runs;
}
