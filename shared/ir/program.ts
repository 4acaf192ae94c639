/** The checked program: every function instance with its types, weights and costs. Only `compile` can make one. */
import type { FieldInfo } from './trainingDefinitions';
import type { LayerCost, LayerDefinition, Types } from './layerDefinition';
import type { LossDefinition, MetricDefinition, OptimizerDefinition, ScheduleDefinition } from './trainingDefinitions';
import type { Library } from './library';
import type { ValueRef } from './ir';
import type { WeightSpec } from './initialiser';

interface InstanceBase {
  id: string;
  name: string;
  inputs: Readonly<Record<string, ValueRef>>;
  inputTypes: Types;
  outputTypes: Types;
  weightsOf: string | null;
}

export interface LayerInstance extends InstanceBase {
  kind: 'layer';
  definition: LayerDefinition;
  /** Resolved: defaults filled in, expressions evaluated, every value parsed by its schema. */
  params: Readonly<Record<string, unknown>>;
  /** What the layer needs; where `weightsOf` is set they are the other node's. */
  weights: Readonly<Record<string, WeightSpec>>;
  cost: LayerCost;
}

/** `iterations` has one entry for a call, `times` for a repeat; equal passes are one and the same object. */
export interface CallInstance extends InstanceBase {
  kind: 'call';
  repeated: boolean;
  iterations: readonly FunctionInstance[];
}

export type Instance = LayerInstance | CallInstance;

export interface Totals {
  trainable: number;
  nonTrainable: number;
  /** Multiply-accumulates of the forward pass of one sample. */
  macs: number;
}

/** A function with its parameters bound and its types inferred; `nodes` are in an order in which they can run. */
export interface FunctionInstance {
  function: string;
  /** Equal for instances that were inferred once: function, bound parameters, input types. */
  key: string;
  nodes: readonly Instance[];
  inputs: readonly string[];
  inputTypes: Types;
  outputs: Readonly<Record<string, ValueRef>>;
  outputTypes: Types;
}

/** A definition with its parameters resolved. */
export interface Resolved<Definition> {
  definition: Definition;
  params: Readonly<Record<string, unknown>>;
}

/** One Output of the drawing: what is compared with what. `path` is the Output node's. */
export interface Head {
  path: string;
  name: string;
  loss: Resolved<LossDefinition>;
  metrics: readonly Resolved<MetricDefinition>[];
  /** Factor of this head's loss in the sum. */
  weight: number;
  /** The data field; null in a design that has no data yet. */
  target: FieldInfo | null;
}

/** One Input of the drawing and the data field that feeds it. */
export interface Feed {
  path: string;
  name: string;
  field: string;
}

/** The training configuration with every name resolved. */
export interface TrainingPlan {
  epochs: number;
  batchSize: number;
  /** Micro-batches whose gradients are averaged for one update. */
  accumulate: number;
  seed: number;
  optimizer: Resolved<OptimizerDefinition>;
  schedule: Resolved<ScheduleDefinition>;
  clipNorm: number | null;
  earlyStopping: { patience: number; minimumImprovement: number } | null;
  /** Name of the validation measure that decides "best": "loss", or "accuracy" and other metrics of the first head. */
  monitor: string;
  monitorDirection: 'up' | 'down';
}

declare const checked: unique symbol;

export interface CheckedProgram {
  readonly [checked]: true;
  library: Library;
  name: string;
  main: FunctionInstance;
  feeds: readonly Feed[];
  heads: readonly Head[];
  training: TrainingPlan;
  totals: Totals;
  /** Estimate of the engine's peak while training one batch, bytes. */
  memory: number;
}

/** The one door to the brand; `compile` calls it and the architecture test holds that nothing else does. */
export function brandProgram(program: Omit<CheckedProgram, typeof checked>): CheckedProgram {
  return program as CheckedProgram;
}
