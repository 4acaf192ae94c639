/** The body of `forward`: a statement for each value that is used again; single uses stand in their user while that reads well. */
import {
  brandName,
  call,
  code,
  occurrences,
  tuple,
  type Call,
  type Fragment,
  type Hole,
  type Name,
} from '../../ir/emit/code';
import type { Layout } from '../../ir/emit/emission';
import type { ValueRef } from '../../ir/ir';
import type { Scope } from '../allocateNames';
import { keyOf, sameLayout, type PlacedInput } from '../layouts';
import { flatWidth, printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';

/** A value that a step makes, and what to call it: the second name where nothing of the first can stand in code. */
export interface FlowValue {
  readonly ref: ValueRef;
  readonly names: readonly [string, string];
}

/** One step of the flow: a layer or a block. */
export interface FlowStep {
  readonly path: string;
  readonly values: readonly FlowValue[];
  readonly inputs: Readonly<Record<string, PlacedInput>>;
  /** The value, or a tuple of all of them. */
  readonly compute: (inputs: Record<string, Fragment | Name>) => Hole;
  /** Whether its module is called elsewhere too: what it keeps must see its inputs in the order of the drawing. */
  readonly shared: boolean;
  /** Modules that are called one after the other, each with what the one before gave; then `compute` gives the first's. */
  readonly loop?: { readonly modules: Hole; readonly module: string };
  /** A statement that follows it, of the names of its values. */
  readonly after?: (values: readonly Name[]) => Hole;
}

export interface Flow {
  readonly scope: Scope;
  /** Names of the values that are there at the beginning. */
  readonly given: ReadonlyMap<string, Name>;
  readonly steps: readonly FlowStep[];
  readonly results: readonly PlacedInput[];
}

/** A value that is not written yet: it may still become part of the statement that uses it. */
interface Pending {
  readonly expression: Hole;
  readonly origins: readonly string[];
  readonly value: FlowValue;
  /** Calls within each other so far. */
  readonly nested: number;
}

interface Writing {
  readonly scope: Scope;
  readonly lines: SourceLine[];
  readonly names: Map<string, Name>;
  readonly pending: Map<string, Pending>;
  readonly converted: Map<string, Name>;
}

const deepestNest = 3;
const depth = 2;

export function writeForward({ scope, given, steps, results }: Flow): SourceLine[] {
  const writing: Writing = { scope, lines: [], names: new Map(given), pending: new Map(), converted: new Map() };
  const uses = countUses(steps, results);
  for (const step of steps) {
    // What goes in is there already.
    if (!step.values.every(({ ref }) => given.has(keyOf(ref)))) writeStep(writing, step, uses);
    if (step.after) writeAfter(writing, step, step.after);
  }
  writeReturn(writing, results);
  return writing.lines;
}

function writeStep(writing: Writing, step: FlowStep, uses: ReadonlyMap<string, number>): void {
  const computation = computed(writing, step);
  const [value] = step.values;
  if (step.values.length !== 1 || step.loop || !value) return writeTogether(writing, step, computation);
  const key = keyOf(value.ref);
  writing.pending.set(key, { ...computation, value });
  if (uses.get(key) !== 1 || step.shared) settle(writing, key);
}

function writeAfter(writing: Writing, { path, values }: FlowStep, after: NonNullable<FlowStep['after']>): void {
  const statement = after(values.map(({ ref }) => settle(writing, keyOf(ref))));
  writing.lines.push(...linesOf(printStatement(python, statement, depth), [path]));
}

/** The step's value, with what waits for it written in. */
function computed(writing: Writing, step: FlowStep): Omit<Pending, 'value'> {
  const inputs: Record<string, Fragment | Name> = {};
  const origins: string[] = [];
  let nested = 1;
  for (const [port, input] of Object.entries(step.inputs)) {
    const key = keyOf(input.ref);
    const waiting = writing.pending.get(key);
    if (isPermuted(input)) inputs[port] = code`${converted(writing, input, [step.path])}`;
    else if (waiting && nested + waiting.nested <= deepestNest && mayHold(step, port, { ...inputs }, waiting)) {
      writing.pending.delete(key);
      inputs[port] = code`${waiting.expression}`;
      origins.push(...waiting.origins);
      nested += waiting.nested;
    } else inputs[port] = settle(writing, key);
  }
  return { expression: step.compute(inputs), origins: [...origins, step.path], nested };
}

/** Whether a step still reads well with a value written in where its input is named, once. */
function mayHold(
  step: FlowStep,
  port: string,
  known: Record<string, Fragment | Name>,
  { expression }: Pending,
): boolean {
  if (step.values.length !== 1 || step.loop) return false;
  const probes = Object.fromEntries(Object.keys(step.inputs).map((each) => [each, brandName('value')]));
  if (occurrences(step.compute(probes), probes[port] as Name) !== 1) return false;
  const whole = step.compute({ ...probes, ...known, [port]: code`${expression}` });
  return depth * python.indent + flatWidth(python, withPlainNames(code`${plainName} = ${whole}`)) <= python.width;
}

/** Every identifier counts alike, so that what is written does not depend on what things are called. */
const plainName = brandName('feature');

function withPlainNames(hole: Hole): Hole {
  if (typeof hole !== 'object' || hole === null) return hole;
  switch (hole.kind) {
    case 'text':
      return hole;
    case 'name':
      return plainName;
    case 'list':
    case 'tuple':
      return { ...hole, items: hole.items.map(withPlainNames) };
    case 'operation':
      return { ...hole, operands: hole.operands.map(withPlainNames) };
    case 'fragment':
      return { ...hole, holes: hole.holes.map(withPlainNames) };
    case 'call': {
      const keywords = hole.keywords.map(([name, value]) => [name, withPlainNames(value)] as const);
      const callee = withPlainNames(hole.callee) as Fragment | Name;
      return { ...hole, callee, positional: hole.positional.map(withPlainNames), keywords };
    }
  }
}

/** Several values at once, or one that goes through a loop. */
function writeTogether(
  { scope, lines, names }: Writing,
  step: FlowStep,
  { expression, origins }: Pick<Pending, 'expression' | 'origins'>,
): void {
  const given = step.values.map(({ names: wanted }) => scope.allocate(...wanted));
  step.values.forEach(({ ref }, at) => names.set(keyOf(ref), given[at] as Name));
  const all = sideBySide(given);
  lines.push(...linesOf(printStatement(python, code`${all} = ${expression}`, depth), origins));
  if (!step.loop) return;
  const module = scope.allocate(step.loop.module, 'block');
  const loop = [
    ...printStatement(python, code`for ${module} in ${step.loop.modules}:`, depth),
    ...printStatement(python, code`${all} = ${call(module, given)}`, depth + 1),
  ];
  lines.push(...linesOf(loop, [step.path]));
}

/** The name of a value; writes its statement where that has not been done. */
function settle(writing: Writing, key: string): Name {
  const known = writing.names.get(key);
  if (known) return known;
  const waiting = writing.pending.get(key);
  if (!waiting) throw new Error(`no value ${key}`);
  writing.pending.delete(key);
  const { value, expression, origins } = waiting;
  const name = assign(writing, value.names, expression, origins);
  writing.names.set(key, name);
  return name;
}

function assign(
  { scope, lines }: Writing,
  wanted: readonly [string, string],
  value: Hole,
  origins: readonly string[],
): Name {
  const name = scope.allocate(...wanted);
  lines.push(...linesOf(printStatement(python, code`${name} = ${value}`, depth), origins));
  return name;
}

/** A value with its axes in another order: once, however many read it so; where it is returned alone, without a name. */
function converted(
  writing: Writing,
  { ref, from, to }: PlacedInput,
  origins: readonly string[],
  isLast = false,
): Fragment | Call {
  const key = `${keyOf(ref)} ${to.axes.join()}`;
  const known = writing.converted.get(key);
  if (known) return code`${known}`;
  const source = settle(writing, keyOf(ref));
  const where = to.axes.every((axis, at) => axis === at) ? 'last' : 'first';
  const axes = to.axes.map((axis) => from.axes.indexOf(axis));
  writing.lines.push(...linesOf([`${' '.repeat(depth * python.indent)}# Channels ${where}.`], origins));
  const value = call(code`${source}.permute`, axes);
  if (isLast) return value;
  const name = assign(writing, [`${source.identifier} channels ${where}`, 'value'], value, origins);
  writing.converted.set(key, name);
  return code`${name}`;
}

function writeReturn(writing: Writing, results: readonly PlacedInput[]): void {
  const origins: string[] = [];
  const values = results.map((result): Hole => {
    const key = keyOf(result.ref);
    if (isPermuted(result)) return converted(writing, result, [], results.length === 1);
    const waiting = results.length === 1 ? writing.pending.get(key) : undefined;
    if (!waiting) return settle(writing, key);
    origins.push(...waiting.origins);
    return waiting.expression;
  });
  writing.lines.push(...linesOf(printStatement(python, code`return ${sideBySide(values)}`, depth), origins));
}

/** "a, b", in brackets where that is long. */
function sideBySide(values: readonly Hole[]): Hole {
  const bare = values.slice(1).reduce<Hole>((all, each) => code`${all}, ${each}`, values[0] ?? null);
  const fits = depth * python.indent + 'return '.length + flatWidth(python, bare) <= python.width;
  return values.length === 1 || fits ? bare : tuple(values);
}

function isPermuted({ from, to }: PlacedInput): boolean {
  const bare = ({ axes }: Layout): Layout => ({ axes, order: null });
  return !sameLayout(bare(from), bare(to));
}

function countUses(steps: readonly FlowStep[], results: readonly PlacedInput[]): Map<string, number> {
  const uses = new Map<string, number>();
  const count = ({ ref }: PlacedInput): void => void uses.set(keyOf(ref), (uses.get(keyOf(ref)) ?? 0) + 1);
  for (const { inputs } of steps) Object.values(inputs).forEach(count);
  results.forEach(count);
  return uses;
}
