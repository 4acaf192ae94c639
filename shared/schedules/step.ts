/** A learning rate that drops every few epochs, as torch.optim.lr_scheduler.StepLR stepped once an epoch. */
import { integer, number } from '../ir/params';
import { defineSchedule } from './define';
import { code, call, operation } from '../ir/emit/code';

export const step = defineSchedule({
  type: 'step',
  title: 'Step',
  aliases: ['StepLR', 'Staircase', 'Decay'],
  summary: 'The learning rate is multiplied by a factor every few epochs.',
  params: {
    everyEpochs: integer({ default: 10, min: 1, help: 'Epochs between two drops.' }),
    factor: number({ default: 0.1, above: 0, max: 1, help: 'What the rate is multiplied by at each drop.' }),
  },
  factor: ({ everyEpochs, factor }, { update, updatesPerEpoch }) =>
    factor ** Math.floor(Math.floor(update / updatesPerEpoch) / everyEpochs),
  emit: {
    keras: ({ params: { everyEpochs, factor }, names }) => {
      const every = everyEpochs === 1 ? names.updatesPerEpoch : operation('*', [everyEpochs, names.updatesPerEpoch]);
      const schedule = code`keras.optimizers.schedules.ExponentialDecay`;
      return { expression: call(schedule, [names.learningRate, every, factor], { staircase: true }), moves: 'update' };
    },
    pytorch: ({ params: { everyEpochs, factor }, names }) => ({
      expression: call(code`lr_scheduler.StepLR`, [names.optimizer, everyEpochs], { gamma: factor }),
      moves: 'epoch',
    }),
    tfjs: ({ params: { everyEpochs, factor }, names: { updatesPerEpoch } }) => ({
      expression: code`${factor} ** Math.floor(update / (${everyEpochs} * ${updatesPerEpoch}))`,
      moves: 'epoch',
    }),
  },
});
