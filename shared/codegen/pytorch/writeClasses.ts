/** The classes of one function: one for all its instances that differ in numbers alone, which become its parameters. */
import { brandName, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { FunctionInstance } from '../../ir/program';
import { createScope } from '../allocateNames';
import { printStatement } from '../printCode';
import { python } from '../python';
import { classDocstring } from './classDocstring';
import { draftClass, type Draft, type Module } from './draftClass';
import { memberLines } from './memberLines';
import type { Member } from './members';
import { pythonBuiltins, pythonKeywords, pytorchModuleNames } from './reserved';
import { unifyHoles, type Unifying } from './unifyHoles';
import type { ClassText } from './writtenClass';

interface ClassRequest {
  readonly instances: readonly FunctionInstance[];
  readonly wanted: string;
  readonly fallback: string;
  /** Of the paths of the nodes of each instance where it is first used. */
  readonly prefixes: readonly string[];
}

interface Parameter {
  readonly name: Name;
  readonly values: readonly number[];
}

interface Group {
  readonly drafts: readonly Draft[];
  /** The members of all of them, with parameters in the place of numbers that differ. */
  readonly members: readonly Member[];
  readonly parameters: readonly Parameter[];
}

/** More would say less than a class for each. */
const mostParameters = 6;

export function writeClasses(module: Module, { instances, wanted, fallback, prefixes }: ClassRequest): void {
  const drafts = instances.map((instance, at) => draftClass(module, instance, prefixes[at] ?? ''));
  for (const group of drafts.reduce<Group[]>((groups, draft) => taken(module, groups, draft), [])) {
    const text = textOf(module, group, wanted, fallback);
    group.drafts.forEach(({ instance, members, calls, ports }, at) => {
      module.classes.set(instance.key, {
        text,
        values: group.parameters.map(({ values }) => values[at] as number),
        weights: members.flatMap(({ weights }) => weights),
        constants: members.flatMap(({ constants }) => constants),
        calls,
        ports,
      });
    });
  }
}

/** The draft in the first group that it fits, or in one of its own. */
function taken(module: Module, groups: readonly Group[], draft: Draft): Group[] {
  for (const [at, { drafts }] of groups.entries()) {
    const together = groupOf(module, [...drafts, draft]);
    if (together) return groups.map((group, index) => (index === at ? together : group));
  }
  return [...groups, { drafts: [draft], members: draft.members, parameters: [] }];
}

function groupOf(module: Module, drafts: readonly Draft[]): Group | null {
  const form = ({ chain, members, tail }: Draft): string =>
    JSON.stringify([chain, members.map(({ name, made }) => [name, made === null]), tail.map(({ text }) => text)]);
  const [first] = drafts;
  if (!first || drafts.some((draft) => form(draft) !== form(first))) return null;
  const wordsOf = (callee: Fragment | Name): readonly string[] => argumentWords(module, print(callee));
  const made = first.members.map((_, at) => drafts.map((draft) => draft.members[at]?.made ?? null));
  const parameters = parametersOf(made, wordsOf);
  const parameter = (values: readonly number[]): Name => (parameterFor(parameters, values) as Parameter).name;
  const members: Member[] = [];
  for (const [at, member] of first.members.entries()) {
    const one = unifyHoles(made[at] as Hole[], { parameter, wordsOf, print });
    if (one === undefined) return null;
    members.push({ ...member, made: one });
  }
  return parameters.length > mostParameters ? null : { drafts, members, parameters };
}

/** One for each list of numbers that differ, called by what it stands for: "channels" for those that go in and come out. */
function parametersOf(made: readonly (readonly Hole[])[], wordsOf: Unifying['wordsOf']): Parameter[] {
  const found: { values: readonly number[]; words: string[] }[] = [];
  const parameter = (values: readonly number[], wanted: string): Name => {
    const known = parameterFor(found, values);
    if (known) known.words.push(wanted);
    else found.push({ values, words: [wanted] });
    return brandName('parameter');
  };
  for (const holes of made) unifyHoles(holes, { parameter, wordsOf, print });
  const scope = createScope('snake_case', [...pythonKeywords, ...pythonBuiltins, ...pytorchModuleNames]);
  return found.map(({ values, words }) => {
    const both = words.some((word) => word.startsWith('in_')) && words.some((word) => word.startsWith('out_'));
    const [word = 'size'] = words;
    return { name: scope.allocate(both ? word.replace(/^(in|out)_/, '') : word, 'size'), values };
  });
}

function parameterFor<Known extends { values: readonly number[] }>(
  known: readonly Known[],
  values: readonly number[],
): Known | undefined {
  return known.find((each) => each.values.every((value, at) => value === values[at]));
}

function textOf(module: Module, { drafts, members, parameters }: Group, wanted: string, fallback: string): ClassText {
  const [{ chain, tail }] = drafts as [Draft];
  const nameOf = (values: readonly number[]): string | null =>
    parameterFor(parameters, values)?.name.identifier ?? null;
  return {
    name: module.scope.allocate(wanted, fallback),
    parameters: parameters.map(({ name, values }) => ({
      name,
      type: values.every(Number.isInteger) ? 'int' : 'float',
    })),
    docstring: classDocstring(wanted, drafts, nameOf),
    body: [...memberLines(members, chain), ...tail],
    chain,
    ties: members.some(({ node, tiedTo }) => node.kind === 'call' && tiedTo !== null),
  };
}

function print(hole: Hole): string {
  return printStatement(python, hole).join('\n');
}

const moduleWords: Readonly<Record<string, readonly string[]>> = {
  'nn.Linear': ['in_features', 'out_features'],
  'nn.Conv2d': ['in_channels', 'out_channels', 'kernel_size'],
  'nn.BatchNorm1d': ['channels'],
  'nn.BatchNorm2d': ['channels'],
  'nn.BatchNorm3d': ['channels'],
  BatchNorm: ['channels'],
  'nn.LayerNorm': ['features'],
  'nn.Embedding': ['vocabulary', 'features'],
  'nn.MultiheadAttention': ['features', 'heads'],
  Attention: ['query_features', 'key_features', 'value_features', 'output_features', 'heads', 'head_features'],
  'nn.LeakyReLU': ['slope'],
  'nn.Dropout': ['rate'],
  'nn.MaxPool2d': ['window', 'stride'],
  'nn.AvgPool2d': ['window', 'stride'],
  'nn.Softmax': ['axis'],
};

/** What the arguments of a module are called; those of a class of ours by its parameters. */
function argumentWords({ classes }: Module, callee: string): readonly string[] {
  const own = [...classes.values()].find(({ text }) => text.name.identifier === callee);
  return own ? own.text.parameters.map(({ name }) => name.identifier) : (moduleWords[callee] ?? []);
}
