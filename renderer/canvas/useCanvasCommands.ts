/** What others may ask of the canvas, registered while it is there: zoom, reveal, search, append, arrange, focus. */
import { useReactFlow } from '@xyflow/react';
import { useEffect, type RefObject } from 'react';
import { boundsOf, boxesOf, type Box, type Point } from '../state/drawing/geometry';
import { appendLayer } from '../state/drawing/wireEdits';
import type { Studio } from '../state/studio';
import { useStudio } from '../state/StudioContext';
import type { CanvasCommands } from '../state/viewStore';
import { commitLayer } from './addLayer';
import { useCanvasStore, type CanvasStore } from './canvasState';
import { strings } from './strings';

type Flow = ReturnType<typeof useReactFlow>;

/** Nearer than this nothing is shown when it is fitted: one node need not fill the window. */
const nearestFit = 1.25;
export const farthestZoom = 0.02;
/** Below, a long drawing is shown from its start rather than whole but unreadable. */
const readableZoom = 0.45;
const openingZoom = 0.8;
const glideMilliseconds = 140;

export function useCanvasCommands(
  root: RefObject<HTMLDivElement | null>,
  pointer: RefObject<Point | null>,
  arrangeAll: () => Promise<void>,
): CanvasCommands['fit'] {
  const studio = useStudio();
  const canvas = useCanvasStore();
  const flow = useReactFlow();
  useEffect(() => {
    const commands = makeCommands(studio, canvas, flow, root, pointer, arrangeAll);
    studio.view.getState().set({ canvas: commands });
    return () => studio.view.getState().set({ canvas: null });
  }, [studio, canvas, flow, root, pointer, arrangeAll]);
  return () => showOpened(studio, flow, root.current);
}

function duration(): number {
  return window.matchMedia('(prefers-reduced-motion: reduce)').matches ? 0 : glideMilliseconds;
}

function makeCommands(
  studio: Studio,
  canvas: CanvasStore,
  flow: Flow,
  root: RefObject<HTMLDivElement | null>,
  pointer: RefObject<Point | null>,
  arrangeAll: () => Promise<void>,
): CanvasCommands {
  const { document, view } = studio;
  const middle = (): Point => {
    const box = root.current?.getBoundingClientRect();
    return box ? [box.left + box.width / 2, box.top + box.height / 2] : [0, 0];
  };
  const inDrawing = ([x, y]: Point): Point => {
    const at = flow.screenToFlowPosition({ x, y });
    return [at.x, at.y];
  };
  const show = (ids: ReadonlySet<string> | null): void => {
    const boxes = boxesOf(document.getState().design);
    const bounds = boundsOf([...boxes].filter(([id]) => ids === null || ids.has(id)).map(([, box]) => box));
    if (bounds) fitBox(flow, root.current, bounds, duration());
  };
  return {
    fit: () => show(null),
    fitSelection: () => show(view.getState().selection.size > 0 ? view.getState().selection : null),
    zoomIn: () => void flow.zoomIn({ duration: duration() }),
    zoomOut: () => void flow.zoomOut({ duration: duration() }),
    zoomTo: (zoom) => void flow.zoomTo(zoom, { duration: duration() }),
    reveal: (id) => {
      view.getState().select([id]);
      const box = boxesOf(document.getState().design).get(id);
      if (box) centreOn(flow, box, Math.max(flow.getZoom(), 0.7));
    },
    search: () => {
      const screen = pointer.current ?? middle();
      canvas.setState({ search: { screen, place: inDrawing(screen) } });
    },
    append: (layer) => {
      const { design } = document.getState();
      const [after = null] = [...view.getState().selection].slice(-1);
      const { edit, id } = appendLayer(design, layer, after, inDrawing(middle()));
      commitLayer(studio, layer, strings[studio.language()].add(layer), edit, id);
      const box = boxesOf(document.getState().design).get(id);
      if (box && !isSeen(flow, root.current, box)) centreOn(flow, box, flow.getZoom());
    },
    arrange: () => void arrangeAll(),
    focus: () => root.current?.focus({ preventScroll: true }),
    rename: (id) => canvas.setState({ renaming: id }),
    pointer: () => inDrawing(pointer.current ?? middle()),
  };
}

function centreOn(flow: Flow, { left, top, right, bottom }: Box, zoom: number): void {
  void flow.setCenter((left + right) / 2, (top + bottom) / 2, { zoom, duration: duration() });
}

function isSeen(flow: Flow, element: HTMLElement | null, { left, top, right, bottom }: Box): boolean {
  const box = element?.getBoundingClientRect();
  if (!box) return true;
  const first = flow.flowToScreenPosition({ x: left, y: top });
  const last = flow.flowToScreenPosition({ x: right, y: bottom });
  return first.x > box.left && first.y > box.top && last.x < box.right && last.y < box.bottom;
}

const margin = 40;

function zoomFor(element: HTMLElement | null, { left, top, right, bottom }: Box): number {
  const wide = (element?.clientWidth ?? 800) - 2 * margin;
  const high = (element?.clientHeight ?? 600) - 2 * margin;
  return Math.max(farthestZoom, Math.min(nearestFit, wide / (right - left), high / (bottom - top)));
}

function fitBox(flow: Flow, element: HTMLElement | null, box: Box, glide: number): void {
  const zoom = zoomFor(element, box);
  const { left, top, right, bottom } = box;
  void flow.setCenter((left + right) / 2, (top + bottom) / 2, { zoom, duration: glide });
}

/** A drawing that was just opened: whole where it can be read so, else from where data enter. */
function showOpened({ document }: Studio, flow: Flow, element: HTMLElement | null): void {
  const boxes = boxesOf(document.getState().design);
  const bounds = boundsOf(boxes.values());
  if (!bounds || !element) {
    void flow.setViewport({ x: 0, y: 0, zoom: 1 });
    return;
  }
  if (zoomFor(element, bounds) >= readableZoom) return fitBox(flow, element, bounds, 0);
  const first = [...boxes.values()].reduce((a, b) => (b.left < a.left ? b : a));
  void flow.setViewport({
    x: margin - bounds.left * openingZoom,
    y: element.clientHeight / 2 - ((first.top + first.bottom) / 2) * openingZoom,
    zoom: openingZoom,
  });
}
