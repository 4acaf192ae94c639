/** What the nodes of one function become: attributes that hold modules, plain operations, and the weights of both. */
import { call, code, type Fragment, type Hole, type Name } from '../../ir/emit/code';
import type { CodeEmission } from '../../ir/emit/emission';
import type { Instance, LayerInstance } from '../../ir/program';
import type { Scope } from '../allocateNames';
import type { ExportedConstant, ExportedWeight } from '../exportedModel';
import { printStatement } from '../printCode';
import { python } from '../python';
import { isPort, type PreparedFunction } from './prepareProgram';

export interface Member {
  readonly node: Instance;
  /** The attribute; null for what is computed without a module. */
  readonly name: Name | null;
  /** What the constructor makes; null where another member's module is used, or none. */
  readonly made: Hole | null;
  /** The attribute whose weights its own module uses. */
  readonly tiedTo: Name | null;
  readonly emission: CodeEmission;
  /** By names below those of the function's instances. */
  readonly weights: readonly ExportedWeight[];
  readonly constants: readonly ExportedConstant[];
}

export interface HeldModule {
  readonly made: Hole;
  readonly weights: readonly ExportedWeight[];
  readonly constants: readonly ExportedConstant[];
}

export interface MemberWishes {
  readonly scope: Scope;
  /** Whether plain operations take the place of modules where they can. */
  readonly operations: boolean;
  /** The module of a block: with names below none, and groups of weights below `owner`, a node. */
  readonly block: (node: Instance & { kind: 'call' }, owner: string) => HeldModule;
  /** Where a node cannot share as the drawing says. */
  readonly refuse: (node: Instance, why: string, instead: string) => void;
}

/** Inputs and Outputs are no members. */
export function membersOf({ placed, emissions }: PreparedFunction, wishes: MemberWishes): Member[] {
  const nodes = placed.nodes.filter((each) => !isPort(each)).map(({ node }) => node);
  const emissionOf = (node: Instance): CodeEmission => emissions.get(node.id) ?? {};
  const owners = new Map(
    nodes
      .filter(({ weightsOf }) => weightsOf === null)
      .map((node) => [node.id, ownMember(node, emissionOf(node), wishes)] as const),
  );
  return nodes.map((node) => {
    const owner = owners.get(node.weightsOf ?? node.id) as Member;
    return node.weightsOf === null ? owner : sharingMember(node, emissionOf(node), owner, wishes);
  });
}

function ownMember(node: Instance, emission: CodeEmission, wishes: MemberWishes): Member {
  const without = { node, name: null, made: null, tiedTo: null, emission, weights: [], constants: [] };
  const plain = emission.member === undefined || (wishes.operations && emission.operation !== undefined);
  // Also what has no module takes its name up, so that the names of the others do not depend on that.
  const name = wishes.scope.allocate(node.name, node.kind === 'layer' ? node.definition.type : node.id);
  if (node.kind === 'layer' && plain) return without;
  return { ...without, name, ...below(name, moduleOf(node, emission, wishes)) };
}

/** A node that uses the weights of another: its module too, where both would be made alike. */
function sharingMember(node: Instance, emission: CodeEmission, owner: Member, wishes: MemberWishes): Member {
  const shared = { node, name: owner.name, made: null, tiedTo: null, emission, weights: [], constants: [] };
  if (owner.name === null || owner.made === null) return shared;
  const own = moduleOf(node, emission, wishes);
  if (printed(own.made) === printed(owner.made)) return shared;
  if (owner.constants.length > 0) {
    const why = `It shares running statistics with ${owner.node.name}, but what reaches them differs in its axes or sizes.`;
    wishes.refuse(node, why, 'Give it weights of its own.');
  }
  const name = wishes.scope.allocate(node.name, node.kind === 'layer' ? node.definition.type : node.id);
  return { ...shared, name, tiedTo: owner.name, ...below(name, own) };
}

function moduleOf(node: Instance, emission: CodeEmission, wishes: MemberWishes): HeldModule {
  const owner = node.weightsOf ?? node.id;
  if (node.kind === 'call') return wishes.block(node, owner);
  const constants = Object.entries(emission.constants ?? {}).map(([name, value]) => ({ name, ...value }));
  const weights = (emission.weights ?? []).map((twin) => ({ name: twin.theirs, group: owner, twin }));
  return { made: emission.member ?? null, weights, constants };
}

function below({ identifier }: Name, { made, weights, constants }: HeldModule): HeldModule {
  const inside = <Named extends { name: string }>(each: Named): Named => ({
    ...each,
    name: `${identifier}.${each.name}`,
  });
  return { made, weights: weights.map(inside), constants: constants.map(inside) };
}

function printed(hole: Hole): string {
  return printStatement(python, hole).join('\n');
}

/** The value of a member from its inputs. */
export function computeOf({ name, emission }: Member, inputs: Record<string, Fragment | Name>): Hole {
  if (name === null) return emission.operation?.(inputs) ?? null;
  const member = code`self.${name}`;
  return emission.call?.({ inputs, member }) ?? call(member, Object.values(inputs));
}

/** Whether the function is a row of modules, each called with what the one before gave. */
export function isChain({ placed, emissions }: PreparedFunction): boolean {
  const { instance } = placed;
  const nodes = placed.nodes.filter((each) => !isPort(each));
  const inner = new Set(nodes.map(({ node }) => node.id));
  const entries = instance.inputs.length + (placed.nodes.length - nodes.length - outputsOf(placed.nodes));
  const exits = Object.keys(instance.outputs).length + outputsOf(placed.nodes);
  if (nodes.length === 0 || entries !== 1 || exits !== 1) return false;
  const rows = nodes.every(({ node, inputs }, at) => {
    const [input, ...others] = Object.values(inputs);
    const before = nodes[at - 1]?.node.id;
    const follows = before === undefined ? !inner.has(input?.ref.node ?? '') : input?.ref.node === before;
    const asIs = input?.from.axes.join() === input?.to.axes.join();
    return input !== undefined && others.length === 0 && follows && asIs && isPlain(node, emissions.get(node.id));
  });
  const last = nodes[nodes.length - 1]?.node.id;
  const results = [
    ...Object.values(placed.outputs),
    ...placed.nodes.filter((each) => isOutput(each.node)).flatMap(({ inputs }) => Object.values(inputs)),
  ];
  return rows && results.every(({ ref, from, to }) => ref.node === last && from.axes.join() === to.axes.join());
}

function isPlain(node: Instance, emission: CodeEmission | undefined): boolean {
  if (node.weightsOf !== null || Object.keys(node.outputTypes).length !== 1) return false;
  return node.kind === 'call' || (emission?.member !== undefined && emission.call === undefined);
}

function outputsOf(nodes: PreparedFunction['placed']['nodes']): number {
  return nodes.filter(({ node }) => isOutput(node)).length;
}

export function isOutput(node: Instance): node is LayerInstance {
  return node.kind === 'layer' && node.definition.type === 'Output';
}
