/** A function with a gradient of its own, for definitions: shorter tapes, less kept alive, and safe where formulas are not. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Ops, Tensor } from './layerDefinition';

export interface Differentiable {
  value: Tensor;
  /** Tensors that the gradient needs; they live until it has run. */
  keep: readonly Tensor[];
  /** From the gradient of the value, and what was kept, to that of x (of its shape). Must use no other tensors. */
  gradient: (upstream: Tensor, kept: readonly Tensor[]) => Tensor;
}

/** Applies `compute` to x; whatever else it closes over counts as constant. */
export function differentiable(ops: Ops, x: Tensor, compute: (x: Tensor) => Differentiable): Tensor {
  return ops.customGrad((input, save) => {
    const { value, keep, gradient } = compute(input as Tensor);
    (save as tf.GradSaveFunc)([...keep]);
    // Without a scope, what it makes on the way would live until the whole backward pass has ended.
    const gradFunc = (upstream: Tensor, kept: Tensor[]): Tensor => ops.tidy(() => gradient(upstream, kept));
    return { value, gradFunc };
  })(x);
}
