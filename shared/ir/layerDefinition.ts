/** What a layer is: everything Netloom knows about it stands in one value of this type, in one file of `layers/`. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Json } from '../messages/define';
import type { Problem } from '../messages';
import type { LayerEmit } from './emit/emission';
import type { WeightSpec } from './initialiser';
import type { ParamSchema, ParamsOf } from './params';
import type { TensorType } from './tensorType';

/** tfjs-core as a value handed in, so that definitions stay free of any tensor library at run time. */
export type Ops = typeof tf;
export type Tensor = tf.Tensor;

export type LayerGroup =
  | 'input and output'
  | 'convolution'
  | 'dense'
  | 'normalisation'
  | 'activation'
  | 'pooling'
  | 'shape'
  | 'regularisation'
  | 'merge'
  | 'sequence';

export interface Port {
  name: string;
  /** Takes any number of wires, at ports name0, name1, ... in that order. */
  many?: boolean;
  /** Wires needed; default 1. At 0 the port may stay without a wire, and then `inputs` has no entry for it. */
  minimum?: number;
  help?: string;
}

/** `macs`: multiply-accumulates of the forward pass of one sample. */
export interface LayerCost {
  macs: number;
  /** Elements a sample that stay alive for the backward pass besides the layer's inputs; default: its outputs. */
  saved?: number;
  /**
   * Elements a sample that are alive only while the layer runs forward or backward, at their worst, besides its inputs,
   * its outputs and the gradients of both; default 0.
   */
  workspace?: number;
  /** Whether the backward pass needs the layer's inputs; default true. What nobody needs is freed after its last use. */
  keepsInputs?: boolean;
  /** Whether it needs the outputs; default false. */
  keepsOutputs?: boolean;
}

/** Random tensors as inputs, from a stream keyed by (seed, step, micro-batch, node path, name). */
export interface LayerRandom {
  /** Uniform in [0, 1), float32. */
  uniform: (name: string, shape: readonly number[]) => Tensor;
}

export type Mode = 'train' | 'evaluate';

export interface BuildContext<Params> {
  params: Params;
  inputs: Record<string, Tensor>;
  weights: Record<string, Tensor>;
  mode: Mode;
  random: LayerRandom;
}

/** `updates`: new values of non-trainable weights, committed by the executor unless the step's loss is not finite. */
export interface Built {
  outputs: Record<string, Tensor>;
  updates?: Record<string, Tensor>;
  penalties?: Tensor[];
}

export type Types = Record<string, TensorType>;

export interface LayerExample {
  name: string;
  /** As in a design file; defaults are filled in. */
  params: Record<string, Json>;
  inputs: Types;
  /** Expected, checked by the contract test against `infer` and against what `build` gives. */
  outputs: Types;
  trainable: number;
  nonTrainable: number;
  macs?: number;
}

export interface LayerDefinition<Schema extends ParamSchema = ParamSchema> {
  /** The name in files: PascalCase, as the field says it ("Conv2D"). */
  type: string;
  title: string;
  group: LayerGroup;
  /** What else users search for ("Linear" for Dense). */
  aliases: readonly string[];
  summary: string;
  params: Schema;
  inputs: readonly Port[];
  outputs: readonly Port[];
  /** Types of the outputs by port, or what does not fit. Every type, of inputs too, has the batch first. */
  infer: (params: ParamsOf<Schema>, inputs: Types) => Types | Problem;
  weights: (params: ParamsOf<Schema>, inputs: Types) => Record<string, WeightSpec>;
  cost: (params: ParamsOf<Schema>, inputs: Types, outputs: Types) => LayerCost;
  /** Pure: the same inputs give the same outputs. Everything it makes is disposed of by the caller's tidy. */
  build: (ops: Ops, context: BuildContext<ParamsOf<Schema>>) => Built;
  /** Its twins on the targets of export. */
  emit: LayerEmit<ParamsOf<Schema>>;
  examples: readonly LayerExample[];
}
