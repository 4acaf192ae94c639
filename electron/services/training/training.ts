/** A run that is going on, as its user sees it. */
import type { MetricFrame } from '../../../shared/ipc/trainer';
import type { RunEvent, RunResult } from '../../../shared/training/events';

/** `lost`: the trainer ended without a `done`; the run can be resumed from its last checkpoint. */
export type TrainingEvent = RunEvent | { event: 'metrics'; frame: MetricFrame } | { event: 'lost'; reason: string };

export interface Training {
  readonly run: string;
  readonly folder: string;
  /** The trainer process. */
  readonly pid: number | undefined;
  /** Everything that happens, in order; ends after `done` or `lost`. For one reader. */
  readonly events: AsyncIterable<TrainingEvent>;
  /** Resolves when the steps in flight are done and the checkpoint is written. */
  pause: () => Promise<void>;
  continue: () => Promise<void>;
  /** The first call ends the run cleanly, a second one kills the process and keeps the last checkpoint. */
  stop: () => void;
  /** Milliseconds since the process last said anything, and whether it said that it may be silent for long. */
  silence: () => { milliseconds: number; busy: boolean };
  /** The result once the process is gone; rejects with `ServiceProblem` trainer-lost where it ended without one. */
  readonly result: Promise<RunResult>;
}
