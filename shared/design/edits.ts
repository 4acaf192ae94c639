/** Every change of a design, as data: applied purely, and undone exactly by the inverse that it leaves. */
import type { Json } from '../messages/define';
import { splitEndpoint } from './endpoints';
import type { Block, CanvasNote, Design, DesignNode, TrainingInput, Wire } from './schema';
import { withSetting } from './withSetting';
import type { DataConfig } from '../training/config';

/** `in`: "main" or a block's id. `at`: a position in the list; without it, the end for what is added. */
export type Edit =
  | { edit: 'addNode'; in: string; node: DesignNode; at?: number }
  /** Takes the node and, unless told otherwise, the wires at it. */
  | { edit: 'removeNode'; in: string; id: string; at?: number; keepWires?: boolean }
  /** Puts another node in its place; its wires follow only if it keeps its id. */
  | { edit: 'updateNode'; in: string; id: string; node: DesignNode; at?: number }
  | { edit: 'addWire'; in: string; wire: Wire; at?: number }
  /** The last wire with these ends. */
  | { edit: 'removeWire'; in: string; wire: Wire; at?: number }
  /** Adds, replaces or (null) removes a block. */
  | { edit: 'setBlock'; id: string; block: Block | null; at?: number }
  /** An empty path means the whole configuration, an object; undefined takes an entry away. */
  | { edit: 'setTraining'; path: string; value: Json | undefined }
  | { edit: 'setData'; path: string; value: Json | undefined }
  | { edit: 'setName'; name: string }
  | { edit: 'setNotes'; notes: string }
  | { edit: 'setCanvasNotes'; canvasNotes: CanvasNote[] }
  | { edit: 'compound'; edits: readonly Edit[] };

export interface Applied {
  design: Design;
  /** Applied to `design`, it gives back the document from before. */
  inverse: Edit;
}

/** An edit of something that is not there changes nothing: `design` is then the very object that came in. */
export function applyEdit(design: Design, edit: Edit): Applied {
  switch (edit.edit) {
    case 'addNode':
    case 'removeNode':
    case 'updateNode':
    case 'addWire':
    case 'removeWire':
      return applyToBody(design, edit);
    case 'setBlock':
      return setBlock(design, edit);
    case 'setTraining': {
      const inverse: Edit = { edit: 'setTraining', path: '', value: design.training as Json };
      const training = changed(design.training, edit) as TrainingInput;
      return { design: { ...design, training }, inverse };
    }
    case 'setData': {
      const inverse: Edit = { edit: 'setData', path: '', value: design.data };
      const { data: before, ...rest } = design;
      if (edit.path === '' && edit.value === undefined) return { design: rest, inverse };
      const data = changed(before ?? {}, edit) as DataConfig;
      return { design: before === undefined && Object.keys(data).length === 0 ? rest : { ...rest, data }, inverse };
    }
    case 'setName':
      return { design: { ...design, name: edit.name }, inverse: { edit: 'setName', name: design.name } };
    case 'setNotes':
      return { design: { ...design, notes: edit.notes }, inverse: { edit: 'setNotes', notes: design.notes } };
    case 'setCanvasNotes': {
      const inverse: Edit = { edit: 'setCanvasNotes', canvasNotes: design.canvasNotes };
      return { design: { ...design, canvasNotes: edit.canvasNotes }, inverse };
    }
    case 'compound':
      return applyAll(design, edit.edits);
  }
}

const nothing: Edit = { edit: 'compound', edits: [] };

function applyAll(design: Design, edits: readonly Edit[]): Applied {
  let current = design;
  const inverses: Edit[] = [];
  for (const edit of edits) {
    const applied = applyEdit(current, edit);
    current = applied.design;
    inverses.unshift(applied.inverse);
  }
  return { design: current, inverse: { edit: 'compound', edits: inverses } };
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function changed(settings: object, edit: { path: string; value: Json | undefined }): unknown {
  if (edit.path === '') return isObject(edit.value) ? edit.value : settings;
  return withSetting(settings as Record<string, unknown>, edit.path.split('.'), edit.value);
}

type Body = Pick<Block, 'nodes' | 'wires'>;
type BodyEdit = Extract<Edit, { in: string }>;

function applyToBody(design: Design, edit: BodyEdit): Applied {
  const block = edit.in === 'main' ? null : ownBlock(design, edit.in);
  if (block === undefined) return { design, inverse: nothing };
  const body: Body = block ?? design;
  const result = changeBody(body, edit);
  if (!result) return { design, inverse: nothing };
  const { nodes = body.nodes, wires = body.wires, inverse } = result;
  if (!block) return { design: { ...design, nodes, wires }, inverse };
  return { design: { ...design, blocks: { ...design.blocks, [edit.in]: { ...block, nodes, wires } } }, inverse };
}

function ownBlock(design: Design, id: string): Block | undefined {
  return Object.prototype.hasOwnProperty.call(design.blocks, id) ? design.blocks[id] : undefined;
}

type BodyChange = Partial<Body> & { inverse: Edit };

function changeBody(body: Body, edit: BodyEdit): BodyChange | null {
  if (edit.edit === 'addNode') {
    const at = position(edit.at, body.nodes.length);
    // A wire to this id may have waited for it; it stays when the node goes.
    const inverse: Edit = { edit: 'removeNode', in: edit.in, id: edit.node.id, at, keepWires: true };
    return { nodes: inserted(body.nodes, at, edit.node), inverse };
  }
  if (edit.edit === 'addWire') {
    const at = position(edit.at, body.wires.length);
    const inverse: Edit = { edit: 'removeWire', in: edit.in, wire: edit.wire, at };
    return { wires: inserted(body.wires, at, edit.wire), inverse };
  }
  if (edit.edit === 'removeWire') {
    const at = findAt(body.wires, edit.at, (wire) => wire.from === edit.wire.from && wire.to === edit.wire.to, true);
    const wire = body.wires[at];
    if (!wire) return null;
    return { wires: without(body.wires, at), inverse: { edit: 'addWire', in: edit.in, wire, at } };
  }
  const at = findAt(body.nodes, edit.at, (node) => node.id === edit.id, false);
  const node = body.nodes[at];
  if (!node) return null;
  if (edit.edit === 'removeNode') return removeNode(body, edit, node, at);
  const inverse: Edit = { edit: 'updateNode', in: edit.in, id: edit.node.id, node, at };
  return { nodes: body.nodes.map((one, index) => (index === at ? edit.node : one)), inverse };
}

function removeNode(
  body: Body,
  { in: scope, keepWires = false }: Extract<Edit, { edit: 'removeNode' }>,
  node: DesignNode,
  at: number,
): BodyChange {
  const kept = keepWires || body.nodes.some((other, index) => index !== at && other.id === node.id);
  const touches = (wire: Wire): boolean => [wire.from, wire.to].some((end) => splitEndpoint(end)[0] === node.id);
  const gone = kept ? [] : body.wires.flatMap((wire, index) => (touches(wire) ? [{ wire, index }] : []));
  const restored = gone.map(({ wire, index }): Edit => ({ edit: 'addWire', in: scope, wire, at: index }));
  const removed = new Set(gone.map(({ index }) => index));
  return {
    nodes: without(body.nodes, at),
    wires: removed.size === 0 ? body.wires : body.wires.filter((_, index) => !removed.has(index)),
    inverse: { edit: 'compound', edits: [{ edit: 'addNode', in: scope, node, at }, ...restored] },
  };
}

function setBlock(design: Design, edit: Extract<Edit, { edit: 'setBlock' }>): Applied {
  const entries = Object.entries(design.blocks);
  const found = entries.findIndex(([id]) => id === edit.id);
  const before = entries[found]?.[1] ?? null;
  if (before === null && edit.block === null) return { design, inverse: nothing };
  const at = found >= 0 ? found : position(edit.at, entries.length);
  const kept = found >= 0 ? without(entries, found) : entries;
  const blocks = Object.fromEntries(edit.block ? inserted(kept, at, [edit.id, edit.block] as const) : kept);
  return { design: { ...design, blocks }, inverse: { edit: 'setBlock', id: edit.id, block: before, at } };
}

function position(at: number | undefined, length: number): number {
  return Math.min(Math.max(at ?? length, 0), length);
}

function findAt<Item>(
  list: readonly Item[],
  at: number | undefined,
  fits: (item: Item) => boolean,
  last: boolean,
): number {
  const there = at === undefined ? undefined : list[at];
  if (at !== undefined && there !== undefined && fits(there)) return at;
  const matches = list.flatMap((item, index) => (fits(item) ? [index] : []));
  return matches[last ? matches.length - 1 : 0] ?? -1;
}

function inserted<Item>(list: readonly Item[], at: number, item: Item): Item[] {
  return [...list.slice(0, at), item, ...list.slice(at)];
}

function without<Item>(list: readonly Item[], at: number): Item[] {
  return [...list.slice(0, at), ...list.slice(at + 1)];
}
