/**
 * Gradients of our own, one function an input. tfjs-core's customGrad computes the gradients of all inputs together, also those
 * that nobody asked for (the gradient of the images of a first layer); these are computed only when wanted.
 */
import type * as tf from '@tensorflow/tfjs-core';

/** An input and its gradient: given the upstream gradient and the tensors that were kept, a tensor of the input's shape. */
export interface GradientOf {
  readonly input: tf.Tensor;
  readonly gradient: (upstream: tf.Tensor, kept: tf.Tensor[]) => tf.Tensor;
}

/**
 * The value of `forward`, differentiable in each of `parts`. `keep` are tensors that live before this call; gradients must use
 * them only as they are handed in. The tape gets a branch an input and one node that joins them: clones, which copy nothing.
 */
export function withGradients(
  ops: typeof tf,
  keep: readonly tf.Tensor[],
  parts: readonly GradientOf[],
  forward: () => tf.Tensor,
): tf.Tensor {
  return ops.tidy(() => {
    const value = untracked(ops, forward);
    const branches = parts.map(({ input, gradient }) =>
      ops.customGrad((_input, save) => {
        (save as tf.GradSaveFunc)([...keep]);
        // Without a scope, what it makes on the way would live until the whole backward pass has ended.
        const gradFunc = (upstream: tf.Tensor, kept: tf.Tensor[]): tf.Tensor =>
          ops.tidy(() => gradient(upstream, kept));
        return { value: ops.clone(value), gradFunc };
      })(input),
    );
    return ops.customGrad((...inputs) => {
      const gradFunc = (upstream: tf.Tensor): tf.Tensor[] => branches.map(() => ops.clone(upstream));
      return { value: ops.clone(inputs[0] as tf.Tensor), gradFunc };
    })(...branches);
  });
}

/** Runs tensor operations that no gradient passes through, without leaving them on the tape. */
export function untracked(ops: typeof tf, forward: () => tf.Tensor): tf.Tensor {
  const gradFunc = (): tf.Tensor[] => [];
  return ops.customGrad(() => ({ value: forward(), gradFunc }))();
}
