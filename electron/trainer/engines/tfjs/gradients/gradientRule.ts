/** How a gradient is written here: what the forward pass keeps, and one function an input, called only when it is wanted. */
import type * as tf from '@tensorflow/tfjs-core';

type Thunk = () => tf.Tensor;

export interface GradientRule {
  /** Names of the inputs that are kept; they come first in `kept`. */
  readonly inputs?: string[];
  /** Whether the (first) output is kept; it comes after the inputs. */
  readonly output?: boolean;
  /** For kernels that take a list: keeps all of it. */
  readonly allInputs?: boolean;
  readonly gradient: (dy: tf.Tensor, kept: tf.Tensor[], attributes: Attributes) => Record<string, Thunk> | Thunk[];
}

export type Attributes = Record<string, unknown>;
export type GradientRules = Record<string, GradientRule>;

/** A gradient of a broadcast input: summed over what was repeated. */
export function reduceTo(core: typeof tf, gradient: tf.Tensor, shape: number[]): tf.Tensor {
  const axes = core.broadcast_util.getReductionAxes(shape, gradient.shape);
  return core.reshape(axes.length > 0 ? core.sum(gradient, axes) : gradient, shape);
}

/** Zeros in the shape of an input that has no useful gradient. */
export function noGradient(core: typeof tf, input: tf.Tensor): Thunk {
  return () => core.zeros(input.shape);
}
