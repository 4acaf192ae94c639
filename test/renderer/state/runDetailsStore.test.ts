/** Details of runs are fetched when they are looked at, again when the run has gone on, and never more often than needed. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bucketsFor, createRunDetailsStore, type RunDetailsStore } from '../../../renderer/state/runDetailsStore';
import { createRunsStore, type RunsStore } from '../../../renderer/state/runsStore';
import type { StudioClient } from '../../../renderer/state/studioClient';
import type { RunListing } from '../../../shared/ipc/studio/runSchemas';
import { someDetails, someRun } from '../compare/someRun';

type Event = Parameters<Parameters<StudioClient['onEvent']>[0]>[0];

/** A main process with these runs; remembers what it was asked. */
function mainWith(listed: RunListing[]) {
  const asked: { name: string; run?: string; buckets?: number }[] = [];
  const listeners = new Set<(event: Event) => void>();
  const main = {
    runs: listed,
    fails: false,
    asked,
    tell: (event: Event) => listeners.forEach((listener) => listener(event)),
    of: (run: string) => asked.filter((one) => one.name === 'runDetails' && one.run === run),
    client: {
      request: (name: string, payload: { run?: string; buckets?: number }) => {
        asked.push({ name, ...payload });
        if (name === 'runs') return Promise.resolve({ runs: structuredClone(main.runs) });
        if (main.fails) return Promise.reject(new Error('The disk is gone.'));
        const listing = main.runs.find(({ id }) => id === payload.run);
        return Promise.resolve(someDetails(listing ? { listing } : {}));
      },
      onEvent: (listener: (event: Event) => void) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      disconnect: () => undefined,
    } as unknown as StudioClient,
  };
  return main;
}

describe('the details of runs', () => {
  let main: ReturnType<typeof mainWith>;
  let runs: RunsStore;
  let store: RunDetailsStore;

  beforeEach(async () => {
    vi.useFakeTimers();
    main = mainWith([someRun({ id: 'a' }), someRun({ id: 'b', state: 'running', steps: 10 })]);
    runs = createRunsStore(main.client);
    store = createRunDetailsStore(main.client, runs, Date.now);
    await runs.getState().refresh();
  });
  afterEach(() => void vi.useRealTimers());

  const settle = (milliseconds = 0): Promise<unknown> => vi.advanceTimersByTimeAsync(milliseconds);

  it('come once for a run that stands still, however often it is looked at', async () => {
    store.getState().want(['a']);
    await settle();
    store.getState().want([]);
    store.getState().want(['a']);
    await runs.getState().refresh();
    await settle(5000);
    expect(main.of('a')).toHaveLength(1);
    expect(store.getState().entries.get('a')?.details?.listing.id).toBe('a');
  });

  it('come again when the run has gone on, at most once a second', async () => {
    store.getState().want(['b']);
    await settle();
    for (let steps = 11; steps < 21; steps += 1) {
      main.runs = [main.runs[0] as RunListing, someRun({ id: 'b', state: 'running', steps })];
      await runs.getState().refresh();
      await settle(100);
    }
    await settle(3000);
    expect(main.of('b').length).toBeGreaterThanOrEqual(2);
    expect(main.of('b').length).toBeLessThanOrEqual(3);
    expect(store.getState().entries.get('b')?.details?.listing.steps).toBe(20);
  });

  it('follow the frames of the run that trains here, only while it is looked at', async () => {
    const frame = { name: 'frame', payload: { run: 'b', frame: {} } } as unknown as Event;
    const lists = (): number => main.asked.filter(({ name }) => name === 'runs').length;
    const before = lists();
    main.tell(frame);
    await settle(2000);
    expect(lists()).toBe(before);
    store.getState().want(['b']);
    await settle();
    for (let told = 0; told < 20; told += 1) main.tell(frame);
    await settle(1500);
    expect(lists()).toBe(before + 1);
  });

  it('say why they cannot be read, and keep what was known', async () => {
    store.getState().want(['b']);
    await settle();
    main.fails = true;
    main.runs = [someRun({ id: 'b', state: 'failed', steps: 11 })];
    await runs.getState().refresh();
    await settle(2000);
    expect(store.getState().entries.get('b')).toMatchObject({
      problem: 'The disk is gone.',
      details: { listing: { steps: 10 } },
    });
  });

  it('are as fine as the number of runs allows', async () => {
    expect(bucketsFor(1)).toBe(2000);
    expect(bucketsFor(40)).toBe(500);
    expect(bucketsFor(1000)).toBe(200);
    store.getState().want(['a', 'b']);
    await settle();
    expect(main.of('a')[0]?.buckets).toBe(2000);
  });

  it('of many runs that nobody looks at any more are forgotten', async () => {
    main.runs = Array.from({ length: 90 }, (_, at) => someRun({ id: `r${at}` }));
    await runs.getState().refresh();
    for (const { id } of main.runs) {
      store.getState().want([id, 'r0']);
      await settle();
    }
    expect(store.getState().entries.size).toBeLessThanOrEqual(60);
    expect(store.getState().entries.has('r0')).toBe(true);
    expect(store.getState().entries.has('r89')).toBe(true);
    expect(store.getState().entries.has('r5')).toBe(false);
  });
});

describe('the list of runs', () => {
  it('keeps the very object of a run that has not changed, so that its row is not drawn again', async () => {
    const main = mainWith([someRun({ id: 'a' }), someRun({ id: 'b', steps: 1 })]);
    const runs = createRunsStore(main.client);
    await runs.getState().refresh();
    const before = runs.getState().runs;
    main.runs = [someRun({ id: 'a' }), someRun({ id: 'b', steps: 2 })];
    await runs.getState().refresh();
    expect(runs.getState().runs?.[0]).toBe(before?.[0]);
    expect(runs.getState().runs?.[1]).not.toBe(before?.[1]);
  });
});
