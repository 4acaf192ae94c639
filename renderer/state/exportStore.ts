/** Taking the drawing away as code: what the code panel shows, where it was written last, and whether it was proved. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Verification } from '../../shared/ipc/studio/exportSchemas';
import type { Target } from '../../shared/ir/emit/emission';
import type { Json } from '../../shared/messages/define';
import type { DocumentStore } from './documentStore';
import type { SettingsStore } from './settingsStore';
import type { StudioClient } from './studioClient';
import { sentenceOf } from './sentenceOf';

/** Text by file, as it was shown when it was written. */
export type Texts = ReadonlyMap<string, string>;

export interface SavedCode {
  target: Target;
  folder: string;
  files: number;
  bytes: number;
  /** Bytes of data that were left out as too many. */
  leftOut: number | null;
  texts: Texts;
}

export interface ExportState {
  target: Target;
  /** The file that is shown; of another target its first one. */
  path: string;
  /** The run whose best weights are written; null: first values. */
  run: string | null;
  /** What has changed since it was written is marked. */
  changes: boolean;
  busy: 'saving' | 'verifying' | null;
  saved: SavedCode | null;
  /** A folder that has something in it which is not ours. */
  taken: { folder: string; message: string } | null;
  verified: Verification | null;
  problem: string | null;
  set: (patch: Partial<Pick<ExportState, 'target' | 'path' | 'run' | 'changes' | 'taken'>>) => void;
  save: (where: 'ask' | 'again' | 'replace', texts: Texts) => Promise<void>;
  verify: () => Promise<void>;
  cancel: () => Promise<void>;
}

export type ExportStore = StoreApi<ExportState>;

export function createExportStore(client: StudioClient, document: DocumentStore, settings: SettingsStore): ExportStore {
  const store = createStore<ExportState>((set, get) => {
    const attempt = async (busy: 'saving' | 'verifying', work: () => Promise<Partial<ExportState>>): Promise<void> => {
      if (get().busy) return;
      set({ busy, problem: null });
      try {
        set({ ...(await work()), busy: null });
      } catch (error) {
        set({ busy: null, problem: sentenceOf(error) });
      }
    };
    return {
      ...{ target: 'pytorch', path: '', run: null, changes: false },
      ...{ busy: null, saved: null, taken: null, verified: null, problem: null },
      set: (patch) => set(patch),
      save: (where, texts) =>
        attempt('saving', async () => {
          const { target, run } = get();
          const { key, design: drawn } = document.getState();
          if (key === null) return {};
          const design = JSON.parse(JSON.stringify(drawn)) as Json;
          const { opset } = settings.getState().settings;
          const answer = await client.request('exportCode', { key, design, target, opset, run, where });
          if (answer.outcome === 'cancelled') return { taken: null };
          if (answer.outcome === 'taken') return { taken: { folder: answer.folder, message: answer.message } };
          const { folder, files, bytes, leftOut } = answer;
          const saved = { target, folder, files: files.length, bytes, leftOut, texts };
          return { saved, taken: null, verified: null };
        }),
      verify: () => attempt('verifying', async () => ({ verified: await client.request('verifyExport', {}) })),
      cancel: async () => void (await client.request('cancelVerification', {})),
    };
  });
  document.subscribe(({ key }, before) => {
    if (key !== before.key) store.setState({ saved: null, taken: null, verified: null, problem: null, run: null });
  });
  return store;
}
