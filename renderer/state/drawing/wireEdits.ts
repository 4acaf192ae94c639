/** Edits of the drawing's wires, made purely: connect, move an end, break, put a layer into a wire or after a node. */
import type { Edit } from '../../../shared/design/edits';
import type { Design, DesignNode, Wire } from '../../../shared/design/schema';
import { drawingPorts, resolveWires, type WireEnds } from './drawingPorts';
import { boxesOf, freePlace, gap, positionsOf, type Point } from './geometry';
import { compound, moveEdit, newLayer, rounded } from './nodeEdits';
import { shapeOf } from './nodeShape';

const scope = 'main';

/** `instead`: a wire that goes, because its port is taken or because its end was dragged here. */
export function connectEdit(design: Design, wire: Wire, instead: readonly (Wire | null)[] = []): Edit {
  const gone = [...new Set(instead)].flatMap((one) => (one ? [one] : []));
  const at = gone[0] ? design.wires.indexOf(gone[0]) : -1;
  return compound([
    ...gone.map((one): Edit => ({ edit: 'removeWire', in: scope, wire: one, at: design.wires.indexOf(one) })),
    { edit: 'addWire', in: scope, wire, ...(at < 0 ? {} : { at }) },
  ]);
}

/** All wires at a port, or at a node. */
export function breakEdit(design: Design, node: string, port: string | null, side: 'in' | 'out' | 'both'): Edit {
  const there = resolveWires(design).filter(
    ({ from, fromPort, to, toPort }) =>
      (side !== 'in' && from === node && (port === null || port === fromPort)) ||
      (side !== 'out' && to === node && (port === null || port === toPort)),
  );
  return compound(there.map(({ wire }): Edit => ({ edit: 'removeWire', in: scope, wire })));
}

export interface Inserted {
  edit: Edit;
  id: string;
}

/** Whether there is a way through it; an Input and an Output have none. */
export function canStandInWire(node: DesignNode, blocks: Design['blocks']): boolean {
  const { inputs, outputs } = drawingPorts(node, blocks);
  return inputs.length > 0 && outputs.length > 0;
}

/** Splits the wire: what it carried now goes through the node. The wire's place in the order stays. */
export function threadEdits(design: Design, wire: Wire, id: string): Edit[] {
  const at = design.wires.indexOf(wire);
  return [
    { edit: 'removeWire', in: scope, wire, at },
    { edit: 'addWire', in: scope, wire: { from: wire.from, to: id }, at },
    { edit: 'addWire', in: scope, wire: { from: id, to: wire.to }, at: at + 1 },
  ];
}

/** A new layer in a wire; everything from the wire's end on makes room for it. Null: that layer cannot stand in one. */
export function insertInWire(design: Design, { wire, from, to }: WireEnds, layer: string): Inserted | null {
  const node = newLayer(design, layer, [0, 0]);
  if (!canStandInWire(node, design.blocks)) return null;
  const boxes = boxesOf(design);
  const [source, target] = [boxes.get(from), boxes.get(to)];
  if (!source || !target) return null;
  const shape = shapeOf(node, design.blocks, 1);
  const room = shape.width + 2 * gap.along;
  const forward = target.left > source.right;
  const missing = forward ? Math.max(0, room - (target.left - source.right)) : 0;
  const middle = (source.top + source.bottom + target.top + target.bottom) / 4;
  const x = forward ? (source.right + target.left + missing) / 2 : (source.left + target.right) / 2;
  const placed = { ...node, position: rounded([x, middle]) };
  const positions = positionsOf(design);
  const moved = new Map<string, Point>();
  if (missing > 0)
    for (const [id, box] of boxes) {
      const at = positions.get(id);
      if (at && box.left >= target.left) moved.set(id, [at[0] + missing, at[1]]);
    }
  const others = [...boxes].map(([id, box]) =>
    moved.has(id) ? { ...box, left: box.left + missing, right: box.right + missing } : box,
  );
  placed.position = rounded(freePlace(others, placed.position, shape));
  const edits: Edit[] = [moveEdit(design, moved), { edit: 'addNode', in: scope, node: placed }];
  return { edit: compound([...edits, ...threadEdits(design, wire, node.id)]), id: node.id };
}

/**
 * A new layer after a node: into its wire where exactly one leads on, else behind it as a new end. `wanted` is the place
 * where there is no node to stand after.
 */
export function appendLayer(design: Design, layer: string, after: string | null, wanted: Point): Inserted {
  const node = newLayer(design, layer, [0, 0]);
  const shape = shapeOf(node, design.blocks, 0);
  const boxes = boxesOf(design);
  const source = design.nodes.find(({ id }) => id === after);
  const box = source && boxes.get(source.id);
  const ports = drawingPorts(node, design.blocks);
  const wired = source && drawingPorts(source, design.blocks).outputs.length > 0 && ports.inputs.length > 0;
  const onwards = resolveWires(design).filter(({ from }) => from === after);
  const [only] = onwards;
  const inserted = only && onwards.length === 1 && wired ? insertInWire(design, only, layer) : null;
  if (inserted) return inserted;
  const place: Point = box ? [box.right + gap.along + shape.width / 2, (box.top + box.bottom) / 2] : wanted;
  const placed = { ...node, position: rounded(freePlace([...boxes.values()], place, shape)) };
  const edits: Edit[] = [{ edit: 'addNode', in: scope, node: placed }];
  if (wired) edits.push({ edit: 'addWire', in: scope, wire: { from: source.id, to: node.id } });
  return { edit: compound(edits), id: node.id };
}

/** A new layer at a place, as near to it as is free. */
export function addLayerAt(design: Design, layer: string, at: Point): Inserted {
  const node = newLayer(design, layer, [0, 0]);
  const shape = shapeOf(node, design.blocks, 0);
  const position = rounded(freePlace([...boxesOf(design).values()], at, shape));
  return { edit: { edit: 'addNode', in: scope, node: { ...node, position } }, id: node.id };
}
