/** What a loss, a metric, an optimizer and a schedule are; each lives in one file of its folder. */
import type { Problem } from '../messages';
import type {
  EvaluationEmit,
  LossParts,
  MetricCode,
  OptimizerCode,
  OptimizerParts,
  ScheduleCode,
  ScheduleParts,
  TrainingEmit,
} from './emit/trainingEmission';
import type { Ops, Tensor } from './layerDefinition';
import type { ParamSchema, ParamsOf } from './params';
import type { TensorType } from './tensorType';

/** What a data set says about one of its fields. `shape` is of one sample; class indices have shape []. */
export interface FieldInfo {
  name: string;
  shape: readonly number[];
  dtype: 'float32' | 'int32';
  /** Names of the classes where the field holds class indices 0 .. n-1. */
  classes?: readonly string[];
  /** Smallest and largest value, where known: targets are checked against it. */
  range?: readonly [number, number];
}

interface Definition<Schema extends ParamSchema> {
  /** The name in files: camelCase ("crossEntropy", "adamw"). */
  type: string;
  title: string;
  aliases: readonly string[];
  summary: string;
  params: Schema;
}

type LossContext<Params> = LossParts<Params> & { readonly target: FieldInfo };

export interface LossDefinition<Schema extends ParamSchema = ParamSchema> extends Definition<Schema> {
  /** Names of the metrics reported when the output asks for none. */
  defaultMetrics: readonly string[];
  /** Whether the target's field fits the output's type; `output` has the batch first. */
  check: (params: ParamsOf<Schema>, output: TensorType, target: FieldInfo) => Problem | null;
  /**
   * The loss of every sample: output [batch, ...], target [batch, ...target shape] -> [batch], its mean over the
   * sample's own elements. The executor takes the mean over the batch.
   */
  build: (ops: Ops, params: ParamsOf<Schema>, output: Tensor, target: Tensor) => Tensor;
  /** Its twins in exported scripts. */
  emit?: TrainingEmit<LossContext<ParamsOf<Schema>>> & EvaluationEmit<LossContext<ParamsOf<Schema>>>;
}

/** The loss of the output that a metric measures: it tells whether outputs are logits or probabilities. */
export interface HeadLoss {
  type: string;
  params: Readonly<Record<string, unknown>>;
}

/** Where means come from that a metric is made of. */
export interface MeansOf {
  samples: number;
  output: TensorType;
  loss: HeadLoss;
}

type MetricContext<Params> = LossContext<Params> & { readonly loss: HeadLoss };

export interface MetricDefinition<Schema extends ParamSchema = ParamSchema> extends Definition<Schema> {
  /** Sums over samples that suffice to compute the metric over any set: "correct", "count". */
  statistics: (params: ParamsOf<Schema>, output: TensorType, target: FieldInfo) => readonly string[];
  /** True where it is too large to report at every step (a confusion matrix); then only evaluation computes it. */
  evaluationOnly: boolean;
  check: (params: ParamsOf<Schema>, output: TensorType, target: FieldInfo, loss: HeadLoss) => Problem | null;
  /** Sums over this batch as a float32 tensor [statistics.length]. */
  build: (ops: Ops, params: ParamsOf<Schema>, output: Tensor, target: Tensor, loss: HeadLoss) => Tensor;
  /** The same sums where the program that is written computed them: `means` over the samples, each times their number. */
  fromMeans: (means: Float64Array, of: MeansOf) => Float64Array;
  /** From the sums to named values; `main` is the one shown in curves. */
  finish: (
    params: ParamsOf<Schema>,
    statistics: Float64Array,
  ) => { main: number; values: Record<string, number | number[][]> };
  /** Whether more is better: what "best" means when a run is monitored by it. */
  direction: 'up' | 'down';
  emit?: TrainingEmit<MetricContext<ParamsOf<Schema>>, MetricCode> &
    EvaluationEmit<MetricContext<ParamsOf<Schema>>, MetricCode>;
}

export interface OptimizerContext {
  ops: Ops;
  weight: Tensor;
  /** Of the mean loss over the whole batch, clipped where clipping is on. */
  gradient: Tensor;
  slots: Record<string, Tensor>;
  /** Learning rate of this step, with the schedule applied. */
  learningRate: number;
  /** Whether weight decay applies to this tensor. */
  decayed: boolean;
  /** 1 at the first update. */
  updateIndex: number;
}

export interface OptimizerDefinition<Schema extends ParamSchema = ParamSchema> extends Definition<Schema> {
  /** Tensors of the weight's shape that the optimizer keeps, all starting at zero. */
  slots: (params: ParamsOf<Schema>) => readonly string[];
  /**
   * New weight and slots, by `add`, `sub`, `mul`, `div`, `square` and `sqrt` of values and numbers alone: an engine may do
   * all of them in one pass. The source of the formula stands in the file.
   */
  update: (params: ParamsOf<Schema>, context: OptimizerContext) => { weight: Tensor; slots: Record<string, Tensor> };
  emit?: TrainingEmit<OptimizerParts<ParamsOf<Schema>>, OptimizerCode>;
}

/** What a schedule may look at. Counts are of updates, from 0. */
export interface ScheduleState {
  update: number;
  updatesPerEpoch: number;
  totalUpdates: number;
  /** Values of the monitored measure at the ends of past epochs, oldest first, lower is better. */
  history: readonly number[];
}

export interface ScheduleDefinition<Schema extends ParamSchema = ParamSchema> extends Definition<Schema> {
  /** The factor on the optimizer's learning rate for this update. */
  factor: (params: ParamsOf<Schema>, state: ScheduleState) => number;
  emit?: TrainingEmit<ScheduleParts<ParamsOf<Schema>>, ScheduleCode>;
}
