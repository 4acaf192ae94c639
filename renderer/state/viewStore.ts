/** What the user looks at: never saved with the drawing, never in its history. */
import { createStore, type StoreApi } from 'zustand/vanilla';

export type DockTab = 'training' | 'runs' | 'problems' | 'code';
export type DialogName = 'settings' | 'engines' | 'commands' | 'shortcuts' | 'about';

export interface NoticeAction {
  title: string;
  run: () => void;
}

/**
 * A sentence at the edge of the window; one with an action (Undo) waits longer, an error and what was brought back
 * after a crash wait for the user. `id` is new whenever it is said again.
 */
export interface Notice {
  id: number;
  kind: 'info' | 'warning' | 'error' | 'recovered';
  text: string;
  action?: NoticeAction;
  /** Where there is a choice. */
  actions?: readonly NoticeAction[];
  /** It is about the drawing and its file: settled when that is saved, or another one is opened. */
  ofDocument?: true;
}

/** What the canvas can be asked to do, while there is one. */
export interface CanvasCommands {
  fit: () => void;
  fitSelection: () => void;
  zoomIn: () => void;
  zoomOut: () => void;
  zoomTo: (zoom: number) => void;
  /** Centres a node and selects it. */
  reveal: (id: string) => void;
  /** Opens the node search at the middle, or at the pointer. */
  search: () => void;
  /** Adds a layer after the selection, or at the middle of what is seen. */
  append: (layer: string) => void;
  arrange: () => void;
  focus: () => void;
  /** Edits a node's name where it stands. */
  rename: (id: string) => void;
  /** Where the pointer is in the drawing, or the middle of what is seen. */
  pointer: () => readonly [number, number];
}

export interface ViewState {
  /** Ids of nodes in the drawing. */
  selection: ReadonlySet<string>;
  selectedWires: ReadonlySet<string>;
  dockTab: DockTab;
  dialog: DialogName | null;
  /** The user wants the window closed: what has to be asked first. */
  closing: { training: boolean } | null;
  notices: readonly Notice[];
  /** Step under the crosshair of any plot; null: none. */
  hoveredStep: number | null;
  /** Path of the weight group pointed at in a plot or on the canvas. */
  hoveredLayer: string | null;
  canvas: CanvasCommands | null;
  /** Runs that are overlaid in the runs panel, in the order in which they were picked. */
  comparedRuns: readonly string[];
  /** The run that the panels of one run show; null: the one that trains, or trained last. */
  shownRun: string | null;
}

export interface ViewActions {
  select: (ids: Iterable<string>, wires?: Iterable<string>) => void;
  showDock: (tab: DockTab) => void;
  openDialog: (dialog: DialogName | null) => void;
  notify: (notice: Omit<Notice, 'id'>) => void;
  dismiss: (id: number) => void;
  /** Takes away what was said about the drawing and its file. */
  settle: () => void;
  set: (patch: Partial<ViewState>) => void;
}

export type ViewStore = StoreApi<ViewState & ViewActions>;

const mostNotices = 4;

export function createViewStore(): ViewStore {
  let notices = 0;
  return createStore((set) => ({
    selection: new Set<string>(),
    selectedWires: new Set<string>(),
    dockTab: 'training',
    dialog: null,
    closing: null,
    notices: [],
    hoveredStep: null,
    hoveredLayer: null,
    canvas: null,
    comparedRuns: [],
    shownRun: null,
    select: (ids, wires = []) => set({ selection: new Set(ids), selectedWires: new Set(wires) }),
    showDock: (dockTab) => set({ dockTab }),
    openDialog: (dialog) => set({ dialog }),
    notify: (notice) =>
      set((state) => {
        notices += 1;
        const others = state.notices.filter(({ text }) => text !== notice.text);
        return { notices: [...others, { ...notice, id: notices }].slice(-mostNotices) };
      }),
    dismiss: (id) => set((state) => ({ notices: state.notices.filter((notice) => notice.id !== id) })),
    settle: () => set((state) => ({ notices: state.notices.filter(({ ofDocument }) => !ofDocument) })),
    set: (patch) => set(patch),
  }));
}
