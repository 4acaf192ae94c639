/** All runs there are, from the studio or the terminal, as the main process lists them. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunListing } from '../../shared/ipc/studio/runSchemas';
import type { StudioClient } from './studioClient';
import { sentenceOf } from './sentenceOf';

export interface RunsState {
  /** Newest first; null until the first answer. */
  runs: readonly RunListing[] | null;
  problem: string | null;
  refresh: () => Promise<void>;
  /** At most once a second, however often it is asked for. */
  refreshSoon: () => void;
}

export type RunsStore = StoreApi<RunsState>;

const soonMilliseconds = 1000;

export function createRunsStore(client: StudioClient): RunsStore {
  let asking: Promise<void> | null = null;
  let again = false;
  let timer: ReturnType<typeof setTimeout> | null = null;
  const ask = async (): Promise<void> => {
    try {
      const { runs } = await client.request('runs', {});
      store.setState({ runs: sameWhereEqual(store.getState().runs, runs), problem: null });
    } catch (error) {
      store.setState({ problem: sentenceOf(error) });
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
  const refreshSoon = (): void => {
    timer ??= setTimeout(() => {
      timer = null;
      void refresh();
    }, soonMilliseconds);
  };
  const store = createStore<RunsState>(() => ({ runs: null, problem: null, refresh, refreshSoon }));
  client.onEvent((event) => {
    if (event.name === 'runsChanged') void refresh();
  });
  return store;
}

/** A run that has not changed stays the same object, so that its row is not drawn again. */
function sameWhereEqual(before: readonly RunListing[] | null, now: readonly RunListing[]): readonly RunListing[] {
  const known = new Map((before ?? []).map((run) => [run.id, run]));
  return now.map((run) => {
    const was = known.get(run.id);
    return was && JSON.stringify(was) === JSON.stringify(run) ? was : run;
  });
}
