/** Gradients of sums, means, extremes and softmax: the upstream gradient spread back over what was reduced. */
import type * as tf from '@tensorflow/tfjs-core';
import type { Attributes, GradientRule, GradientRules } from './gradientRule';

export function reductionGradients(core: typeof tf): GradientRules {
  /** The shape with reduced axes as 1, whether or not the forward pass kept them. */
  const keptShape = (x: tf.Tensor, axis: unknown): number[] => {
    const axes = core.util.parseAxisParam((axis ?? x.shape.map((_, at) => at)) as number | number[], x.shape);
    return x.shape.map((dim, at) => (axes.includes(at) ? 1 : dim));
  };
  const spread = (dy: tf.Tensor, x: tf.Tensor, axis: unknown, factor: number): tf.Tensor =>
    core.mul(core.fill(x.shape, factor), core.reshape(dy, keptShape(x, axis)));
  const extreme: GradientRule = {
    inputs: ['x'],
    output: true,
    gradient: (dy, kept, { reductionIndices, axis }: Attributes) => {
      const [x, y] = kept as [tf.Tensor, tf.Tensor];
      const shape = keptShape(x, reductionIndices ?? axis);
      const chosen = (): tf.Tensor => core.cast(core.equal(x, core.reshape(y, shape)), 'float32');
      return { x: () => core.mul(core.reshape(dy, shape), chosen()) };
    },
  };
  return {
    Sum: { inputs: ['x'], gradient: (dy, [x], { axis }) => ({ x: () => spread(dy, x!, axis, 1) }) },
    Mean: {
      inputs: ['x'],
      gradient: (dy, [x], { axis }) => ({ x: () => spread(dy, x!, axis, dy.size / x!.size) }),
    },
    // Equal largest values each get the whole gradient, as in tfjs-core.
    Max: extreme,
    Min: extreme,
    Softmax: {
      output: true,
      gradient: (dy, [y], { dim }) => ({
        logits: () => {
          const product = core.mul(dy, y!);
          return core.sub(product, core.mul(core.sum(product, dim as number, true), y!));
        },
      }),
    },
    LogSoftmax: {
      output: true,
      gradient: (dy, [y], { axis }) => ({
        logits: () => core.sub(dy, core.mul(core.sum(dy, axis as number, true), core.exp(y!))),
      }),
    },
  };
}
