/** What was changed from one design to another, node by node; where things stand on the canvas is no change. */
import type { Block, Design, DesignNode, Wire } from '../../shared/design/schema';
import type { Json } from '../../shared/messages/define';

/** `block`: inside which one; null: in the drawing itself. */
export type DesignDifference = { block: string | null } & (
  | { kind: 'nodeAdded' | 'nodeRemoved'; name: string; layer: string }
  | { kind: 'nodeChanged'; name: string; changes: readonly Change[] }
  | { kind: 'wireAdded' | 'wireRemoved'; from: string; to: string }
);

/** Undefined: left to its default, or not there. */
export interface Change {
  key: string;
  before: Json | undefined;
  after: Json | undefined;
}

type Graph = Pick<Design, 'nodes' | 'wires'>;
const nothing: Graph = { nodes: [], wires: [] };

export function designDifferences(before: Design, after: Design): DesignDifference[] {
  const blocks = [...new Set([...Object.keys(before.blocks), ...Object.keys(after.blocks)])];
  const inBlocks = blocks.flatMap((id) => graphDifferences(id, graphOf(before.blocks[id]), graphOf(after.blocks[id])));
  return [...graphDifferences(null, before, after), ...inBlocks];
}

function graphOf(block: Block | undefined): Graph {
  return block ?? nothing;
}

function graphDifferences(block: string | null, before: Graph, after: Graph): DesignDifference[] {
  const old = new Map(before.nodes.map((node) => [node.id, node]));
  const now = new Map(after.nodes.map((node) => [node.id, node]));
  const added = after.nodes.filter(({ id }) => !old.has(id));
  const removed = before.nodes.filter(({ id }) => !now.has(id));
  const changed = after.nodes.flatMap((node): DesignDifference[] => {
    const was = old.get(node.id);
    const changes = was ? changesOf(was, node) : [];
    return changes.length > 0 ? [{ block, kind: 'nodeChanged', name: nameOf(node), changes }] : [];
  });
  const about =
    (kind: 'nodeAdded' | 'nodeRemoved') =>
    (node: DesignNode): DesignDifference => ({
      block,
      kind,
      name: nameOf(node),
      layer: layerOf(node),
    });
  return [
    ...added.map(about('nodeAdded')),
    ...removed.map(about('nodeRemoved')),
    ...changed,
    ...wireDifferences(block, { before, after }, old, now),
  ];
}

/** A wire of a node that came or went goes without saying. */
function wireDifferences(
  block: string | null,
  { before, after }: { before: Graph; after: Graph },
  old: ReadonlyMap<string, DesignNode>,
  now: ReadonlyMap<string, DesignNode>,
): DesignDifference[] {
  const key = ({ from, to }: Wire): string => `${from} ${to}`;
  const stays = (end: string): boolean => old.has(nodeOf(end)) && now.has(nodeOf(end));
  const said = (end: string): string => {
    const node = now.get(nodeOf(end));
    const port = end.split(':')[1];
    return `${node ? nameOf(node) : nodeOf(end)}${port === undefined ? '' : `:${port}`}`;
  };
  const only = (
    wires: readonly Wire[],
    others: readonly Wire[],
    kind: 'wireAdded' | 'wireRemoved',
  ): DesignDifference[] => {
    const known = new Set(others.map(key));
    const lone = wires.filter((wire) => !known.has(key(wire)) && stays(wire.from) && stays(wire.to));
    return lone.map(({ from, to }) => ({ block, kind, from: said(from), to: said(to) }));
  };
  return [...only(after.wires, before.wires, 'wireAdded'), ...only(before.wires, after.wires, 'wireRemoved')];
}

function changesOf(before: DesignNode, after: DesignNode): Change[] {
  const facts = (node: DesignNode): Map<string, Json> => {
    const { layer, block, times, weightsOf, params } = node;
    const own = { layer, block, times, weightsOf, ...params };
    return new Map(Object.entries(own).filter((entry): entry is [string, Json] => entry[1] !== undefined));
  };
  const [old, now] = [facts(before), facts(after)];
  return [...new Set([...old.keys(), ...now.keys()])]
    .map((key) => ({ key, before: old.get(key), after: now.get(key) }))
    .filter((change) => JSON.stringify(change.before) !== JSON.stringify(change.after));
}

function nodeOf(end: string): string {
  return end.split(':')[0] ?? end;
}

function nameOf({ name, id }: DesignNode): string {
  return name === undefined || name === '' ? id : name;
}

function layerOf(node: DesignNode): string {
  return node.layer ?? node.block ?? '';
}
