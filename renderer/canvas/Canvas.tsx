/** The canvas: the drawing with its wires, and what floats over it: search, hints, legend, zoom, menu. */
import { ReactFlowProvider, useStore as useFlowStore } from '@xyflow/react';
import '@xyflow/react/dist/base.css';
import { ContextMenu } from 'radix-ui';
import { useCallback, useEffect, useRef, useState, type MouseEvent, type ReactNode } from 'react';
import type { Point } from '../state/drawing/geometry';
import { useStudio, useStudioState, useStrings } from '../state/StudioContext';
import classes from './Canvas.module.css';
import { CanvasMenu, type MenuPlace } from './CanvasMenu';
import { CanvasContext, createCanvasStore } from './canvasState';
import { EmptyCanvas } from './EmptyCanvas';
import { FlowSurface } from './FlowSurface';
import { GradientLegend } from './GradientLegend';
import { NodeSearch } from './NodeSearch';
import { strings } from './strings';
import { useArrange } from './useArrange';
import { useCanvasCommands } from './useCanvasCommands';
import { useLayerDrop } from './useLayerDrop';
import { WireHint } from './WireHint';
import { ZoomBar } from './ZoomBar';

export function Canvas(): ReactNode {
  const [store] = useState(createCanvasStore);
  return (
    <CanvasContext value={store}>
      <ReactFlowProvider>
        <CanvasSurface />
      </ReactFlowProvider>
    </CanvasContext>
  );
}

function CanvasSurface(): ReactNode {
  const { view } = useStudio();
  const words = useStrings(strings);
  const root = useRef<HTMLDivElement>(null);
  const pointer = useRef<Point | null>(null);
  const [place, setPlace] = useState<MenuPlace>('canvas');
  const { arrangeAll, placeMissing } = useArrange();
  const showOpened = useCanvasCommands(root, pointer, arrangeAll);
  const pointAt = usePointAt(setPlace);
  useOpened(placeMissing, showOpened);
  const bounds = useCallback(() => root.current?.getBoundingClientRect() ?? null, []);
  return (
    <ContextMenu.Root>
      <ContextMenu.Trigger asChild>
        <div
          ref={root}
          className={classes.canvas}
          data-feature="Canvas"
          data-detail={useDetail()}
          role="region"
          aria-label={words.canvas}
          tabIndex={0}
          onPointerDownCapture={(event) => {
            const field = (event.target as Element).closest('input, button');
            if (field || !root.current) return;
            root.current.dataset['pressed'] = '';
            root.current.focus({ preventScroll: true });
          }}
          onBlur={() => delete root.current?.dataset['pressed']}
          onPointerMove={(event) => (pointer.current = [event.clientX, event.clientY])}
          onPointerLeave={() => (pointer.current = null)}
          onContextMenuCapture={pointAt}
          onDoubleClick={(event) => {
            if ((event.target as Element).classList.contains('react-flow__pane')) view.getState().canvas?.search();
          }}
          {...useLayerDrop()}
        >
          <FlowSurface />
          <EmptyCanvas />
          <div className={classes.corner}>
            <ZoomBar />
          </div>
          <div className={classes.legend}>
            <GradientLegend />
          </div>
          <NodeSearch bounds={bounds} />
          <WireHint bounds={bounds} />
        </div>
      </ContextMenu.Trigger>
      <CanvasMenu place={place} />
    </ContextMenu.Root>
  );
}

/** Level of detail, as an attribute that the style sheets read: nothing renders anew while one zooms. */
function useDetail(): string {
  return useFlowStore(({ transform: [, , zoom] }) => (zoom < 0.2 ? 'colour' : zoom < 0.4 ? 'name' : 'full'));
}

/** Places for nodes that have none, and a first look at what was opened. */
function useOpened(placeMissing: () => Promise<boolean>, showOpened: () => void): void {
  const key = useStudioState('document', (state) => state.key);
  const unplaced = useStudioState('document', ({ design }) => design.nodes.some(({ position }) => !position));
  const show = useRef(showOpened);
  useEffect(() => {
    show.current = showOpened;
  });
  useEffect(() => {
    // The surface measures itself in its first frame.
    const frame = requestAnimationFrame(() => show.current());
    return () => cancelAnimationFrame(frame);
  }, [key]);
  useEffect(() => {
    if (!unplaced) return;
    void placeMissing().then((placed) => placed && show.current());
  }, [key, unplaced, placeMissing]);
}

/** The right button selects what it points at, unless that is selected already. */
function usePointAt(setPlace: (place: MenuPlace) => void): (event: MouseEvent) => void {
  const { view } = useStudio();
  return (event) => {
    const target = event.target as Element;
    const node = target.closest<HTMLElement>('[data-node]')?.dataset['node'];
    const wire = target.closest('[data-wire]')?.getAttribute('data-wire');
    const { selection, selectedWires, select } = view.getState();
    if (node !== undefined && !selection.has(node)) select([node]);
    else if (node === undefined && typeof wire === 'string' && !selectedWires.has(wire)) select([], [wire]);
    setPlace(node !== undefined ? 'node' : typeof wire === 'string' ? 'wire' : 'canvas');
  };
}
