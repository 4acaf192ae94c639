/** Copied nodes as text, so that they can be pasted into another design, another window, or a chat. */
import { z } from 'zod';
import { problem, type Problem } from '../messages';
import type { Edit } from './edits';
import { splitEndpoint } from './endpoints';
import { freshId } from './freshId';
import { designSchema, type Block, type Design, type DesignNode, type Wire } from './schema';

const version = 1;

const clipboardSchema = z.strictObject({
  netloomClipboard: z.literal(version),
  nodes: designSchema.shape.nodes,
  wires: designSchema.shape.wires,
  blocks: designSchema.shape.blocks,
});

type Body = Pick<Block, 'nodes' | 'wires'>;

/** The nodes with these ids, the wires among them, and the blocks that they call. */
export function copyNodes(design: Design, scope: string, ids: ReadonlySet<string>): string {
  const body: Body = (scope === 'main' ? design : design.blocks[scope]) ?? { nodes: [], wires: [] };
  const nodes = body.nodes.filter((node) => ids.has(node.id));
  const wires = body.wires.filter((wire) => [wire.from, wire.to].every((end) => ids.has(splitEndpoint(end)[0])));
  const blocks = Object.fromEntries([...calledBlocks(design, nodes)].map((id) => [id, design.blocks[id]]));
  return JSON.stringify({ netloomClipboard: version, nodes, wires, blocks }, null, 1);
}

function calledBlocks(design: Design, nodes: readonly DesignNode[], found = new Set<string>()): Set<string> {
  for (const { block } of nodes) {
    const inner = block === undefined ? undefined : design.blocks[block];
    if (block === undefined || !inner || found.has(block)) continue;
    found.add(block);
    calledBlocks(design, inner.nodes, found);
  }
  return found;
}

export interface Pasted {
  edit: Edit;
  /** Ids of the new nodes, for selecting them. */
  ids: string[];
}

/** Pastes with fresh ids, moved by `offset`; a block that the design has in another form comes in under another name. */
export function pasteNodes(text: string, design: Design, scope: string, offset: [number, number]): Pasted | Problem {
  const parsed = clipboardSchema.safeParse(parseJson(text));
  const body = scope === 'main' ? design : design.blocks[scope];
  if (!parsed.success || !body) return problem('clipboardUnreadable', {});
  const { nodes, wires, blocks } = parsed.data;
  const blockNames = freshBlocks(design, blocks);
  const taken = new Set(body.nodes.map((node) => node.id));
  const ids = new Map<string, string>();
  for (const { id } of nodes) {
    const fresh = taken.has(id) ? freshId(id, taken) : id;
    ids.set(id, fresh);
    taken.add(fresh);
  }
  const edits: Edit[] = [
    ...[...blockNames].flatMap(([from, to]): Edit[] => addBlock(design, blocks[from], to, blockNames)),
    ...nodes.map((node): Edit => ({ edit: 'addNode', in: scope, node: moved(node, ids, blockNames, offset) })),
    ...wires.flatMap((wire): Edit[] => {
      const [from, to] = [rename(wire.from, ids), rename(wire.to, ids)];
      return from !== null && to !== null ? [{ edit: 'addWire', in: scope, wire: { from, to } satisfies Wire }] : [];
    }),
  ];
  return { edit: { edit: 'compound', edits }, ids: [...ids.values()] };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The name that each block gets: its own where the design lacks it or has the very same. */
function freshBlocks(design: Design, blocks: Readonly<Record<string, Block>>): Map<string, string> {
  const taken = new Set([...Object.keys(design.blocks), ...Object.keys(blocks), 'main']);
  const names = new Map<string, string>();
  for (const [id, block] of Object.entries(blocks)) {
    const there = design.blocks[id];
    const same = !there || JSON.stringify(there) === JSON.stringify(block);
    const name = same ? id : freshId(id, taken);
    names.set(id, name);
    taken.add(name);
  }
  return names;
}

function addBlock(design: Design, block: Block | undefined, id: string, names: ReadonlyMap<string, string>): Edit[] {
  if (!block || design.blocks[id]) return [];
  const nodes = block.nodes.map((node) => recalled(node, names));
  return [{ edit: 'setBlock', id, block: { ...block, nodes } }];
}

function recalled(node: DesignNode, names: ReadonlyMap<string, string>): DesignNode {
  return node.block === undefined ? node : { ...node, block: names.get(node.block) ?? node.block };
}

function moved(
  node: DesignNode,
  ids: ReadonlyMap<string, string>,
  names: ReadonlyMap<string, string>,
  [dx, dy]: [number, number],
): DesignNode {
  const { weightsOf, position, ...rest } = recalled(node, names);
  const owner = weightsOf === undefined ? undefined : ids.get(weightsOf);
  return {
    ...rest,
    id: ids.get(node.id) ?? node.id,
    ...(owner === undefined ? {} : { weightsOf: owner }),
    ...(position ? { position: [position[0] + dx, position[1] + dy] } : {}),
  };
}

function rename(end: string, ids: ReadonlyMap<string, string>): string | null {
  const [node, port] = splitEndpoint(end);
  const id = ids.get(node);
  if (id === undefined) return null;
  return port === null ? id : `${id}:${port}`;
}
