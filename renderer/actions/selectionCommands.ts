/** What acts on the selected nodes: remove, connect, disconnect, nudge, walk along the flow. */
import { compound, moveEdit, removeAndReconnectEdit, removeEdit } from '../state/drawing/nodeEdits';
import { resolveWires } from '../state/drawing/drawingPorts';
import { positionsOf, type Point } from '../state/drawing/geometry';
import { refusalText } from '../state/drawing/refusalText';
import { breakEdit, connectEdit } from '../state/drawing/wireEdits';
import { createWireJudge } from '../state/drawing/wireJudge';
import type { Studio } from '../state/studio';
import { canvasStrings } from './canvasStrings';

export function removeSelected(studio: Studio, reconnect: boolean): void {
  const { document, view, derived } = studio;
  const { design } = document.getState();
  const { selection, selectedWires } = view.getState();
  const words = canvasStrings[studio.language()];
  const edit = reconnect
    ? removeAndReconnectEdit(design, derived.getState().layers, selection, selectedWires)
    : removeEdit(design, selection, selectedWires);
  document.getState().edit(reconnect ? words.delete : words.deleteOnly, edit);
  view.getState().select([]);
}

/** From the one further left to the other; the other way round only where that is what fits. */
export function connectSelected(studio: Studio): void {
  const { document, view, derived } = studio;
  const { design } = document.getState();
  const positions = positionsOf(design);
  const [first, second] = [...view.getState().selection].sort(
    (a, b) => (positions.get(a)?.[0] ?? 0) - (positions.get(b)?.[0] ?? 0),
  );
  if (first === undefined || second === undefined) return;
  const { judge } = createWireJudge(design, derived.getState().layers);
  const end = (node: string): { node: string; port: null } => ({ node, port: null });
  const onwards = judge(end(first), end(second));
  const verdict = onwards.fits ? onwards : judge(end(second), end(first));
  if (verdict.fits) {
    const words = canvasStrings[studio.language()];
    document.getState().edit(words.connect, connectEdit(design, verdict.wire, [verdict.replaces]));
  } else if (!onwards.fits)
    view.getState().notify({ kind: 'warning', text: refusalText(onwards.refusal, studio.language()) });
}

export function disconnectSelected(studio: Studio): void {
  const { document, view } = studio;
  const { design } = document.getState();
  const edits = [...view.getState().selection].map((id) => breakEdit(design, id, null, 'both'));
  document.getState().edit(canvasStrings[studio.language()].disconnect, compound(edits));
}

export function nudgeSelected(studio: Studio, dx: number, dy: number): void {
  const { document, view } = studio;
  const { design } = document.getState();
  const positions = positionsOf(design);
  const moved = new Map<string, Point>();
  for (const id of view.getState().selection) {
    const at = positions.get(id);
    if (at) moved.set(id, [at[0] + dx, at[1] + dy]);
  }
  document.getState().edit(canvasStrings[studio.language()].nudge, moveEdit(design, moved), { merge: 'nudge' });
}

/** Along the first wire; without a selection, or where the flow ends, to the first node or the last. */
export function selectNeighbour({ document, view }: Studio, way: 'next' | 'previous'): void {
  const { design } = document.getState();
  const { canvas, selection } = view.getState();
  const [current] = selection;
  const wires = resolveWires(design);
  const wire = wires.find(({ from, to }) => (way === 'next' ? from : to) === current);
  const ends = way === 'next' ? design.nodes[0] : design.nodes[design.nodes.length - 1];
  const found = wire ? (way === 'next' ? wire.to : wire.from) : current === undefined ? ends?.id : undefined;
  if (found !== undefined) canvas?.reveal(found);
}
