/** AdamW (Loshchilov and Hutter 2019), by the formula of torch.optim.AdamW: decay apart from the gradient, times the rate. */
import { number } from '../ir/params';
import { defineOptimizer } from './define';
import { momentParams, momentStep } from './moments';
import { call, code } from '../ir/emit/code';
import { tfjsAdam, tfjsAdamW } from './tfjsOptimizers';
import { pytorchMoments } from './pytorchMoments';
import { kerasMoments } from './kerasOptimizers';

export const adamW = defineOptimizer({
  type: 'adamw',
  title: 'AdamW',
  aliases: ['Adam with Decoupled Weight Decay'],
  summary: 'Adam with weights that shrink by themselves, independent of the gradient.',
  params: {
    learningRate: number({ default: 0.001, above: 0, help: 'About the length of a step.' }),
    ...momentParams,
    weightDecay: number({
      default: 0.01,
      min: 0,
      help: 'Weights shrink by the learning rate times this at every step.',
    }),
  },
  slots: () => ['mean', 'square'],
  update: (params, context) => {
    const { ops, weight, gradient, learningRate, decayed } = context;
    const decay = decayed && params.weightDecay > 0;
    const kept = decay ? ops.mul(weight, 1 - learningRate * params.weightDecay) : weight;
    return { ...momentStep(params, context, kept, gradient) };
  },
  emit: {
    keras: (parts) => kerasMoments('AdamW', parts),
    pytorch: (parts) => pytorchMoments(code`torch.optim.AdamW`, true, parts),
    tfjs: ({ params: { beta1, beta2, epsilon, weightDecay }, parameters, learningRate }) => {
      const decays = weightDecay > 0;
      const moments = [learningRate, beta1, beta2, epsilon];
      const expression = decays
        ? call(code`new AdamW`, [...moments, weightDecay, parameters])
        : call(code`new Adam`, moments);
      const helpers = decays ? [tfjsAdam, tfjsAdamW] : [tfjsAdam];
      return { expression, decays, slots: { mean: { theirs: 'm' }, square: { theirs: 'v' } }, helpers };
    },
  },
});
