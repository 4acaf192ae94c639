/** The drawing and its history. Every change is an edit that leaves its inverse; selection is not part of it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { applyEdit, type Edit } from '../../shared/design/edits';
import { emptyDesign, type Design } from '../../shared/design/schema';
import type { OpenedDocument } from '../../shared/ipc/studio/documentSchemas';

/** One step of undo. `label` says what was done, in the user's language; edits with one `merge` key become one step. */
export interface HistoryEntry {
  label: string;
  inverse: Edit;
  merge: string | null;
  at: number;
  /** The revisions before and after it. */
  from: number;
  to: number;
}

interface Gesture {
  label: string;
  inverses: readonly Edit[];
  before: Design;
  from: number;
}

export interface DocumentState {
  /** Null on the welcome screen. */
  key: string | null;
  file: string | null;
  origin: OpenedDocument['origin'];
  /** When the journal that it was brought back from was written. */
  recovered: string | null;
  design: Design;
  /** Which state of its history the drawing is in: undoing brings an earlier number back. */
  revision: number;
  /** The revision that is in the file; null where the drawing was never saved but holds something to lose. */
  savedRevision: number | null;
  past: readonly HistoryEntry[];
  future: readonly HistoryEntry[];
  gesture: Gesture | null;
}

export interface DocumentActions {
  load: (document: OpenedDocument, design: Design) => void;
  /** Back to the welcome screen. */
  clear: () => void;
  /** One undo step, or part of the gesture that is going on. An edit that changes nothing leaves no step. */
  edit: (label: string, edit: Edit, options?: { merge?: string }) => void;
  /** A gesture (a drag, a slider) is one step, however many edits it makes. */
  begin: (label: string) => void;
  commit: () => void;
  cancel: () => void;
  undo: () => void;
  redo: () => void;
  /** `revision`: what was written; edits may have been made meanwhile. */
  markSaved: (file: string, revision: number) => void;
}

export type DocumentStore = StoreApi<DocumentState & DocumentActions>;

/** Steps kept; the oldest go first. */
const deepest = 1000;
/** Edits with the same merge key within this time are one step. */
const mergeMilliseconds = 1500;

const empty: DocumentState = {
  key: null,
  file: null,
  origin: 'new',
  recovered: null,
  design: emptyDesign(),
  revision: 0,
  savedRevision: null,
  past: [],
  future: [],
  gesture: null,
};

export function createDocumentStore(now: () => number = Date.now): DocumentStore {
  let revisions = 0;
  const fresh = (): number => (revisions += 1);
  return createStore((set, get) => {
    const push = (past: readonly HistoryEntry[], entry: HistoryEntry): readonly HistoryEntry[] => {
      const last = past[past.length - 1];
      const merges = entry.merge !== null && last?.merge === entry.merge && entry.at - last.at < mergeMilliseconds;
      // What was saved stays a step of its own, so that undoing leads back to it.
      if (!merges || last.to === get().savedRevision) return [...past, entry].slice(-deepest);
      const inverse: Edit = { edit: 'compound', edits: [entry.inverse, last.inverse] };
      return [...past.slice(0, -1), { ...entry, inverse, from: last.from }];
    };

    const step = (from: 'past' | 'future'): void => {
      const state = get();
      if (state.gesture) state.cancel();
      const { design, past, future } = get();
      const entry = (from === 'past' ? past : future).slice(-1)[0];
      if (!entry) return;
      const applied = applyEdit(design, entry.inverse);
      const back: HistoryEntry = { ...entry, inverse: applied.inverse, merge: null };
      const { design: next } = applied;
      if (from === 'past')
        set({ design: next, revision: entry.from, past: past.slice(0, -1), future: [...future, back] });
      else set({ design: next, revision: entry.to, past: [...past, back], future: future.slice(0, -1) });
    };

    return {
      ...empty,
      load: ({ key, file, origin, unsaved, recovered }, design) =>
        set(loaded({ key, file, origin, recovered, design, unsaved }, fresh())),
      clear: () => set(empty),
      edit: (label, edit, { merge } = {}) => {
        const { design, gesture, past, revision } = get();
        const applied = applyEdit(design, edit);
        if (applied.design === design) return;
        const to = fresh();
        if (gesture) {
          const inverses = [applied.inverse, ...gesture.inverses];
          set({ design: applied.design, revision: to, gesture: { ...gesture, inverses } });
          return;
        }
        const entry = { label, inverse: applied.inverse, merge: merge ?? null, at: now(), from: revision, to };
        set({ design: applied.design, revision: to, past: push(past, entry), future: [] });
      },
      begin: (label) => {
        if (get().gesture) get().commit();
        set({ gesture: { label, inverses: [], before: get().design, from: get().revision } });
      },
      commit: () => {
        const { gesture, past, revision: to } = get();
        if (!gesture) return;
        if (gesture.inverses.length === 0) return set({ gesture: null });
        const inverse: Edit = { edit: 'compound', edits: gesture.inverses };
        const { label, from } = gesture;
        set({ gesture: null, past: push(past, { label, inverse, merge: null, at: now(), from, to }), future: [] });
      },
      cancel: () => {
        const { gesture } = get();
        if (gesture) set({ gesture: null, design: gesture.before, revision: gesture.from });
      },
      undo: () => step('past'),
      redo: () => step('future'),
      markSaved: (file, revision) => set({ file, savedRevision: revision, origin: 'file', recovered: null }),
    };
  });
}

type Loaded = Pick<DocumentState, 'key' | 'file' | 'origin' | 'recovered' | 'design'> & { unsaved: boolean };

function loaded({ unsaved, ...document }: Loaded, revision: number): DocumentState {
  return { ...empty, ...document, revision, savedRevision: unsaved ? null : revision };
}

/** Whether something would be lost without the journal. */
export function isUnsaved({
  key,
  revision,
  savedRevision,
}: Pick<DocumentState, 'key' | 'revision' | 'savedRevision'>): boolean {
  return key !== null && revision !== savedRevision;
}
