/** Curves and judgements of the runs that are looked at: fetched when wanted, again when a run has gone on. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { RunDetails, RunListing } from '../../shared/ipc/studio/runSchemas';
import type { RunsStore } from './runsStore';
import type { StudioClient } from './studioClient';
import { sentenceOf } from './sentenceOf';

export interface RunDetailsEntry {
  /** The last ones known; null until the first answer. */
  details: RunDetails | null;
  /** Why they could not be read, a sentence. */
  problem: string | null;
}

export interface RunDetailsState {
  entries: ReadonlyMap<string, RunDetailsEntry>;
  /** Says which runs are on the screen now; those are fetched and kept up to date. */
  want: (runs: readonly string[]) => void;
}

export type RunDetailsStore = StoreApi<RunDetailsState>;

/** Entries kept that nobody looks at. */
const mostKept = 60;
/** A run that trains is asked for again at most so often. */
const waitMilliseconds = 1000;

/** Points a curve, so that a hundred overlaid runs are no more work than ten. */
export function bucketsFor(runs: number): number {
  return Math.round(Math.min(2000, Math.max(200, 20_000 / Math.max(1, runs))));
}

/** What changes in the listing when there is more to see. */
function stampOf({ state, steps, epoch, test, problem }: RunListing): string {
  return JSON.stringify([state, steps, epoch, test, problem]);
}

export function createRunDetailsStore(
  client: StudioClient,
  runs: RunsStore,
  now: () => number = Date.now,
): RunDetailsStore {
  let wanted: readonly string[] = [];
  const asked = new Map<string, { stamp: string; buckets: number; at: number }>();
  const asking = new Set<string>();
  const timers = new Map<string, ReturnType<typeof setTimeout>>();

  const keep = (run: string, entry: RunDetailsEntry): void => {
    const entries = new Map(store.getState().entries);
    entries.delete(run);
    entries.set(run, entry);
    for (const id of entries.keys()) {
      if (entries.size <= mostKept) break;
      if (wanted.includes(id)) continue;
      entries.delete(id);
      asked.delete(id);
    }
    store.setState({ entries });
  };

  const ask = async (run: string, stamp: string): Promise<void> => {
    const buckets = bucketsFor(wanted.length);
    asking.add(run);
    asked.set(run, { stamp, buckets, at: now() });
    try {
      keep(run, { details: await client.request('runDetails', { run, buckets }), problem: null });
    } catch (error) {
      const problem = sentenceOf(error);
      keep(run, { details: store.getState().entries.get(run)?.details ?? null, problem });
    }
    asking.delete(run);
    if (wanted.includes(run)) consider(run);
  };

  const consider = (run: string): void => {
    const listing = runs.getState().runs?.find(({ id }) => id === run);
    if (!listing || asking.has(run) || timers.has(run)) return;
    const before = asked.get(run);
    const stamp = stampOf(listing);
    if (before && before.stamp === stamp && before.buckets >= bucketsFor(wanted.length)) return;
    const wait = before ? before.at + waitMilliseconds - now() : 0;
    if (wait <= 0) return void ask(run, stamp);
    timers.set(
      run,
      setTimeout(() => {
        timers.delete(run);
        if (wanted.includes(run)) consider(run);
      }, wait),
    );
  };

  const store = createStore<RunDetailsState>(() => ({
    entries: new Map(),
    want: (ids) => {
      wanted = ids;
      ids.forEach(consider);
    },
  }));
  runs.subscribe((state, before) => {
    if (state.runs !== before.runs) wanted.forEach(consider);
  });
  // Steps of the run that trains here arrive as frames, long before the list of runs is read anew.
  client.onEvent((event) => {
    if (event.name === 'frame' && wanted.includes(event.payload.run)) void runs.getState().refreshSoon();
  });
  return store;
}
