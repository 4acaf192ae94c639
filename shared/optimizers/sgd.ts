/** Stochastic gradient descent with momentum and Nesterov's variant, by the formula of torch.optim.SGD (dampening 0). */
import type { OptimizerCode } from '../ir/emit/trainingEmission';
import type { Tensor } from '../ir/layerDefinition';
import { boolean, number } from '../ir/params';
import { defineOptimizer } from './define';
import { call, code } from '../ir/emit/code';
import { tfjsPenalised, tfjsPenalisedMomentum, tfjsPenalisedSgd } from './tfjsOptimizers';
import { kerasSgd } from './kerasOptimizers';

export const sgd = defineOptimizer({
  type: 'sgd',
  title: 'SGD',
  aliases: ['Stochastic Gradient Descent', 'Momentum', 'Nesterov'],
  summary: 'Steps against the gradient; momentum lets the direction of past steps carry on.',
  params: {
    learningRate: number({ default: 0.01, above: 0, help: 'Length of a step.' }),
    momentum: number({ default: 0, min: 0, below: 1, help: 'Part of the velocity that is kept at every step.' }),
    nesterov: boolean({ default: false, help: 'Look ahead along the velocity; needs momentum.' }),
    weightDecay: number({ default: 0, min: 0, help: 'Adds this times the weight to the gradient (L2 penalty).' }),
  },
  slots: ({ momentum }) => (momentum > 0 ? ['velocity'] : []),
  // velocity = momentum * velocity + g; weight -= rate * velocity, or with Nesterov rate * (g + momentum * velocity).
  update: ({ momentum, nesterov, weightDecay }, context): { weight: Tensor; slots: Record<string, Tensor> } => {
    const { ops, weight, gradient, slots, learningRate, decayed } = context;
    const slope = decayed && weightDecay > 0 ? ops.add(gradient, ops.mul(weight, weightDecay)) : gradient;
    const moved = (direction: Tensor): Tensor => ops.sub(weight, ops.mul(direction, learningRate));
    if (momentum === 0) return { weight: moved(slope), slots: {} };
    const velocity = ops.add(ops.mul(slots.velocity!, momentum), slope);
    const direction = nesterov ? ops.add(slope, ops.mul(velocity, momentum)) : velocity;
    return { weight: moved(direction), slots: { velocity } };
  },
  emit: {
    keras: (parts) => kerasSgd(parts),
    pytorch: ({ params, parameters, learningRate }) => {
      const { momentum, nesterov, weightDecay } = params;
      const options = {
        momentum: momentum === 0 ? undefined : momentum,
        nesterov: momentum > 0 && nesterov ? true : undefined,
        weight_decay: weightDecay === 0 ? undefined : weightDecay,
      };
      const slots: OptimizerCode['slots'] = momentum > 0 ? { velocity: { theirs: 'momentum_buffer' } } : {};
      return {
        expression: call(code`torch.optim.SGD`, [parameters], { lr: learningRate, ...options }),
        decays: weightDecay > 0,
        slots,
      };
    },
    tfjs: ({ params: { momentum, nesterov, weightDecay }, parameters, learningRate }) => {
      const decays = weightDecay > 0;
      const slots: OptimizerCode['slots'] = momentum > 0 ? { velocity: { theirs: 'momentum' } } : {};
      const decay = decays ? [weightDecay, parameters] : [];
      if (momentum === 0) {
        const made = decays ? code`new PenalisedSgd` : code`tf.train.sgd`;
        const helpers = decays ? [tfjsPenalised, tfjsPenalisedSgd] : [];
        return { expression: call(made, [learningRate, ...decay]), decays, slots, helpers };
      }
      const made = decays ? code`new PenalisedMomentum` : code`tf.train.momentum`;
      const ahead = nesterov || decays ? [nesterov] : [];
      const helpers = decays ? [tfjsPenalised, tfjsPenalisedMomentum] : [];
      return { expression: call(made, [learningRate, momentum, ...ahead, ...decay]), decays, slots, helpers };
    },
  },
});
