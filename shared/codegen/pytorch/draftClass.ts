/** One class of model.py as a draft: `nn.Sequential` where the drawing is a chain, else members and a `forward`. */
import { call, code, type Hole, type Name } from '../../ir/emit/code';
import type { Layout } from '../../ir/emit/emission';
import { functionInputNode } from '../../ir/ir';
import { passPath } from '../../ir/passPath';
import type { CallInstance, FunctionInstance } from '../../ir/program';
import type { TensorType } from '../../ir/tensorType';
import { createScope, type Scope } from '../allocateNames';
import { keyOf, type PlacedInput } from '../layouts';
import { printStatement } from '../printCode';
import { python } from '../python';
import { linesOf, type SourceLine } from '../sourceFile';
import { blockModule, isRow } from './blockModule';
import type { DescribedEnd } from './classDocstring';
import { initialiserLines } from './initialiserLines';
import { computeOf, isChain, isOutput, membersOf, type Member } from './members';
import type { PreparedFunction, PreparedProgram } from './prepareProgram';
import { moduleAttributes, pythonBuiltins, pythonKeywords, pytorchModuleNames } from './reserved';
import { watchedStep } from './watchedStep';
import { writeForward, type FlowStep } from './writeForward';
import type { WrittenClass } from './writtenClass';

export interface Module {
  readonly prepared: PreparedProgram;
  /** Of the names of classes. */
  readonly scope: Scope;
  /** By key of the instance; blocks before those that use them. */
  readonly classes: Map<string, WrittenClass>;
  /** Whether every node is a statement of its own, and its values are shown to `watch`. */
  readonly watched: boolean;
}

/** What one instance of a function becomes, before it is known what it has in common with others of its function. */
export interface Draft {
  readonly instance: FunctionInstance;
  readonly chain: boolean;
  readonly members: readonly Member[];
  /** After the members: ties, first weights, `forward`. */
  readonly tail: readonly SourceLine[];
  readonly inputs: readonly DescribedEnd[];
  readonly outputs: readonly DescribedEnd[];
  readonly calls: WrittenClass['calls'];
  readonly ports: WrittenClass['ports'];
}

/** `prefix`: of the paths of its nodes where it is first used, "stage2/0/". The blocks that it calls are written. */
export function draftClass(module: Module, instance: FunctionInstance, prefix: string): Draft {
  const prepared = module.prepared.functions.get(instance.key) as PreparedFunction;
  const chain = !module.watched && isChain(prepared);
  const calls: { key: string; path: string }[] = [];
  const members = membersOf(prepared, {
    scope: createScope('snake_case', [...moduleAttributes, ...pythonKeywords]),
    operations: !chain,
    block: (node, owner) => blockOf(module, node, owner, calls),
    refuse: (node, why, instead) =>
      void module.prepared.obstacles.push({ path: prefix + node.id, name: node.name, why, instead }),
  });
  const helpers = [...module.prepared.helpers.keys()];
  const scope = createScope('snake_case', [...pythonKeywords, ...pythonBuiltins, ...pytorchModuleNames, ...helpers]);
  const ends = endsOf(prepared);
  const given = new Map(ends.inputs.map(({ key, id, name }) => [key, scope.allocate(name, id)] as const));
  const variable = scope.allocate('module', 'module');
  const { watched } = module;
  const forward = chain ? [] : forwardLines(prepared, members, ends, { scope, given, watched });
  const results = createScope(
    'snake_case',
    [...given.values()].map(({ identifier }) => identifier),
  );
  return {
    instance,
    chain,
    members,
    tail: [
      ...tieLines(members),
      ...initialiserLines(members, variable),
      ...(chain ? [] : [...linesOf(['']), ...forward]),
    ],
    inputs: ends.inputs.map((end) => ({ ...end, name: given.get(end.key)?.identifier ?? end.id })),
    outputs: ends.outputs,
    calls,
    ports: new Map([
      ...ends.inputs.map(({ key, id }) => [id, given.get(key)?.identifier ?? id] as const),
      ...ends.outputs.map(({ id, name }) => [id, results.allocate(name, id).identifier] as const),
    ]),
  };
}

function blockOf(
  module: Module,
  node: CallInstance,
  owner: string,
  calls: { key: string; path: string }[],
): ReturnType<typeof blockModule> {
  const classes = node.iterations.map(({ key }, index) => {
    calls.push({ key, path: passPath(node.id, node.repeated, index) });
    return module.classes.get(key) as WrittenClass;
  });
  return blockModule(node, classes, owner);
}

interface End {
  readonly key: string;
  readonly id: string;
  readonly name: string;
  readonly type: TensorType;
  readonly layout: Layout;
  readonly result: PlacedInput | null;
}

/** What enters and leaves: the Inputs and Outputs of the drawing, or those of a block. */
function endsOf({ placed }: PreparedFunction): { inputs: End[]; outputs: End[] } {
  const { instance } = placed;
  const inputs = instance.inputs.map((port): End => {
    const layout = placed.inputs[port] as Layout;
    const key = keyOf({ node: functionInputNode, port });
    return { key, id: port, name: port, type: instance.inputTypes[port] as TensorType, layout, result: null };
  });
  const outputs = Object.entries(placed.outputs).map(([port, result]): End => {
    return { key: keyOf(result.ref), id: port, name: port, type: result.type, layout: result.to, result };
  });
  for (const { node, inputs: into, outputs: out } of placed.nodes) {
    if (node.kind !== 'layer') continue;
    const { id, name, definition } = node;
    const key = keyOf({ node: id, port: 'output' });
    const common = { key, id, name, type: node.outputTypes.output as TensorType, layout: out.output as Layout };
    if (definition.type === 'Input') inputs.push({ ...common, result: null });
    if (isOutput(node)) outputs.push({ ...common, result: into.input as PlacedInput });
  }
  return { inputs, outputs };
}

/** Modules of their own that use the weights of another. */
function tieLines(members: readonly Member[]): SourceLine[] {
  return members.flatMap(({ node, name, tiedTo, emission }) => {
    if (!tiedTo || !name) return [];
    const statements: Hole[] =
      node.kind === 'call'
        ? [call(code`share_weights`, [code`self.${name}`, code`self.${tiedTo}`])]
        : (emission.weights ?? []).map(({ theirs }) => tie(name, tiedTo, theirs));
    return statements.flatMap((statement) => linesOf(printStatement(python, statement, 2), [node.id]));
  });
}

function tie(name: Name, owner: Name, theirs: string): Hole {
  return theirs === 'bias'
    ? code`self.${name}.bias = self.${owner}.bias`
    : code`self.${name}.weight = self.${owner}.weight`;
}

type Ends = ReturnType<typeof endsOf>;

function forwardLines(
  { placed }: PreparedFunction,
  members: readonly Member[],
  { inputs, outputs }: Ends,
  { scope, given, watched }: { scope: Scope; given: ReadonlyMap<string, Name>; watched: boolean },
): SourceLine[] {
  const parameters = inputs.map(({ key }) => code`${given.get(key) ?? null}: Tensor`);
  const results = outputs.map(() => code`Tensor`);
  const gives = results.length === 1 ? code`Tensor` : code`tuple[${commas(results)}]`;
  const head = code`${call(code`def forward`, [code`self`, ...parameters])} -> ${gives}:`;
  const used = new Map<Name, number>();
  for (const { name } of members) if (name) used.set(name, (used.get(name) ?? 0) + 1);
  const byId = new Map(members.map((member) => [member.node.id, member]));
  const steps = placed.nodes.flatMap((each): FlowStep[] => {
    const member = byId.get(each.node.id);
    const step = member && stepOf(member, each.inputs, (used.get(member.name as Name) ?? 0) > 1);
    if (watched) return [watchedStep(each, step)];
    return step ? [step] : [];
  });
  const end = outputs.flatMap(({ result }) => (result ? [result] : []));
  return [...linesOf(printStatement(python, head, 1)), ...writeForward({ scope, given, steps, results: end })];
}

function commas(holes: readonly Hole[]): Hole {
  return holes.slice(1).reduce<Hole>((all, each) => code`${all}, ${each}`, holes[0] ?? null);
}

function stepOf(member: Member, inputs: FlowStep['inputs'], shared: boolean): FlowStep {
  const { node } = member;
  const ports = Object.keys(node.outputTypes);
  const loops = node.kind === 'call' && node.repeated && !isRow(node);
  const single = ports.length === 1;
  return {
    path: node.id,
    inputs,
    shared: shared || node.weightsOf !== null,
    values: ports.map((port) => ({
      ref: { node: node.id, port },
      names: [single ? node.name : `${node.name} ${port}`, single ? node.id : port],
    })),
    compute: loops ? (values) => commas(Object.values(values)) : (values) => computeOf(member, values),
    ...(loops && { loop: { modules: code`self.${member.name}`, module: 'block' } }),
  };
}
