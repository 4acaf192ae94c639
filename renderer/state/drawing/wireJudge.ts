/** Whether a wire may be drawn, and if not, why: what fades the ports and is said beside the pointer. */
import { splitEndpoint } from '../../../shared/design/endpoints';
import type { Design, DesignNode, Wire } from '../../../shared/design/schema';
import type { Types } from '../../../shared/ir/layerDefinition';
import type { TensorType } from '../../../shared/ir/tensorType';
import { library } from '../../../shared/library';
import { isProblem, type Problem } from '../../../shared/messages';
import { findSlot } from '../../../shared/passes/ports';
import { parseParams } from '../../../shared/passes/parseParams';
import { drawingPorts, resolveWires, sourceText, type WireEnds } from './drawingPorts';
import { outputType, type LayerRows } from './outputTypes';

export interface End {
  node: string;
  /** Null: any, the best that is free. */
  port: string | null;
}

/** `unfit`: the types do not go together; `problem` is what the compiler would say. */
export type Refusal =
  { why: 'sameNode' | 'cycle' | 'noInput' | 'noOutput' | 'exists' } | { why: 'unfit'; problem: Problem };

export type Verdict = { fits: true; wire: Wire; replaces: Wire | null } | { fits: false; refusal: Refusal };

export interface WireJudge {
  judge: (from: End, to: End) => Verdict;
}

/** `without`: a wire that is being moved, and so does not count. */
export function createWireJudge(design: Design, rows: LayerRows, without: Wire | null = null): WireJudge {
  const nodes = new Map(design.nodes.map((node) => [node.id, node]));
  const ends = resolveWires(design).filter(({ wire }) => wire !== without);
  const reach = new Map<string, ReadonlySet<string>>();
  const onwards = new Map<string, string[]>();
  const into = new Map<string, WireEnds[]>();
  for (const end of ends) {
    onwards.set(end.from, [...(onwards.get(end.from) ?? []), end.to]);
    into.set(end.to, [...(into.get(end.to) ?? []), end]);
  }
  const leadsTo = (id: string): ReadonlySet<string> => {
    const found = reach.get(id) ?? downstream(onwards, id);
    reach.set(id, found);
    return found;
  };
  const judge = (from: End, to: End): Verdict => {
    const [source, target] = [nodes.get(from.node), nodes.get(to.node)];
    if (!source || drawingPorts(source, design.blocks).outputs.length === 0) return refused('noOutput');
    const inputs = target && drawingPorts(target, design.blocks).inputs;
    if (!target || !inputs || inputs.length === 0) return refused('noInput');
    if (source === target) return refused('sameNode');
    if (leadsTo(target.id).has(source.id)) return refused('cycle');
    return atPort(source, target, from.port, to.port);
  };

  const atPort = (source: DesignNode, target: DesignNode, fromPort: string | null, toPort: string | null): Verdict => {
    const inputs = drawingPorts(target, design.blocks).inputs;
    const taken = into.get(target.id) ?? [];
    const free = inputs.find(({ name, many }) => many === true || !taken.some((end) => end.toPort === name));
    const slot = findSlot(inputs, toPort ?? free?.name ?? null) ?? findSlot(inputs, null);
    if (!slot) return refused('noInput');
    const { port } = slot;
    const number = slot.index === null ? null : `${port.name}${slot.index}`;
    const there = taken.find(({ toPort: used }) => used === (port.many ? number : port.name)) ?? null;
    const start = sourceText(source, fromPort, design.blocks);
    if (there && splitEndpoint(there.wire.from).join(':') === splitEndpoint(start).join(':')) return refused('exists');
    const type = outputType(design, rows, source.id, fromPort);
    const count = taken.filter(({ toPort: used }) => used.startsWith(port.name)).length;
    const name = port.many ? (there?.toPort ?? `${port.name}${count}`) : port.name;
    const problem = type && typeProblem(target, name, type, taken);
    if (problem) return { fits: false, refusal: { why: 'unfit', problem } };
    const end = there?.wire.to ?? (port === inputs[0] ? target.id : `${target.id}:${port.name}`);
    return { fits: true, wire: { from: start, to: end }, replaces: there?.wire ?? null };
  };

  /** The definition is asked about the inputs that the node would have; what else it lacks is no reason to refuse. */
  const typeProblem = (
    target: DesignNode,
    name: string,
    type: TensorType,
    taken: readonly WireEnds[],
  ): Problem | null => {
    const definition = target.layer === undefined ? undefined : library.layers.get(target.layer);
    const params = definition && parseParams(definition.params, target.params, library).values;
    if (!definition || !params) return null;
    const types: Types = {};
    for (const end of taken) {
      const known = end.toPort === name ? null : outputType(design, rows, end.from, end.fromPort);
      if (known) types[end.toPort] = known;
    }
    types[name] = type;
    const needed = definition.inputs.every(({ name: port, many, minimum = 1 }) =>
      many ? minimum === 0 || `${port}${minimum - 1}` in types : minimum === 0 || port in types,
    );
    const contiguous = taken.every(({ toPort }) => toPort in types);
    if (!needed || !contiguous) return null;
    const inferred = definition.infer(
      params,
      inPortOrder(
        types,
        definition.inputs.map((port) => port.name),
      ),
    );
    return isProblem(inferred) ? inferred : null;
  };
  return { judge };
}

function refused(why: Exclude<Refusal['why'], 'unfit'>): Verdict {
  return { fits: false, refusal: { why } };
}

function downstream(onwards: ReadonlyMap<string, readonly string[]>, start: string): Set<string> {
  const found = new Set([start]);
  for (const id of found) for (const next of onwards.get(id) ?? []) found.add(next);
  return found;
}

function inPortOrder(types: Types, names: readonly string[]): Types {
  const rank = (port: string): number => names.findIndex((name) => port.startsWith(name));
  const index = (port: string): number => Number(/\d*$/.exec(port)?.[0] ?? 0);
  return Object.fromEntries(Object.entries(types).sort(([a], [b]) => rank(a) - rank(b) || index(a) - index(b)));
}
