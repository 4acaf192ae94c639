/** All runs there are, from the studio or the terminal, as the main process lists them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { StudioClient } from './studioClient';

export interface RunsState {
  /** Newest first; null until the first answer. */
  runs: readonly RunListing[] | null;
  problem: string | null;
  refresh: () => Promise<void>;
}

export type RunsStore = StoreApi<RunsState>;

export function createRunsStore(client: StudioClient): RunsStore {
  let asking: Promise<void> | null = null;
  let again = false;
  const ask = async (): Promise<void> => {
    try {
      const { runs } = await client.request('runs', {});
      store.setState({ runs, problem: null });
    } catch (error) {
      store.setState({ problem: error instanceof Error ? error.message : String(error) });
    }
    asking = null;
    if (again) {
      again = false;
      await refresh();
    }
  };
  const refresh = (): Promise<void> => {
    if (asking) again = true;
    asking ??= ask();
    return asking;
  };
  const store = createStore<RunsState>(() => ({ runs: null, problem: null, refresh }));
  client.onEvent((event) => {
    if (event.name === 'runsChanged') void refresh();
  });
  return store;
}
