/** The arithmetic that Adam and AdamW share (Kingma and Ba 2015, algorithm 1; operations in the order of torch.optim.Adam). */
import type { Tensor } from '../ir/layerDefinition';
import { number } from '../ir/params';
import type { OptimizerContext } from '../ir/trainingDefinitions';

export const momentParams = {
  beta1: number({ default: 0.9, min: 0, below: 1, help: 'How much of the mean gradient is kept at every step.' }),
  beta2: number({ default: 0.999, min: 0, below: 1, help: 'How much of the mean squared gradient is kept.' }),
  epsilon: number({
    default: 1e-8,
    above: 0,
    help: 'Added to the root, against division by zero (1e-8 as in PyTorch).',
  }),
};

export interface Moments {
  beta1: number;
  beta2: number;
  epsilon: number;
}

export interface MomentStep {
  weight: Tensor;
  slots: { mean: Tensor; square: Tensor };
}

/**
 * mean = beta1 mean + (1 - beta1) g, square = beta2 square + (1 - beta2) g g, and with both corrected for their start at
 * zero, weight -= rate * mean / (sqrt(square) + epsilon). The corrections are folded into the scalars: one pass less each.
 */
export function momentStep(params: Moments, context: OptimizerContext, weight: Tensor, gradient: Tensor): MomentStep {
  const { beta1, beta2, epsilon } = params;
  const { ops, slots, learningRate, updateIndex } = context;
  // The inner scopes halve the memory of an update.
  const mean = ops.tidy(() => ops.add(ops.mul(slots.mean!, beta1), ops.mul(gradient, 1 - beta1)));
  const square = ops.tidy(() => ops.add(ops.mul(slots.square!, beta2), ops.mul(ops.square(gradient), 1 - beta2)));
  const correction = Math.sqrt(1 - beta2 ** updateIndex);
  const rate = (learningRate * correction) / (1 - beta1 ** updateIndex);
  const scale = ops.tidy(() => ops.add(ops.sqrt(square), epsilon * correction));
  const step = ops.tidy(() => ops.div(ops.mul(mean, rate), scale));
  return { weight: ops.sub(weight, step), slots: { mean, square } };
}
