/** What losses, metrics, optimizers and schedules say of their twins: an expression of a training script, and what it needs. */
import type { Hole, Name } from './code';
import type { EmitInput, Helper, Target, Unsupported } from './emission';

/** Targets whose folder has a script that trains. */
type TrainingTarget = Exclude<Target, 'onnx'>;

/** A function or class that the script brings along is a helper; the expression calls it. */
export interface TrainingCode {
  readonly expression: Hole;
  readonly imports?: readonly string[];
  readonly helpers?: readonly Helper[];
}

export type TrainingEmit<Context, Code extends TrainingCode = TrainingCode> = Partial<
  Record<TrainingTarget, (context: Context) => Code | Unsupported>
>;

/** ONNX: the same as PyTorch's, in NumPy, for the script that evaluates. */
export interface EvaluationEmit<Context, Code extends TrainingCode = TrainingCode> {
  readonly onnx?: (context: Context) => Code;
}

/** The output and the target of one head for one batch, as the script names them. */
interface HeadNames {
  readonly output: Name;
  readonly target: Name;
}

/**
 * A loss. PyTorch and tfjs: the mean over the batch, computed from the names. Keras: a `keras.losses.Loss` that does so.
 */
export interface LossParts<Params> {
  readonly params: Params;
  /** The type as drawn, and how the target holds it. */
  readonly output: EmitInput;
  readonly names: HeadNames;
}

/**
 * A metric. PyTorch and tfjs: its mean over one batch, computed from the names; batches are then averaged by their
 * numbers of samples. Keras: a `keras.metrics.Metric`, or a function of target and output.
 */
export interface MetricCode extends TrainingCode {
  /** Where the mean is no number yet (a confusion matrix): the number, from the mean over all batches. */
  readonly finish?: (mean: Name) => Hole;
}

export interface OptimizerParts<Params> {
  readonly params: Params;
  /** What it changes: PyTorch's parameters or groups of them; unused where the model is told later. */
  readonly parameters: Hole;
  /** The rate before the schedule, or the schedule itself where the library takes one in its place. */
  readonly learningRate: Hole;
}

export interface OptimizerCode extends TrainingCode {
  /** True where some weights decay and others do not, so that the script has to tell them apart. */
  readonly decays: boolean;
  /** Our slots by their names in the library's state; `negatedTimesRate` where theirs holds -rate times ours. */
  readonly slots: Readonly<Record<string, { readonly theirs: string; readonly negatedTimesRate?: boolean }>>;
}

export interface ScheduleParts<Params> {
  readonly params: Params;
  /** What better means for the monitored measure. */
  readonly direction: 'up' | 'down';
  /** Constants and variables of the script. */
  readonly names: {
    readonly optimizer: Name;
    readonly learningRate: Name;
    readonly updatesPerEpoch: Name;
    readonly totalUpdates: Name;
  };
}

export interface ScheduleCode extends TrainingCode {
  /** When the script moves it: after every update, at the end of every epoch, or then with the monitored value. */
  readonly moves: 'never' | 'update' | 'epoch' | 'monitor';
}
