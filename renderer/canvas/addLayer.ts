/** Adds the layer that a search, a drop or a click has chosen: one undo step, the new node selected, the layer remembered. */
import type { Edit } from '../../shared/design/edits';
import { applyEdit } from '../../shared/design/edits';
import { resolveWires } from '../state/drawing/drawingPorts';
import type { Point } from '../state/drawing/geometry';
import { compound } from '../state/drawing/nodeEdits';
import { addLayerAt, connectEdit, insertInWire } from '../state/drawing/wireEdits';
import { createWireJudge } from '../state/drawing/wireJudge';
import type { Studio } from '../state/studio';
import type { WireDraft } from './canvasState';
import { strings } from './strings';

export function commitLayer(studio: Studio, layer: string, label: string, edit: Edit, id: string): void {
  const { document, view, settings } = studio;
  document.getState().edit(label, edit);
  view.getState().select([id]);
  const { recentLayers } = settings.getState().settings;
  const recent = [layer, ...recentLayers.filter((one) => one !== layer)].slice(0, 12);
  settings.getState().change({ recentLayers: recent });
}

export function addAt(studio: Studio, layer: string, place: Point): string {
  const { edit, id } = addLayerAt(studio.document.getState().design, layer, place);
  commitLayer(studio, layer, strings[studio.language()].add(layer), edit, id);
  return id;
}

/** Where the layer cannot stand in the wire, it stands beside it, and that is said. */
export function insertAt(studio: Studio, layer: string, wire: string, place: Point): void {
  const { design } = studio.document.getState();
  const words = strings[studio.language()];
  const end = resolveWires(design).find(({ id }) => id === wire);
  const inserted = end ? insertInWire(design, end, layer) : null;
  if (inserted) return commitLayer(studio, layer, words.insert(layer), inserted.edit, inserted.id);
  addAt(studio, layer, place);
  if (end) studio.view.getState().notify({ kind: 'info', text: words.cannotInsert(layer) });
}

/** With the wire that was drawn to the place. */
export function addWired(studio: Studio, layer: string, draft: WireDraft, place: Point): void {
  const { design } = studio.document.getState();
  const added = addLayerAt(design, layer, place);
  const after = applyEdit(design, added.edit).design;
  const { judge } = createWireJudge(after, studio.derived.getState().layers);
  const other = { node: added.id, port: null };
  const verdict = draft.side === 'out' ? judge(draft.fixed, other) : judge(other, draft.fixed);
  const wires = verdict.fits ? [connectEdit(after, verdict.wire, [verdict.replaces])] : [];
  const label = strings[studio.language()].add(layer);
  commitLayer(studio, layer, label, compound([added.edit, ...wires]), added.id);
}
