/** What a run says while it lives: events for the log, the terminal and the studio, and columns of numbers a step. */

/**
 * The numbers of consecutive steps. `scalars` is row-major [steps, scalarNames.length]; `gradientNorms` and
 * `updateRatios` are row-major [steps, groups]. A ratio that was not measured at a step is NaN.
 */
export interface MetricColumns {
  firstStep: number;
  steps: number;
  scalarNames: readonly string[];
  scalars: Float32Array;
  groupNames: readonly string[];
  gradientNorms: Float32Array;
  updateRatios: Float32Array;
}

/** A weight group: all trainable tensors of one layer node, or of the nodes that share them. */
export interface WeightGroup {
  path: string;
  name: string;
  layer: string;
  /** Elements of all its trainable tensors: norm / sqrt(elements) is the root mean square. */
  elements: number;
}

/** What an evaluation found: the loss and every metric, by name ("loss", "accuracy", "head/accuracy" with several heads). */
export interface Measures {
  loss: number;
  [name: string]: number;
}

export interface EpochSummary {
  /** Counted from 1. */
  epoch: number;
  /** Steps completed when the epoch ended. */
  step: number;
  train: Measures;
  validation: Measures | null;
  learningRate: number;
  seconds: number;
  /** Whether this epoch is the best so far by the monitored measure. */
  best: boolean;
}

export type RunState = 'preparing' | 'running' | 'paused' | 'finished' | 'stopped' | 'failed' | 'interrupted';

/** A step whose loss was not finite: where it was first seen. */
export interface NotFinite {
  step: number;
  loss: number | null;
  /** Path of the first node whose output was not finite, and how many of its elements; null if none was found. */
  node: string | null;
  name: string | null;
  elements: number;
}

export interface RunResult {
  state: 'finished' | 'stopped' | 'failed';
  reason: string | null;
  epochs: number;
  steps: number;
  bestEpoch: number | null;
  /** Measures of the best epoch. */
  train: Measures | null;
  validation: Measures | null;
  test: Measures | null;
  notFinite: NotFinite | null;
  seconds: number;
}

/** What a metric found over a whole part, as its definition's `finish` names it: numbers, and tables such as a confusion matrix. */
export type MetricValues = Record<string, number | number[][]>;

/** One head in a full evaluation; `classes` names the rows of tables per class. */
export interface HeadEvaluation {
  name: string;
  classes: string[] | null;
  metrics: Record<string, MetricValues>;
}

/** A full evaluation at the end of a run, with the weights of the best epoch. The test part is judged once, here. */
export interface FinalEvaluation {
  part: 'validation' | 'test';
  samples: number;
  measures: Measures;
  heads: HeadEvaluation[];
}

/** What happens in a run, in order; each is one record of the run's log and one message to whoever watches. */
export type RunEvent =
  | {
      event: 'started';
      run: string;
      engine: string;
      step: number;
      epoch: number;
      stepsPerEpoch: number;
      epochs: number;
      groups: WeightGroup[];
      scalarNames: string[];
      /** Null at the start of a run, whose first steps find it out. */
      ratioEvery: number | null;
      resumed: boolean;
    }
  | { event: 'epoch'; summary: EpochSummary }
  | { event: 'state'; state: RunState; step: number }
  | { event: 'checkpoint'; kind: 'last' | 'best'; step: number }
  | { event: 'evaluation'; evaluation: FinalEvaluation }
  | { event: 'notFinite'; notFinite: NotFinite }
  | { event: 'warning'; code: string; message: string }
  | { event: 'done'; result: RunResult };
