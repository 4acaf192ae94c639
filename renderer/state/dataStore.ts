/** What is known of the drawing's data: asked of the main process whenever the data source changes. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { DataDescription, DataProgress } from '../../shared/ipc/studio/dataSchemas';
import type { Sample } from '../../shared/ipc/studio/runSchemas';
import type { DataConfig } from '../../shared/training/config';
import type { DerivedStore } from './derivedStore';
import type { DocumentStore } from './documentStore';
import type { StudioClient } from './studioClient';
import { sentenceOf } from './sentenceOf';

export interface DataState {
  description: DataDescription | null;
  /** Why nothing is known: a file that cannot be read, a parameter that does not fit. */
  problem: string | null;
  /** The first samples of the training part; null where they cannot be had (yet). */
  samples: readonly Sample[] | null;
  /** While it is being prepared. */
  progress: DataProgress | null;
  preparing: boolean;
  prepare: () => Promise<void>;
  cancel: () => void;
}

export type DataStore = StoreApi<DataState>;

/** While somebody types a file name or a number, not every key asks. */
const waitMilliseconds = 150;

/** Samples that are looked at. */
const mostSamples = 120;

/** Calls `work` after so many milliseconds; the answer calls it off. */
export type Wait = (work: () => void, milliseconds: number) => () => void;

const byTimer: Wait = (work, milliseconds) => {
  const timer = setTimeout(work, milliseconds);
  return () => clearTimeout(timer);
};

export function createDataStore(
  client: StudioClient,
  document: DocumentStore,
  derived: DerivedStore,
  wait: Wait = byTimer,
): DataStore {
  let callOff = (): void => undefined;
  const store = createStore<DataState>((set, get) => ({
    description: null,
    problem: null,
    samples: null,
    progress: null,
    preparing: false,
    prepare: async () => {
      if (get().preparing) return;
      set({ preparing: true, progress: null, problem: null });
      await questions.ask('prepareData');
      set({ preparing: false, progress: null });
    },
    cancel: () => void client.request('cancelPreparation', {}).catch(() => undefined),
  }));
  const questions = createQuestions(client, document, derived, store);

  document.subscribe((state, before) => {
    if (state.key === before.key && state.design.data === before.design.data) return;
    // What was found in other data must not be held against the drawing, not even for a moment.
    if (state.key !== before.key || !sameOrigin(state.design.data, before.design.data)) questions.forget();
    callOff();
    callOff = wait(() => void questions.ask('describeData'), state.key !== before.key ? 0 : waitMilliseconds);
  });
  client.onEvent((event) => {
    if (event.name === 'data') store.setState({ progress: event.payload });
  });
  return store;
}

interface Questions {
  ask: (name: 'describeData' | 'prepareData') => Promise<void>;
  /** Answers that are still on their way do not count any more. */
  forget: () => void;
}

function createQuestions(
  client: StudioClient,
  document: DocumentStore,
  derived: DerivedStore,
  store: DataStore,
): Questions {
  let asked = 0;
  const nothing = (problem: string | null): void => {
    store.setState({ description: null, samples: null, problem });
    derived.getState().setData(null);
  };
  const show = (description: DataDescription): void => {
    store.setState({ description, problem: null });
    derived.getState().setData(description.info);
  };
  const askSamples = async (mine: number, key: string, data: DataConfig, found: DataDescription): Promise<void> => {
    const count = Math.min(found.info?.counts.train ?? 0, mostSamples);
    if (count === 0 || !isReady(found)) return;
    const indices = Array.from({ length: count }, (_, index) => index);
    try {
      const { samples } = await client.request('dataSamples', { key, data, part: 'train', indices });
      if (mine !== asked) return;
      store.setState({ samples });
      // Reading has prepared it: now the counts of its classes are known.
      if (found.preparedBytes !== null) return;
      const description = await client.request('describeData', { key, data });
      if (mine === asked) show(description);
    } catch {
      // The pictures are an extra: what is wrong with the data has been said already.
    }
  };
  return {
    forget: () => {
      asked += 1;
      nothing(null);
    },
    ask: async (name) => {
      asked += 1;
      const mine = asked;
      const { key, design } = document.getState();
      if (key === null || !design.data) return nothing(null);
      try {
        const description = await client.request(name, { key, data: design.data });
        if (mine !== asked) return;
        show(description);
        await askSamples(mine, key, design.data, description);
      } catch (error) {
        if (mine !== asked) return;
        const problem = sentenceOf(error);
        // What was known before a preparation failed is still true.
        if (name === 'prepareData') store.setState({ problem });
        else nothing(problem);
      }
    },
  };
}

function sameOrigin(one: DataConfig | undefined, other: DataConfig | undefined): boolean {
  return one?.source === other?.source && one?.['file'] === other?.['file'];
}

/** Whether its samples can be read without preparing it first. */
function isReady({ origin, preparedBytes }: DataDescription): boolean {
  return preparedBytes !== null || origin === 'bundled' || origin === 'generated';
}
