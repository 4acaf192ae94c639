/** What is known of the drawing's data: asked of the main process whenever the data source changes. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataDescription, DataProgress } from '../../shared/ipc/studio/dataSchemas';
import type { DerivedStore } from './derivedStore';
import type { DocumentStore } from './documentStore';
import type { StudioClient } from './studioClient';

export interface DataState {
  description: DataDescription | null;
  /** Why nothing is known: a file that cannot be read, a parameter that does not fit. */
  problem: string | null;
  /** While it is being prepared. */
  progress: DataProgress | null;
  preparing: boolean;
  prepare: () => Promise<void>;
  cancel: () => void;
}

export type DataStore = StoreApi<DataState>;

export function createDataStore(client: StudioClient, document: DocumentStore, derived: DerivedStore): DataStore {
  let asked = 0;

  const show = (description: DataDescription): void => {
    store.setState({ description, problem: null });
    derived.getState().setData(description.info);
  };

  const ask = async (name: 'describeData' | 'prepareData'): Promise<void> => {
    asked += 1;
    const mine = asked;
    const { key, design } = document.getState();
    if (key === null || !design.data) {
      store.setState({ description: null, problem: null, progress: null });
      derived.getState().setData(null);
      return;
    }
    try {
      const description = await client.request(name, { key, data: design.data });
      if (mine === asked) show(description);
    } catch (error) {
      if (mine !== asked) return;
      store.setState({ description: null, problem: error instanceof Error ? error.message : String(error) });
      derived.getState().setData(null);
    }
  };

  const store = createStore<DataState>((set) => ({
    description: null,
    problem: null,
    progress: null,
    preparing: false,
    prepare: async () => {
      set({ preparing: true, progress: null });
      await ask('prepareData');
      set({ preparing: false, progress: null });
    },
    cancel: () => void client.request('cancelPreparation', {}).catch(() => undefined),
  }));

  document.subscribe((state, before) => {
    if (state.key !== before.key || state.design.data !== before.design.data) void ask('describeData');
  });
  client.onEvent((event) => {
    if (event.name === 'data') store.setState({ progress: event.payload });
  });
  return store;
}
