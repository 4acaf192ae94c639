/** What the window knows of files besides the drawing: recent ones, samples, those that were refused, a save in dispute. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RecentFile, SampleDesign } from '../../shared/ipc/studio/documentSchemas';
import type { StudioClient } from './studioClient';

/** A file that could not be opened. What was open stays open. */
export interface Refusal {
  id: number;
  file: string | null;
  problems: readonly string[];
}

export interface FilesState {
  /** Newest first. */
  recent: readonly RecentFile[];
  samples: readonly SampleDesign[];
  refusals: readonly Refusal[];
  /** Recent files that were not where they had been. */
  missing: ReadonlySet<string>;
  /** The file that somebody else wrote since it was read: the user decides whether it is replaced. */
  contested: string | null;
  refuse: (file: string | null, problems: readonly string[]) => void;
  dismiss: (id: number) => void;
  contest: (file: string | null) => void;
  forget: (file: string) => void;
}

export type FilesStore = StoreApi<FilesState>;

const mostRefusals = 5;

export function createFilesStore(
  client: StudioClient,
  { recent, samples }: Pick<FilesState, 'recent' | 'samples'>,
): FilesStore {
  let refused = 0;
  const store = createStore<FilesState>((set, get) => ({
    recent,
    samples,
    refusals: [],
    missing: new Set<string>(),
    contested: null,
    refuse: (file, problems) => {
      refused += 1;
      const others = get().refusals.filter((one) => one.file !== file);
      const missing = get().recent.some((one) => one.file === file) ? new Set([...get().missing, file ?? '']) : null;
      set({
        refusals: [...others, { id: refused, file, problems }].slice(-mostRefusals),
        ...(missing && { missing }),
      });
    },
    dismiss: (id) => set({ refusals: get().refusals.filter((one) => one.id !== id) }),
    contest: (contested) => set({ contested }),
    forget: (file) => {
      set({ recent: get().recent.filter((one) => one.file !== file) });
      void client.request('forgetRecent', { file }).catch(() => undefined);
    },
  }));
  client.onEvent((event) => {
    if (event.name === 'recent') store.setState({ recent: event.payload.recent, missing: new Set() });
  });
  return store;
}
