/** What an engine is: mechanics only. All policy (epochs, schedules, stopping, checkpoints) is in `trainer/loop`. */
import type { CheckedProgram } from '../../../shared/ir/program';
import type { MetricColumns, NotFinite, WeightGroup } from '../../../shared/training/events';
import type { Part } from '../../../shared/ir/dataSetDefinition';
import type { SampleReader } from '../../files/sampleReader';

export type EngineId = 'wasm' | 'tensorflow' | 'webgpu' | 'pytorch' | 'fake';

/** A device that works (a real matrix product was checked), or why not and what would help. */
export interface Probe {
  available: boolean;
  device: string | null;
  versions: Record<string, string>;
  /** Seconds of the checked matrix product of two [256, 256] matrices. */
  seconds: number | null;
  reason: string | null;
  remedy: string | null;
  /** Runs on a GPU. */
  accelerated: boolean;
  /** Why it does not, and what to do; null where it does, or where this engine never would. */
  whyNotAccelerated: string | null;
  driver: string | null;
  cuda: string | null;
  /** Of the device: "9.0". */
  computeCapability: string | null;
  /** What the library was built for: "sm_90". */
  builtFor: string[] | null;
  /** Bytes of the device. */
  memory: { free: number; total: number } | null;
}

/** What a probe says of the GPU where there is none to speak of. */
export const withoutGpu = {
  accelerated: false,
  whyNotAccelerated: null,
  driver: null,
  cuda: null,
  computeCapability: null,
  builtFor: null,
  memory: null,
} as const;

export interface Engine {
  id: EngineId;
  probe: () => Promise<Probe>;
  open: (program: CheckedProgram, options: OpenOptions) => Promise<Runner>;
}

export interface OpenOptions {
  data: SampleReader;
  /** Names of the entries of `Step.controls`, fixed for the life of the runner. */
  controls: readonly string[];
  /** Every how many steps the update-to-weight ratio is measured; 0: never. */
  ratioEvery: number;
  /** False switches gradient norms and ratios off (for benches). */
  telemetry: boolean;
}

/** The controls that every run uses, in this order. `clipNorm` 0: no clipping. `updateIndex` starts at 1. */
export const standardControls = ['learningRate', 'clipNorm', 'updateIndex'] as const;

/** One update. `index` counts from 0 over the whole run and names the random streams. */
export interface Step {
  index: number;
  /** Positions in the training part, one array a micro-batch. */
  microBatches: readonly Uint32Array[];
  controls: Float32Array;
}

/**
 * `stoppedAt`: the index of the first step that was not done. A submission that waited behind one that ended early
 * is not begun and ends for the same reason. `largestBatch`: after "out of memory", what is likely to fit.
 */
export interface Submitted {
  columns: MetricColumns;
  stoppedAt?: number;
  reason?: 'aborted' | 'not finite' | 'out of memory';
  largestBatch?: number;
}

/** A signal that the loop raises to end a submission or an evaluation early (between steps or chunks). */
export interface StopSignal {
  readonly aborted: boolean;
}

/** Sums that suffice for every measure over the samples seen. */
export interface Evaluation {
  samples: number;
  heads: readonly { lossSum: number; metrics: readonly Float64Array[] }[];
  /** True when the signal ended it early. */
  aborted: boolean;
}

export interface EvaluateOptions {
  part: Part;
  /** Also the metrics that are computed only in evaluation (confusion matrix). */
  full: boolean;
  /** Where to write the outputs of every head as safetensors, [samples, ...output]; none: do not. */
  predictionsTo?: string;
}

export interface Peeked {
  path: string;
  port: string;
  shape: number[];
  values: Float32Array;
}

/** What a step would descend: its loss in training mode, and gradients by weight key (penalties included, not clipped). */
export interface StepGradients {
  loss: number;
  /** A weight on which the loss does not depend is left out. */
  gradients: ReadonlyMap<string, Float32Array>;
}

export interface Runner {
  /** Columns of every submission: names of scalars ("loss", "accuracy", "learningRate", ...) and weight groups. */
  scalarNames: readonly string[];
  groups: readonly WeightGroup[];
  /** What was found out when it opened, as sentences: ways of computing that were tried, and what they won. */
  notes?: readonly string[];
  /** Runs the steps in order; at most two submissions may be in flight. Yields to the event loop between steps. */
  submit: (steps: readonly Step[], signal: StopSignal) => Promise<Submitted>;
  /** With the weights after all steps that were submitted before. */
  evaluate: (indices: Uint32Array, options: EvaluateOptions, signal: StopSignal) => Promise<Evaluation>;
  /** Outputs of the nodes at `paths` for samples of a part, in evaluation or training mode. */
  peek: (
    paths: readonly string[],
    indices: Uint32Array,
    options: { part: Part; mode: 'train' | 'evaluate' },
  ) => Promise<Peeked[]>;
  /** Replays a step without changing anything and names the first node whose output is not finite. */
  diagnose: (step: Step) => Promise<NotFinite>;
  /** The gradients that `submit` would use for this step; nothing changes. For comparing with other libraries. */
  gradients: (step: Step) => Promise<StepGradients>;
  /** Changes what may change while a run is open: how often ratios are measured, whether telemetry is on. */
  reconfigure: (patch: Partial<Pick<OpenOptions, 'ratioEvery' | 'telemetry'>>) => void;
  /** Weights, statistics and optimizer slots after all steps that were submitted before; later ones do not change it. */
  snapshot: () => Promise<Snapshot>;
  /** Loads what a snapshot wrote; returns the metadata. `partial`: take what fits by name and shape, report the rest. */
  load: (path: string, options: { partial: boolean }) => Promise<Loaded>;
  /** Live tensors and bytes, for leak checks. */
  memory: () => Promise<{ tensors: number; bytes: number }>;
  close: () => Promise<void>;
}

/** A state of the past, as long as the runner is open. */
export interface Snapshot {
  /** As safetensors, written aside and renamed; `metadata` goes into its header. */
  write: (path: string, metadata: Record<string, string>) => Promise<void>;
}

export interface Loaded {
  metadata: Record<string, string>;
  loaded: readonly string[];
  /** Names of the program that the file lacks or whose shape differs, and names of the file that nothing took. */
  missing: readonly string[];
  unused: readonly string[];
}
