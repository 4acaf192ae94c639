/** Edits of the drawing's nodes, made purely: add, remove with or without closing the gap, move, rename. */
import { applyEdit, type Edit } from '../../../shared/design/edits';
import { splitEndpoint } from '../../../shared/design/endpoints';
import { freshId } from '../../../shared/design/freshId';
import type { Design, DesignNode, LayerNode, Wire } from '../../../shared/design/schema';
import type { Point } from './geometry';
import { resolveWires, type WireEnds } from './drawingPorts';
import type { LayerRows } from './outputTypes';
import { createWireJudge } from './wireJudge';

const scope = 'main';

export function compound(edits: readonly Edit[]): Edit {
  const [only] = edits;
  return edits.length === 1 && only ? only : { edit: 'compound', edits };
}

export function rounded([x, y]: Point): [number, number] {
  return [Math.round(x * 100) / 100, Math.round(y * 100) / 100];
}

export function newLayer(design: Design, layer: string, at: Point): LayerNode {
  const id = freshId(layer, new Set(design.nodes.map((node) => node.id)));
  return { id, layer, params: {}, position: rounded(at) };
}

/** One edit a node that really moves. */
export function moveEdit(design: Design, positions: ReadonlyMap<string, Point>): Edit {
  const edits = design.nodes.flatMap((node, at): Edit[] => {
    const to = positions.get(node.id);
    if (!to) return [];
    const position = rounded(to);
    if (node.position?.[0] === position[0] && node.position[1] === position[1]) return [];
    return [{ edit: 'updateNode', in: scope, id: node.id, node: { ...node, position }, at }];
  });
  return compound(edits);
}

/** Longest name that a file may hold. */
export const longestName = 200;

/** An empty name, or the id itself, gives the node back its id as name. */
export function renameEdit(design: Design, id: string, text: string): Edit | null {
  const at = design.nodes.findIndex((node) => node.id === id);
  const node = design.nodes[at];
  const name = text.trim().slice(0, longestName);
  if (!node || name === (node.name ?? id) || (name === '' && node.name === undefined)) return null;
  const renamed: DesignNode = { ...node, name };
  if (name === '' || name === id) delete renamed.name;
  return { edit: 'updateNode', in: scope, id, node: renamed, at };
}

export function removeEdit(design: Design, ids: ReadonlySet<string>, wires: ReadonlySet<string>): Edit {
  const gone = resolveWires(design).filter(({ id, from, to }) => wires.has(id) && !ids.has(from) && !ids.has(to));
  const nodes = design.nodes.filter(({ id }) => ids.has(id));
  return compound([
    ...gone.map(({ wire }): Edit => ({ edit: 'removeWire', in: scope, wire })),
    ...nodes.map(({ id }): Edit => ({ edit: 'removeNode', in: scope, id })),
  ]);
}

/**
 * Takes the nodes and closes the gap where a node had one wire in and its source fits what it fed; there the wires go
 * on from the source.
 */
export function removeAndReconnectEdit(
  design: Design,
  rows: LayerRows,
  ids: ReadonlySet<string>,
  wires: ReadonlySet<string>,
): Edit {
  const edits: Edit[] = [];
  let current = design;
  const apply = (edit: Edit): void => {
    edits.push(edit);
    current = applyEdit(current, edit).design;
  };
  const loose = new Set([...wires].filter((id) => !touches(design, id, ids)));
  if (loose.size > 0) apply(removeEdit(design, new Set(), loose));
  for (const id of ids) {
    const ends = resolveWires(current);
    const into = ends.filter(({ to }) => to === id);
    const onwards = ends.filter(({ from }) => from === id);
    const [source] = into;
    const after = applyEdit(current, { edit: 'removeNode', in: scope, id }).design;
    const bridges = source && into.length === 1 ? bridgesOf(after, rows, source, onwards) : [];
    const gone = new Set(ends.filter(({ from, to }) => from === id || to === id).map(({ wire }) => wire));
    const places = onwards.map(({ wire }, at) => at + placeWithout(current.wires, wire, gone));
    apply({ edit: 'removeNode', in: scope, id });
    bridges.forEach((wire, at) => apply({ edit: 'addWire', in: scope, wire, at: places[at] }));
  }
  return compound(edits);
}

/** Where a wire stands among those that stay: its successor takes that place, so that merged inputs keep their order. */
function placeWithout(wires: readonly Wire[], wire: Wire, gone: ReadonlySet<Wire>): number {
  return wires.slice(0, wires.indexOf(wire)).filter((one) => !gone.has(one)).length;
}

function touches(design: Design, id: string, ids: ReadonlySet<string>): boolean {
  const end = resolveWires(design).find((one) => one.id === id);
  return end !== undefined && (ids.has(end.from) || ids.has(end.to));
}

/** All or nothing: half a flow closed would hide that the other half is broken. */
function bridgesOf(after: Design, rows: LayerRows, source: WireEnds, onwards: readonly WireEnds[]): Wire[] {
  const { judge } = createWireJudge(after, rows);
  const bridges: Wire[] = [];
  for (const end of onwards) {
    const verdict = judge({ node: source.from, port: source.fromPort }, { node: end.to, port: end.toPort });
    if (!verdict.fits) return [];
    bridges.push({ from: source.wire.from, to: keepPort(end) });
  }
  return bridges;
}

/** The wire ends where the old one ended, by number too, so that inputs of a Concatenate keep their order. */
function keepPort({ wire, to, toPort }: WireEnds): string {
  const [, port] = splitEndpoint(wire.to);
  return port === null ? wire.to : `${to}:${toPort}`;
}
