/** What is known of the values in the drawing: the type at any output, and what a block comes to. */
import { splitEndpoint } from '../../../shared/design/endpoints';
import type { Block, Design, DesignNode } from '../../../shared/design/schema';
import { passPath } from '../../../shared/ir/passPath';
import type { TensorType } from '../../../shared/ir/tensorType';
import type { LayerRow } from '../../../shared/passes/listLayers';

export type LayerRows = ReadonlyMap<string, LayerRow>;

interface Place {
  /** What stands before the ids in the paths of the rows. */
  prefix: string;
  body: Pick<Block, 'nodes' | 'wires'>;
  /** The call that the body belongs to, with the place where it stands. */
  caller: { node: DesignNode; place: Place } | null;
}

/** Null where it is not known. `port` null: the first. */
export function outputType(design: Design, rows: LayerRows, id: string, port: string | null): TensorType | null {
  const node = design.nodes.find((one) => one.id === id);
  return node ? typeAt({ prefix: '', body: design, caller: null }, node, port, design, rows) : null;
}

function typeAt(
  place: Place,
  node: DesignNode,
  port: string | null,
  design: Design,
  rows: LayerRows,
): TensorType | null {
  if (node.block === undefined) {
    if (place.caller && node.layer === 'Input') return inputOfCall(place.caller, node.id, design, rows);
    const outputs = rows.get(place.prefix + node.id)?.outputs;
    if (!outputs) return null;
    return (port === null ? Object.values(outputs)[0] : outputs[port]) ?? null;
  }
  const block = design.blocks[node.block];
  if (!block) return null;
  const exits = block.nodes.filter(({ layer }) => layer === 'Output');
  const exit = port === null ? exits[0] : exits.find(({ id }) => id === port);
  const wire = block.wires.find(({ to }) => splitEndpoint(to)[0] === exit?.id);
  if (!wire) return null;
  const [from, fromPort] = splitEndpoint(wire.from);
  const producer = block.nodes.find(({ id }) => id === from);
  const path = place.prefix + node.id;
  const prefix = passPath(path, node.times !== undefined, lastPass(path, node, rows));
  const inner: Place = { prefix, body: block, caller: { node, place } };
  return producer ? typeAt(inner, producer, fromPort, design, rows) : null;
}

/** The number of the last pass of a repeat, out of the rows that it left. */
function lastPass(path: string, node: DesignNode, rows: LayerRows): number {
  if (typeof node.times === 'number') return node.times - 1;
  let last = 0;
  for (const id of rows.keys()) {
    if (id.startsWith(`${path}/`)) last = Math.max(last, Number.parseInt(id.slice(path.length + 1), 10) || 0);
  }
  return last;
}

function inputOfCall(
  { node, place }: NonNullable<Place['caller']>,
  input: string,
  design: Design,
  rows: LayerRows,
): TensorType | null {
  const inputs = design.blocks[node.block ?? '']?.nodes.filter(({ layer }) => layer === 'Input') ?? [];
  const first = inputs[0]?.id === input;
  const wire = place.body.wires.find(({ to }) => {
    const [target, port] = splitEndpoint(to);
    return target === node.id && (port === null ? first : port === input);
  });
  if (!wire) return null;
  const [from, port] = splitEndpoint(wire.from);
  const producer = place.body.nodes.find(({ id }) => id === from);
  return producer ? typeAt(place, producer, port, design, rows) : null;
}

const counted = new WeakMap<LayerRows, Map<string, number>>();

/** Parameters of a node of the drawing, of all layers of a block together. */
export function parametersOf(rows: LayerRows, id: string): number {
  const before = counted.get(rows);
  const sums = before ?? new Map<string, number>();
  if (!before) {
    for (const row of rows.values()) {
      const node = row.id.split('/', 1)[0] ?? row.id;
      sums.set(node, (sums.get(node) ?? 0) + row.trainable + row.nonTrainable);
    }
    counted.set(rows, sums);
  }
  return sums.get(id) ?? 0;
}
