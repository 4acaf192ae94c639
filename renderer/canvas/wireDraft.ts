/** Begins and ends the drawing of a wire: what it may join is judged once, what it joins is one edit. */
import type { Wire } from '../../shared/design/schema';
import type { Point } from '../state/drawing/geometry';
import { refusalText } from '../state/drawing/refusalText';
import { connectEdit } from '../state/drawing/wireEdits';
import { createWireJudge, type End, type Verdict } from '../state/drawing/wireJudge';
import type { Studio } from '../state/studio';
import type { CanvasStore, WireDraft } from './canvasState';
import { strings } from './strings';

export function beginDraft(
  { document, derived }: Studio,
  canvas: CanvasStore,
  fixed: End,
  side: WireDraft['side'],
  moves: Wire | null,
): void {
  const { judge } = createWireJudge(document.getState().design, derived.getState().layers, moves);
  canvas.setState({ draft: { fixed, side, judge, moves, refusals: new Map() }, search: null });
}

export function verdictOf({ fixed, side, judge }: WireDraft, other: End): Verdict {
  return side === 'out' ? judge(fixed, other) : judge(other, fixed);
}

/** Where the free end is: over a port, over a node, or over neither; then a port that is near counts as meant. */
export function freeEnd(draft: WireDraft, [x, y]: Point, near: End | null): End | null {
  const under = endUnder(x, y);
  return under && !(under.node === draft.fixed.node && near) ? under : near;
}

function endUnder(x: number, y: number): End | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const port = element.closest<HTMLElement>('[data-port]')?.dataset['port'];
    if (port !== undefined) return { node: port.slice(0, port.indexOf(':')), port: port.slice(port.indexOf(':') + 1) };
    const node = element.closest<HTMLElement>('[data-node]')?.dataset['node'];
    if (node !== undefined) return { node, port: null };
  }
  return null;
}

/** `place`: where the pointer is in the drawing. A moved end that is let go over nothing takes its wire away. */
export function endDraft(studio: Studio, canvas: CanvasStore, screen: Point, place: Point, near: End | null): void {
  const { draft } = canvas.getState();
  canvas.setState({ draft: null, hint: null, target: null });
  if (!draft) return;
  const words = strings[studio.language()];
  const drawing = studio.document.getState();
  const other = freeEnd(draft, screen, near);
  if (!other) {
    const onCanvas = Boolean(document.elementFromPoint(...screen)?.closest('.react-flow'));
    if (draft.moves) drawing.edit(words.removeWire, { edit: 'removeWire', in: 'main', wire: draft.moves });
    else if (onCanvas) canvas.setState({ search: { screen, place, wireFrom: draft } });
    return;
  }
  if (other.node === draft.fixed.node) return;
  const verdict = verdictOf(draft, other);
  if (verdict.fits) {
    const label = draft.moves ? words.reroute : words.connect;
    drawing.edit(label, connectEdit(drawing.design, verdict.wire, [draft.moves, verdict.replaces]));
  } else if (verdict.refusal.why !== 'exists')
    studio.view.getState().notify({ kind: 'warning', text: refusalText(verdict.refusal, studio.language()) });
}
