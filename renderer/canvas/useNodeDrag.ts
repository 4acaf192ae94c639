/** Dragging nodes: only what is dragged moves until it is let go, then it is one edit; with Alt a copy; onto a wire, into it. */
import type { NodeChange, OnNodeDrag } from '@xyflow/react';
import { useCallback, useRef } from 'react';
import { isProblem } from '../../shared/messages';
import { duplicateEdit } from '../state/drawing/clipboardEdits';
import { resolveWires, type WireEnds } from '../state/drawing/drawingPorts';
import { positionsOf, type Point } from '../state/drawing/geometry';
import { compound, moveEdit } from '../state/drawing/nodeEdits';
import { canStandInWire, threadEdits } from '../state/drawing/wireEdits';
import type { Studio } from '../state/studio';
import { useStudio, useStrings } from '../state/StudioContext';
import { useCanvasStore } from './canvasState';
import type { FlowNode } from './flowGraph';
import { strings } from './strings';
import { wireUnder } from './wireUnder';

interface NodeDrag {
  onNodesChange: (changes: NodeChange<FlowNode>[]) => void;
  onNodeDrag: OnNodeDrag<FlowNode>;
  onNodeDragStop: OnNodeDrag<FlowNode>;
}

export function useNodeDrag(): NodeDrag {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);
  /** The wires that the dragged node may be dropped into; found once a drag. */
  const candidates = useRef<{ id: string; wires: ReadonlyMap<string, WireEnds> } | null>(null);

  const onNodesChange = useCallback(
    (changes: NodeChange<FlowNode>[]) => {
      const moved = new Map(canvas.getState().moved ?? []);
      const { selection } = studio.view.getState();
      const selected = new Set(selection);
      let moves = false;
      for (const change of changes) {
        if (change.type === 'position' && change.position && change.dragging) {
          moved.set(change.id, [change.position.x, change.position.y]);
          moves = true;
        }
        if (change.type === 'select') selected[change.selected ? 'add' : 'delete'](change.id);
      }
      if (moves) canvas.setState({ moved });
      if (changes.some(({ type }) => type === 'select') && !sameSet(selected, selection))
        studio.view.getState().select(selected, studio.view.getState().selectedWires);
    },
    [studio, canvas],
  );

  const onNodeDrag: OnNodeDrag<FlowNode> = useCallback(
    (event, node, nodes) => {
      if (candidates.current?.id !== node.id)
        candidates.current = { id: node.id, wires: threadable(studio, node.id, nodes.length) };
      const { wires } = candidates.current;
      const found = wires.size === 0 ? null : wireUnder(clientPoint(event));
      canvas.setState({ dropWire: found !== null && wires.has(found) ? found : null });
    },
    [studio, canvas],
  );

  const onNodeDragStop: OnNodeDrag<FlowNode> = useCallback(
    (event, node) => {
      const { moved, dropWire } = canvas.getState();
      const into = dropWire === null ? undefined : candidates.current?.wires.get(dropWire);
      candidates.current = null;
      const { design } = studio.document.getState();
      if (moved && event.altKey) leaveCopy(studio, node.id, moved, words.duplicate);
      else if (moved) {
        const threads = into ? threadEdits(design, into.wire, node.id) : [];
        studio.document.getState().edit(words.move, compound([moveEdit(design, moved), ...threads]));
      }
      canvas.setState({ moved: null, dropWire: null });
    },
    [studio, canvas, words],
  );
  return { onNodesChange, onNodeDrag, onNodeDragStop };
}

/** Only a single node that hangs on nothing yet is put into a wire. */
function threadable({ document }: Studio, id: string, dragged: number): ReadonlyMap<string, WireEnds> {
  const { design } = document.getState();
  const node = design.nodes.find((one) => one.id === id);
  const wires = resolveWires(design);
  const loose = dragged === 1 && !wires.some(({ from, to }) => from === id || to === id);
  if (!node || !loose || !canStandInWire(node, design.blocks)) return new Map();
  return new Map(wires.map((wire) => [wire.id, wire]));
}

/** What was dragged stays, and copies stand where it was let go. */
function leaveCopy({ document, view }: Studio, id: string, moved: ReadonlyMap<string, Point>, label: string): void {
  const { design } = document.getState();
  const [from, to] = [positionsOf(design).get(id), moved.get(id)];
  if (!from || !to) return;
  const copies = duplicateEdit(design, new Set(moved.keys()), [to[0] - from[0], to[1] - from[1]]);
  if (isProblem(copies)) return;
  document.getState().edit(label, copies.edit);
  view.getState().select(copies.ids);
}

function clientPoint(event: Parameters<OnNodeDrag>[0]): Point {
  return 'clientX' in event ? [event.clientX, event.clientY] : [-1, -1];
}

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((one) => b.has(one));
}
