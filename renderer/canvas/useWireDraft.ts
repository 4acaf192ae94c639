/** Drawing a wire: what may take it is judged while it is drawn, the whole node is a target, and empty canvas asks what to add. */
import { useReactFlow, type FinalConnectionState, type HandleType, type OnConnectStartParams } from '@xyflow/react';
import { useCallback, useEffect, type MouseEvent as ReactMouseEvent } from 'react';
import type { Wire } from '../../shared/design/schema';
import { refusalText } from '../state/drawing/refusalStrings';
import { connectEdit } from '../state/drawing/wireEdits';
import { createWireJudge, type End, type Verdict } from '../state/drawing/wireJudge';
import { useStudio, useStrings } from '../state/StudioContext';
import { useCanvasStore, type WireDraft } from './canvasState';
import type { FlowWire } from './flowGraph';
import { strings } from './strings';

/** Where the free end is: over a port, over a node, or over neither. */
export function endUnder(x: number, y: number, document: Document): End | null {
  for (const element of document.elementsFromPoint(x, y)) {
    const port = element.closest<HTMLElement>('[data-port]')?.dataset['port'];
    if (port !== undefined) return { node: port.slice(0, port.indexOf(':')), port: port.slice(port.indexOf(':') + 1) };
    const node = element.closest<HTMLElement>('[data-node]')?.dataset['node'];
    if (node !== undefined) return { node, port: null };
  }
  return null;
}

function verdictOf({ fixed, side, judge }: WireDraft, other: End): Verdict {
  return side === 'out' ? judge(fixed, other) : judge(other, fixed);
}

interface WireDraftHandlers {
  onConnectStart: (event: MouseEvent | TouchEvent, params: OnConnectStartParams) => void;
  onConnectEnd: (event: MouseEvent | TouchEvent, state: FinalConnectionState) => void;
  /** Without it the library lets no end be moved; what is to be done is known when it is let go. */
  onReconnect: () => void;
  onReconnectStart: (event: ReactMouseEvent, wire: FlowWire, handle: HandleType) => void;
  onReconnectEnd: (event: MouseEvent | TouchEvent) => void;
}

export function useWireDraft(): WireDraftHandlers {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  const { screenToFlowPosition, getInternalNode } = useReactFlow();

  const begin = useCallback(
    (fixed: End, side: WireDraft['side'], moves: Wire | null) => {
      const { judge } = createWireJudge(studio.document.getState().design, studio.derived.getState().layers, moves);
      canvas.setState({ draft: { fixed, side, judge, moves, refusals: new Map() }, search: null });
    },
    [studio, canvas],
  );

  /** A port that is near counts as meant, unless the pointer is on another node. */
  const targetAt = useCallback((draft: WireDraft, x: number, y: number, near: End | null): End | null => {
    const under = endUnder(x, y, document);
    if (under && !(under.node === draft.fixed.node && near)) return under;
    return near;
  }, []);

  useEffect(() => {
    const follow = (event: PointerEvent): void => {
      const { draft } = canvas.getState();
      if (!draft) return;
      const at = [event.clientX, event.clientY] as const;
      const other = targetAt(draft, at[0], at[1], null);
      if (!other || other.node === draft.fixed.node) return canvas.setState({ hint: null, target: null });
      const verdict = verdictOf(draft, other);
      const refusal = verdict.fits ? null : refusalText(verdict.refusal, studio.language());
      const text = refusal ?? (verdict.fits && verdict.replaces ? words.replaces : null);
      canvas.setState({
        hint: text === null ? null : { at, text, refused: refusal !== null },
        target: verdict.fits ? other.node : null,
      });
    };
    window.addEventListener('pointermove', follow);
    return () => window.removeEventListener('pointermove', follow);
  }, [canvas, studio, words, targetAt]);

  const finish = useCallback(
    (x: number, y: number, near: End | null) => {
      const { draft } = canvas.getState();
      canvas.setState({ draft: null, hint: null, target: null });
      if (!draft) return;
      const { document: drawing } = studio;
      const { design } = drawing.getState();
      const other = targetAt(draft, x, y, near);
      const onCanvas = document.elementFromPoint(x, y)?.closest('.react-flow') !== null;
      if (!other) {
        if (draft.moves) drawing.getState().edit(words.removeWire, removal(draft.moves));
        else if (onCanvas) {
          const { x: left, y: top } = screenToFlowPosition({ x, y });
          canvas.setState({ search: { screen: [x, y], place: [left, top], wireFrom: draft } });
        }
        return;
      }
      if (other.node === draft.fixed.node) return;
      const verdict = verdictOf(draft, other);
      if (verdict.fits) {
        const label = draft.moves ? words.reroute : words.connect;
        drawing.getState().edit(label, connectEdit(design, verdict.wire, [draft.moves, verdict.replaces]));
      } else if (verdict.refusal.why !== 'exists')
        studio.view.getState().notify({ kind: 'warning', text: refusalText(verdict.refusal, studio.language()) });
    },
    [canvas, studio, words, screenToFlowPosition, targetAt],
  );

  const nearEnd = (state: FinalConnectionState): End | null => {
    const handle = state.toHandle;
    return handle && getInternalNode(handle.nodeId) ? { node: handle.nodeId, port: handle.id ?? null } : null;
  };

  return {
    onConnectStart: (_event, { nodeId, handleId, handleType }) => {
      if (nodeId === null) return;
      // Moving an end has begun its own draft already.
      if (canvas.getState().draft?.moves) return;
      begin({ node: nodeId, port: handleId }, handleType === 'target' ? 'in' : 'out', null);
    },
    onConnectEnd: (event, state) => {
      if (canvas.getState().draft?.moves) return;
      const { clientX, clientY } = pointOf(event);
      finish(clientX, clientY, nearEnd(state));
    },
    onReconnect: () => undefined,
    onReconnectStart: (_event, wire, handle) => {
      // `handle` names the end that stays.
      const stays = handle === 'source';
      const fixed = stays
        ? { node: wire.source, port: wire.sourceHandle ?? null }
        : { node: wire.target, port: wire.targetHandle ?? null };
      if (wire.data) begin(fixed, stays ? 'out' : 'in', wire.data.wire);
    },
    onReconnectEnd: (event) => {
      const { clientX, clientY } = pointOf(event);
      finish(clientX, clientY, null);
    },
  };
}

function removal(wire: Wire): { edit: 'removeWire'; in: string; wire: Wire } {
  return { edit: 'removeWire', in: 'main', wire };
}

function pointOf(event: MouseEvent | TouchEvent): { clientX: number; clientY: number } {
  if ('clientX' in event) return event;
  const touch = event.changedTouches[0];
  return { clientX: touch?.clientX ?? 0, clientY: touch?.clientY ?? 0 };
}
