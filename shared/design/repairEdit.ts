/** Turns a repair that a diagnostic offers into edits, so that it is undone like any other change. */
import type { Diagnostic } from '../messages';
import type { Json, Repair, RepairAction } from '../messages/define';
import { applyEdit, type Edit } from './edits';
import { findWireInto, splitEndpoint } from './endpoints';
import { freshId } from './freshId';
import type { Block, Design, DesignNode } from './schema';

/** Actions that act on what is no longer there are left out. */
export function repairEdit(design: Design, diagnostic: Pick<Diagnostic, 'anchor'>, repair: Repair): Edit {
  const scope = diagnostic.anchor?.function ?? 'main';
  const edits: Edit[] = [];
  let current = design;
  for (const action of repair.actions) {
    for (const edit of editsOf(current, scope, diagnostic.anchor?.node ?? '', action)) {
      edits.push(edit);
      current = applyEdit(current, edit).design;
    }
  }
  return { edit: 'compound', edits };
}

function editsOf(design: Design, scope: string, anchor: string, action: RepairAction): Edit[] {
  const body = scope === 'main' ? design : design.blocks[scope];
  if (action.action === 'setTraining') return [{ edit: 'setTraining', path: action.path, value: action.value }];
  if (action.action === 'setData') return [{ edit: 'setData', path: action.path, value: action.value }];
  if (!body) return [];
  if (action.action === 'addWire') return [{ edit: 'addWire', in: scope, wire: { from: action.from, to: action.to } }];
  if (action.action === 'removeWire')
    return [{ edit: 'removeWire', in: scope, wire: { from: action.from, to: action.to } }];
  if (action.action === 'addNode') return addNode(body, scope, action);
  const id = action.node ?? anchor;
  const node = body.nodes.find((one) => one.id === id);
  if (!node) return [];
  if (action.action === 'insertBefore') return insertBefore(body, scope, node, action);
  if (action.action === 'removeNode') return removeNode(body, scope, node);
  return [{ edit: 'updateNode', in: scope, id, node: changeNode(node, action) }];
}

type NodeAction = Extract<
  RepairAction,
  { action: 'setParam' | 'renameParam' | 'removeParam' | 'setLayer' | 'ownWeights' }
>;

function changeNode(node: DesignNode, action: NodeAction): DesignNode {
  switch (action.action) {
    case 'setParam':
      if (action.param === 'times' && node.block !== undefined) return { ...node, times: action.value };
      return { ...node, params: { ...node.params, [action.param]: action.value } };
    case 'renameParam':
      return { ...node, params: renamed(node.params, action.param, action.to) };
    case 'removeParam':
      return { ...node, params: renamed(node.params, action.param, null) };
    case 'setLayer':
      return node.block === undefined ? { ...node, layer: action.layer } : node;
    case 'ownWeights': {
      const kept = { ...node };
      delete kept.weightsOf;
      return kept;
    }
  }
}

function renamed(params: Readonly<Record<string, Json>>, from: string, to: string | null): Record<string, Json> {
  const kept = Object.entries(params).filter(([name]) => name !== to && (name !== from || to !== null));
  return Object.fromEntries(kept.map(([name, value]) => [name === from && to !== null ? to : name, value]));
}

type Body = Pick<Block, 'nodes' | 'wires'>;

function newNode(body: Body, action: { layer: string; params: Record<string, Json> }, beside: DesignNode): DesignNode {
  const id = freshId(action.layer, new Set(body.nodes.map((node) => node.id)));
  const at = beside.position;
  return { id, layer: action.layer, params: action.params, ...(at ? { position: [at[0], at[1]] } : {}) };
}

/** Splits the wire at the port; the new node takes the place of the old one and moves it one step on. */
function insertBefore(
  body: Body,
  scope: string,
  node: DesignNode,
  action: Extract<RepairAction, { action: 'insertBefore' }>,
): Edit[] {
  const wire = findWireInto(body.wires, node.id, action.port);
  if (!wire) return [];
  const added = newNode(body, action, node);
  const at = body.wires.indexOf(wire);
  const from = body.nodes.find(({ id }) => id === splitEndpoint(wire.from)[0])?.position;
  const placed: DesignNode =
    from && node.position
      ? { ...added, position: [(from[0] + node.position[0]) / 2, (from[1] + node.position[1]) / 2] }
      : added;
  return [
    { edit: 'addNode', in: scope, node: placed, at: body.nodes.indexOf(node) },
    { edit: 'removeWire', in: scope, wire, at },
    { edit: 'addWire', in: scope, wire: { from: wire.from, to: added.id }, at },
    { edit: 'addWire', in: scope, wire: { from: added.id, to: wire.to }, at: at + 1 },
  ];
}

/** Closes the gap: what came in goes to everything that was fed from the node. */
function removeNode(body: Body, scope: string, node: DesignNode): Edit[] {
  const into = body.wires.find((wire) => splitEndpoint(wire.to)[0] === node.id);
  const onwards = body.wires.filter((wire) => splitEndpoint(wire.from)[0] === node.id);
  const bridges = into ? onwards.map((wire) => ({ from: into.from, to: wire.to })) : [];
  return [
    { edit: 'removeNode', in: scope, id: node.id },
    ...bridges.map((wire): Edit => ({ edit: 'addWire', in: scope, wire })),
  ];
}

function addNode(body: Body, scope: string, action: Extract<RepairAction, { action: 'addNode' }>): Edit[] {
  const after = body.nodes.find(({ id }) => id === action.after);
  if (!after) return [];
  const added = newNode(body, action, after);
  const [x, y] = added.position ?? [0, 0];
  const node: DesignNode = added.position ? { ...added, position: [x + 220, y] } : added;
  return [
    { edit: 'addNode', in: scope, node },
    { edit: 'addWire', in: scope, wire: { from: after.id, to: node.id } },
  ];
}
