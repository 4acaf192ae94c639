/** What is known of the run that trains, or trained last. */
import type { EngineChoice } from '../../shared/ipc/studio/engineSchemas';
import type { EpochSummary, NotFinite, RunResult } from '../../shared/training/events';

export type TrainingPhase = 'idle' | 'preparing' | 'running' | 'pausing' | 'paused' | 'stopping';

export interface TrainingFacts {
  phase: TrainingPhase;
  /** The run that trains, or trained last in this window; null: none yet. */
  run: string | null;
  /** Of that run; while none was trained, nothing. */
  engine: string | null;
  /** With the engine `auto`: which one is being measured, and what was chosen for that run. */
  trial: string | null;
  choice: EngineChoice | null;
  /** Whole epochs done, of how many. */
  epoch: number;
  epochs: number;
  step: number;
  stepsPerEpoch: number;
  stepsPerSecond: number;
  epochsDone: readonly EpochSummary[];
  result: RunResult | null;
  /** How the last run ended; null while one trains, or before the first. */
  outcome: 'finished' | 'stopped' | 'failed' | 'interrupted' | null;
  /** Its process died and is being started again. */
  restarting: boolean;
  notFinite: NotFinite | null;
  warnings: readonly string[];
  /** Why the last run did not begin, or broke off; a sentence. */
  problem: string | null;
}

export const nothingTrained: TrainingFacts = {
  phase: 'idle',
  run: null,
  engine: null,
  trial: null,
  choice: null,
  epoch: 0,
  epochs: 0,
  step: 0,
  stepsPerEpoch: 0,
  stepsPerSecond: 0,
  epochsDone: [],
  result: null,
  outcome: null,
  restarting: false,
  notFinite: null,
  warnings: [],
  problem: null,
};

/** The newest epoch that was the best when it ended; null: none was measured yet. */
export function bestEpoch(epochs: readonly EpochSummary[]): EpochSummary | null {
  return [...epochs].reverse().find(({ best }) => best) ?? null;
}
