/** Arranges the drawing: when asked, as one step of undo; when it was opened without places, without any step. */
import { useCallback } from 'react';
import { moveEdit, rounded } from '../state/drawing/nodeEdits';
import { positionsOf, type Point } from '../state/drawing/geometry';
import { useStudio, useStrings } from '../state/StudioContext';
import { arrange } from './arrange';
import { useCanvasStore } from './canvasState';
import { glide } from './glide';
import { strings } from './strings';

interface Arranging {
  arrangeAll: () => Promise<void>;
  /** Gives places to nodes that have none; true where there were any. */
  placeMissing: () => Promise<boolean>;
}

export function useArrange(): Arranging {
  const { document, view } = useStudio();
  const canvas = useCanvasStore();
  const words = useStrings(strings);

  const arrangeAll = useCallback(async () => {
    const { design, key } = document.getState();
    if (design.nodes.length === 0 || canvas.getState().arranging) return;
    canvas.setState({ arranging: true });
    const { positions, plain } = await arrange(design);
    canvas.setState({ arranging: false });
    const now = document.getState();
    // What was drawn meanwhile was not asked about.
    if (now.key !== key || now.design.nodes !== design.nodes || now.design.wires !== design.wires) return;
    if (plain) view.getState().notify({ kind: 'info', text: words.arrangedPlainly });
    await glide(positionsOf(design), positions, (moved) => canvas.setState({ moved }));
    document.getState().edit(words.arrange, moveEdit(document.getState().design, positions));
    canvas.setState({ moved: null });
    view.getState().canvas?.fit();
  }, [document, view, canvas, words]);

  const placeMissing = useCallback(async () => {
    const { design, key } = document.getState();
    if (design.nodes.every(({ position }) => position)) return false;
    const none = design.nodes.every(({ position }) => !position);
    const positions = none ? (await arrange(design)).positions : positionsOf(design);
    const now = document.getState();
    if (now.key !== key) return false;
    const nodes = now.design.nodes.map((node) => {
      const at: Point | undefined = node.position ?? positions.get(node.id);
      return at && !node.position ? { ...node, position: rounded(at) } : node;
    });
    // Where nodes stand when a file does not say is no change of the user's: no step, nothing unsaved.
    document.setState({ design: { ...now.design, nodes } });
    return true;
  }, [document]);

  return { arrangeAll, placeMissing };
}
