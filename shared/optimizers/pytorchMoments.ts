/** Adam and AdamW in PyTorch, whose formulas are ours: only the settings that differ from its own are written. */
import { call, tuple, type Fragment } from '../ir/emit/code';
import type { OptimizerCode, OptimizerParts } from '../ir/emit/trainingEmission';
import type { Moments } from './moments';

/** AdamW decays by itself where nothing is written. */
export function pytorchMoments(
  optimizer: Fragment,
  decoupled: boolean,
  { params, parameters, learningRate }: OptimizerParts<Moments & { weightDecay: number }>,
): OptimizerCode {
  const { beta1, beta2, epsilon, weightDecay } = params;
  return {
    expression: call(optimizer, [parameters], {
      lr: learningRate,
      betas: beta1 === 0.9 && beta2 === 0.999 ? undefined : tuple([beta1, beta2]),
      eps: epsilon === 1e-8 ? undefined : epsilon,
      weight_decay: weightDecay === 0 && !decoupled ? undefined : weightDecay,
    }),
    decays: weightDecay > 0,
    slots: { mean: { theirs: 'exp_avg' }, square: { theirs: 'exp_avg_sq' } },
  };
}
