/** The run that is being trained, and what may be done with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Json } from '../../shared/messages/define';
import type { EpochSummary, RunResult } from '../../shared/training/events';
import type { DocumentStore } from './documentStore';
import type { StudioClient } from './studioClient';

export type TrainingPhase = 'idle' | 'preparing' | 'running' | 'pausing' | 'paused' | 'stopping';

export interface TrainingState {
  phase: TrainingPhase;
  /** The run that trains, or trained last in this window; null: none yet. */
  run: string | null;
  engine: string;
  epoch: number;
  epochs: number;
  step: number;
  stepsPerEpoch: number;
  stepsPerSecond: number;
  epochsDone: readonly EpochSummary[];
  result: RunResult | null;
  /** Why the last run did not begin, or broke off; a sentence. */
  problem: string | null;
  chooseEngine: (engine: string) => void;
  train: () => Promise<void>;
  resume: (run: string) => Promise<void>;
  pause: () => Promise<void>;
  continue: () => Promise<void>;
  stop: () => Promise<void>;
}

export type TrainingStore = StoreApi<TrainingState>;

export function createTrainingStore(client: StudioClient, document: DocumentStore): TrainingStore {
  const attempt = async (work: () => Promise<void>, phase: TrainingPhase): Promise<void> => {
    const before = store.getState().phase;
    store.setState({ phase, problem: null });
    try {
      await work();
    } catch (error) {
      store.setState({ phase: before, problem: error instanceof Error ? error.message : String(error) });
    }
  };
  const store = createStore<TrainingState>((set, get) => ({
    phase: 'idle',
    run: null,
    engine: 'wasm',
    epoch: 0,
    epochs: 0,
    step: 0,
    stepsPerEpoch: 0,
    stepsPerSecond: 0,
    epochsDone: [],
    result: null,
    problem: null,
    chooseEngine: (engine) => set({ engine }),
    train: () =>
      attempt(async () => {
        const { key, design } = document.getState();
        if (key === null) return;
        set({ result: null, epochsDone: [], step: 0, epoch: 0 });
        const plain = JSON.parse(JSON.stringify(design)) as Json;
        const { run } = await client.request('train', { key, design: plain, engine: get().engine });
        set({ run });
      }, 'preparing'),
    resume: (run) =>
      attempt(async () => {
        set({ result: null, run });
        await client.request('resume', { run });
      }, 'preparing'),
    pause: () => attempt(async () => void (await client.request('pause', {})), 'pausing'),
    continue: () => attempt(async () => void (await client.request('continue', {})), 'running'),
    stop: () => attempt(async () => void (await client.request('stop', {})), 'stopping'),
  }));
  return store;
}
