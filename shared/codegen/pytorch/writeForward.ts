/** The body of `forward`: a statement for each value that is used again; single uses stand in their user while that reads well. */
import { brandName, call, code, occurrences, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { Layout } from '../../ir/emit/emission';
import type { ValueRef } from '../../ir/ir';
import type { Scope } from '../allocateNames';
import { keyOf, sameLayout, type PlacedInput } from '../layouts';
import { flatWidth, printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';

/** One step of the flow: a layer or a block. */
export interface FlowStep {
  readonly path: string;
  /** The node's name, and what to call its value where nothing of the name can stand in code. */
  readonly name: string;
  readonly fallback: string;
  readonly ref: ValueRef;
  readonly inputs: Readonly<Record<string, PlacedInput>>;
  readonly compute: (inputs: Record<string, Fragment | Name>) => Hole;
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
  readonly step: FlowStep;
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
    const key = keyOf(step.ref);
    writing.pending.set(key, computed(writing, step));
    if (uses.get(key) !== 1) settle(writing, key);
  }
  writeReturn(writing, results);
  return writing.lines;
}

/** The step's value, with what waits for it written in. */
function computed(writing: Writing, step: FlowStep): Pending {
  const inputs: Record<string, Fragment | Name> = {};
  const origins: string[] = [];
  let nested = 1;
  for (const [port, input] of Object.entries(step.inputs)) {
    const key = keyOf(input.ref);
    const waiting = writing.pending.get(key);
    if (isPermuted(input)) inputs[port] = converted(writing, input, [step.path]);
    else if (waiting && nested + waiting.nested <= deepestNest && readsOnce(step, port) && fits(step, port, waiting)) {
      writing.pending.delete(key);
      inputs[port] = code`${waiting.expression}`;
      origins.push(...waiting.origins);
      nested += waiting.nested;
    } else inputs[port] = settle(writing, key);
  }
  return { expression: step.compute(inputs), origins: [...origins, step.path], step, nested };
}

/** The name of a value; writes its statement where that has not been done. */
function settle(writing: Writing, key: string): Name {
  const known = writing.names.get(key);
  if (known) return known;
  const waiting = writing.pending.get(key);
  if (!waiting) throw new Error(`no value ${key}`);
  writing.pending.delete(key);
  const { step, expression, origins } = waiting;
  const name = assign(writing, [step.name, step.fallback], expression, origins);
  writing.names.set(key, name);
  return name;
}

function assign({ scope, lines }: Writing, wanted: [string, string], value: Hole, origins: readonly string[]): Name {
  const name = scope.allocate(...wanted);
  lines.push(...linesOf(printStatement(python, code`${name} = ${value}`, depth), origins));
  return name;
}

/** A value with its axes in another order: once, however many read it so. */
function converted(writing: Writing, { ref, from, to }: PlacedInput, origins: readonly string[]): Name {
  const key = `${keyOf(ref)} ${to.axes.join()}`;
  const known = writing.converted.get(key);
  if (known) return known;
  const source = settle(writing, keyOf(ref));
  const where = to.axes.every((axis, at) => axis === at) ? 'last' : 'first';
  const axes = to.axes.map((axis) => from.axes.indexOf(axis));
  writing.lines.push(...linesOf([`${' '.repeat(depth * python.indent)}# Channels ${where}.`], origins));
  const value = call(code`${source}.permute`, axes);
  const name = assign(writing, [`${source.identifier} channels ${where}`, 'value'], value, origins);
  writing.converted.set(key, name);
  return name;
}

function writeReturn(writing: Writing, results: readonly PlacedInput[]): void {
  const values = results.map((result) => {
    const waiting = results.length === 1 ? writing.pending.get(keyOf(result.ref)) : undefined;
    if (isPermuted(result)) return { value: converted(writing, result, []), origins: [] };
    if (waiting) return { value: waiting.expression, origins: waiting.origins };
    return { value: settle(writing, keyOf(result.ref)), origins: [] };
  });
  const value = values.slice(1).reduce<Hole>((all, each) => code`${all}, ${each.value}`, values[0]?.value ?? null);
  writing.lines.push(...linesOf(printStatement(python, code`return ${value}`, depth), values[0]?.origins ?? []));
}

function isPermuted({ from, to }: PlacedInput): boolean {
  const bare = ({ axes }: Layout): Layout => ({ axes, order: null });
  return !sameLayout(bare(from), bare(to));
}

/** A step that names an input twice must not compute it twice. */
function readsOnce(step: FlowStep, port: string): boolean {
  const probes = probesOf(step);
  return occurrences(step.compute(probes), probes[port] as Name) === 1;
}

function fits(step: FlowStep, port: string, { expression }: Pending): boolean {
  const whole = step.compute({ ...probesOf(step), [port]: code`${expression}` });
  const before = depth * python.indent + step.name.length + ' = '.length;
  return before + flatWidth(python, whole) <= python.width;
}

function probesOf(step: FlowStep): Record<string, Name> {
  return Object.fromEntries(Object.keys(step.inputs).map((each) => [each, brandName('value')]));
}

function countUses(steps: readonly FlowStep[], results: readonly PlacedInput[]): Map<string, number> {
  const uses = new Map<string, number>();
  const count = ({ ref }: PlacedInput): void => void uses.set(keyOf(ref), (uses.get(keyOf(ref)) ?? 0) + 1);
  for (const { inputs } of steps) Object.values(inputs).forEach(count);
  results.forEach(count);
  return uses;
}
