/** Edits of what the inspector shows: parameters of one node or of many alike, names, notes, entries of other registries. */
import type { Edit } from '../../shared/design/edits';
import type { Design, DesignNode } from '../../shared/design/schema';
import type { Entry, Param, ParamSchema } from '../../shared/ir/params';
import type { Json } from '../../shared/messages/define';
import { sameValue } from './fieldText';

const scope = 'main';

type Params = Readonly<Record<string, Json>>;

/** Undefined, and what equals the default, takes the entry away: the file says only what differs. */
export function withParam(params: Params, name: string, value: Json | undefined, param?: Param<unknown>): Params {
  const kept = value !== undefined && !(param && sameValue(param, value, param.default));
  const present = Object.prototype.hasOwnProperty.call(params, name);
  const entries = Object.entries(params).filter(([key]) => key !== name || kept);
  const placed = entries.map(([key, old]): [string, Json] => [key, key === name && value !== undefined ? value : old]);
  return Object.fromEntries(kept && !present ? [...placed, [name, value]] : placed);
}

export function updateNodes(
  design: Design,
  ids: ReadonlySet<string>,
  change: (node: DesignNode) => DesignNode | null,
): Edit {
  const edits = design.nodes.flatMap((node, at): Edit[] => {
    const changed = ids.has(node.id) ? change(node) : null;
    return changed ? [{ edit: 'updateNode', in: scope, id: node.id, node: changed, at }] : [];
  });
  const [only] = edits;
  return edits.length === 1 && only ? only : { edit: 'compound', edits };
}

export function paramEdit(
  design: Design,
  ids: ReadonlySet<string>,
  name: string,
  value: Json | undefined,
  param?: Param<unknown>,
): Edit {
  return updateNodes(design, ids, (node) => {
    // How often a block runs stands beside its parameters.
    if (name === 'times' && node.block !== undefined) return value === undefined ? null : { ...node, times: value };
    return { ...node, params: { ...withParam(node.params, name, value, param) } };
  });
}

export function noteEdit(design: Design, id: string, note: string): Edit {
  return updateNodes(design, new Set([id]), (node) => {
    const { note: before, ...rest } = node;
    if ((before ?? '') === note) return null;
    return note === '' ? rest : { ...rest, note };
  });
}

export function nameEdit(design: Design, id: string, name: string): Edit {
  return updateNodes(design, new Set([id]), (node) => {
    const { name: before, ...rest } = node;
    const wanted = name.trim();
    if ((before ?? node.id) === wanted) return null;
    return wanted === '' || wanted === node.id ? rest : { ...rest, name: wanted };
  });
}

/** An entry as it is written in the file, whichever of its two forms it has; null for what is neither. */
export function entryOf(value: unknown): Entry | null {
  if (typeof value === 'string') return { type: value };
  const given = value as Entry | null;
  return typeof given === 'object' && given !== null && typeof given.type === 'string' ? given : null;
}

/** Another type of the same registry. Parameters that both know, and that fit, are kept. */
export function changedEntry(before: Entry | null, definition: { type: string; params: ParamSchema }): Entry {
  const kept = Object.entries(before ?? {}).filter(([name, value]) => {
    const param = Object.prototype.hasOwnProperty.call(definition.params, name) ? definition.params[name] : undefined;
    return name !== 'type' && param !== undefined && 'value' in param.parse(value);
  });
  return { type: definition.type, ...Object.fromEntries(kept) };
}

/** The bare name where it has no parameters: as people write it. */
export function writtenEntry(entry: Entry): Json {
  return Object.keys(entry).length === 1 ? entry.type : { ...entry };
}
