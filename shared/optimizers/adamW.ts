/** AdamW (Loshchilov and Hutter 2019), by the formula of torch.optim.AdamW: decay apart from the gradient, times the rate. */
import { number } from '../ir/params';
import { defineOptimizer } from './define';
import { momentParams, momentStep } from './moments';

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
});
