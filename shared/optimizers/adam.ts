/** Adam, by the formula of torch.optim.Adam: weight decay is coupled, a part of the gradient. */
import { number } from '../ir/params';
import { defineOptimizer } from './define';
import { momentParams, momentStep } from './moments';
import { call, code } from '../ir/emit/code';
import { tfjsAdam, tfjsPenalised, tfjsPenalisedAdam } from './tfjsOptimizers';
import { pytorchMoments } from './pytorchMoments';
import { kerasMoments } from './kerasOptimizers';

export const adam = defineOptimizer({
  type: 'adam',
  title: 'Adam',
  aliases: ['Adaptive Moment Estimation'],
  summary: 'Steps of a length that adapts to the size of past gradients, for every weight on its own.',
  params: {
    learningRate: number({ default: 0.001, above: 0, help: 'About the length of a step.' }),
    ...momentParams,
    weightDecay: number({
      default: 0,
      min: 0,
      help: 'Adds this times the weight to the gradient (L2 penalty). AdamW is mostly the better choice.',
    }),
  },
  slots: () => ['mean', 'square'],
  update: (params, context) => {
    const { ops, weight, gradient, decayed } = context;
    const decay = decayed && params.weightDecay > 0;
    return {
      ...momentStep(params, context, weight, decay ? ops.add(gradient, ops.mul(weight, params.weightDecay)) : gradient),
    };
  },
  emit: {
    keras: (parts) => kerasMoments('Adam', parts),
    pytorch: (parts) => pytorchMoments(code`torch.optim.Adam`, false, parts),
    tfjs: ({ params: { beta1, beta2, epsilon, weightDecay }, parameters, learningRate }) => {
      const decays = weightDecay > 0;
      const moments = [learningRate, beta1, beta2, epsilon];
      const expression = decays
        ? call(code`new PenalisedAdam`, [...moments, weightDecay, parameters])
        : call(code`new Adam`, moments);
      const helpers = decays ? [tfjsAdam, tfjsPenalised, tfjsPenalisedAdam] : [tfjsAdam];
      return { expression, decays, slots: { mean: { theirs: 'm' }, square: { theirs: 'v' } }, helpers };
    },
  },
});
