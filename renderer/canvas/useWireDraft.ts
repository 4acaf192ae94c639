/** Drawing a wire with the mouse: the library's gestures, our judgement of where it may end. */
import { useReactFlow, type FinalConnectionState, type HandleType, type OnConnectStartParams } from '@xyflow/react';
import { useEffect, type MouseEvent as ReactMouseEvent } from 'react';
import type { Point } from '../state/drawing/geometry';
import { refusalText } from '../state/drawing/refusalText';
import type { End } from '../state/drawing/wireJudge';
import { useStudio, useStrings } from '../state/StudioContext';
import { useCanvasStore } from './canvasState';
import type { FlowWire } from './flowGraph';
import { strings } from './strings';
import { beginDraft, endDraft, freeEnd, verdictOf } from './wireDraft';

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
  const { screenToFlowPosition, getInternalNode } = useReactFlow();
  useWireHint();

  const finish = (event: MouseEvent | TouchEvent, near: End | null): void => {
    const [x, y] = pointOf(event);
    const place = screenToFlowPosition({ x, y });
    endDraft(studio, canvas, [x, y], [place.x, place.y], near);
  };
  /** Moving an end is told twice; it has begun its own draft already. */
  const moving = (): boolean => Boolean(canvas.getState().draft?.moves);

  return {
    onConnectStart: (_event, { nodeId, handleId, handleType }) => {
      if (nodeId === null || moving()) return;
      beginDraft(studio, canvas, { node: nodeId, port: handleId }, handleType === 'target' ? 'in' : 'out', null);
    },
    onConnectEnd: (event, { toHandle }) => {
      if (moving()) return;
      const near = toHandle && getInternalNode(toHandle.nodeId);
      finish(event, near ? { node: toHandle.nodeId, port: toHandle.id ?? null } : null);
    },
    onReconnect: () => undefined,
    onReconnectStart: (_event, { source, sourceHandle, target, targetHandle, data }, handle) => {
      // `handle` names the end that stays.
      const [node, port] = handle === 'source' ? [source, sourceHandle] : [target, targetHandle];
      if (data) beginDraft(studio, canvas, { node, port: port ?? null }, handle === 'source' ? 'out' : 'in', data.wire);
    },
    onReconnectEnd: (event) => finish(event, null),
  };
}

/** Says beside the pointer why the wire cannot end there, or what it would replace. */
function useWireHint(): void {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  useEffect(() => {
    const follow = (event: PointerEvent): void => {
      const { draft } = canvas.getState();
      if (!draft) return;
      const at: Point = [event.clientX, event.clientY];
      const other = freeEnd(draft, at, null);
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
  }, [canvas, studio, words]);
}

function pointOf(event: MouseEvent | TouchEvent): Point {
  if ('clientX' in event) return [event.clientX, event.clientY];
  const touch = event.changedTouches[0];
  return [touch?.clientX ?? 0, touch?.clientY ?? 0];
}
