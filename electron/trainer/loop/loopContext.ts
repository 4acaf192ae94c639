/** What the loop works with: the plan, the engine's runner, its own state, and the way out to log, watchers and disk. */
import type { Part } from '../../../shared/ir/dataSetDefinition';
import type { Head, TrainingPlan } from '../../../shared/ir/program';
import type { Runner } from '../engines/engine';
import type { Checkpoints } from './checkpoints';
import type { PolicyState } from './policyState';
import type { RatioProbe } from './ratioProbe';
import type { RunControl } from './runControl';
import type { RunOutput } from './runOutput';
import type { SubmissionSizer } from './submissionSizer';

export interface LoopContext {
  plan: TrainingPlan;
  heads: readonly Head[];
  runner: Runner;
  /** Samples of each part. */
  counts: Readonly<Record<Part, number>>;
  state: PolicyState;
  control: RunControl;
  output: RunOutput;
  checkpoints: Checkpoints;
  sizer: SubmissionSizer;
  /** Null where run.json knows already how often ratios are measured. */
  ratioProbe: RatioProbe | null;
  /** Keeps what the probe found in run.json. */
  keepRatioEvery: (every: number) => void;
  /** Milliseconds of a clock that never goes back. */
  now: () => number;
}
