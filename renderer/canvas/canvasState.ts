/** What lives only while the canvas is open: a name being edited, the layer search, a wire being dragged. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Wire } from '../../shared/design/schema';
import type { Point } from '../state/drawing/geometry';
import type { End, WireJudge } from '../state/drawing/wireJudge';
import type { Obstacles } from './wireRoute';

/** Where the search stands on the screen, where its layer comes to in the drawing, and what is wired to it. */
export interface SearchRequest {
  screen: Point;
  place: Point;
  wireFrom?: WireDraft;
  insertInto?: string;
}

/** A wire while it is drawn: its fixed end, and what judges where the other may come. */
export interface WireDraft {
  fixed: End;
  /** The side on which the fixed end is: a wire may be drawn backwards, from an input. */
  side: 'in' | 'out';
  judge: WireJudge['judge'];
  /** The wire that is being moved. */
  moves: Wire | null;
  /** Ports that refuse, by node: asked once for each that is seen. */
  refusals: Map<string, string>;
}

export interface CanvasState {
  renaming: string | null;
  search: SearchRequest | null;
  draft: WireDraft | null;
  /** Said beside the pointer while a wire is drawn. */
  hint: { at: Point; text: string; refused: boolean } | null;
  /** The node that would take the wire. */
  target: string | null;
  /** The wire that would take what is being dragged. */
  dropWire: string | null;
  /** Centres of nodes while they are dragged or fly to their new places. */
  moved: ReadonlyMap<string, Point> | null;
  obstacles: Obstacles;
  arranging: boolean;
}

export type CanvasStore = StoreApi<CanvasState>;

export function createCanvasStore(): CanvasStore {
  return createStore<CanvasState>(() => ({
    renaming: null,
    search: null,
    draft: null,
    hint: null,
    target: null,
    dropWire: null,
    moved: null,
    obstacles: { boxes: [], widest: 0 },
    arranging: false,
  }));
}

export const CanvasContext = createContext<CanvasStore | null>(null);

export function useCanvasStore(): CanvasStore {
  const store = useContext(CanvasContext);
  if (!store) throw new Error('useCanvasStore outside of the canvas');
  return store;
}

export function useCanvasState<Value>(select: (state: CanvasState) => Value): Value {
  return useStore(useCanvasStore(), select);
}
