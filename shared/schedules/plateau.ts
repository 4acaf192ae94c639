/** A learning rate that is halved when validation stalls: torch.optim.lr_scheduler.ReduceLROnPlateau in mode min. */
import { integer, number } from '../ir/params';
import { defineSchedule } from './define';
import { call, code, operation, text } from '../ir/emit/code';
import { tfjsPlateau } from './tfjsSchedules';
import { kerasPlateau } from './kerasSchedules';

export const plateau = defineSchedule({
  type: 'plateau',
  title: 'Halve on plateau',
  aliases: ['ReduceLROnPlateau', 'Halved on Stall'],
  summary: 'The learning rate is halved when the monitored value has not improved for some epochs.',
  params: {
    patience: integer({ default: 5, min: 0, help: 'Epochs without improvement that are waited for.' }),
    factor: number({ default: 0.5, above: 0, below: 1, help: 'What the rate is multiplied by.' }),
    minimum: number({ default: 0.001, min: 0, max: 1, help: 'The factor on the rate never falls below this.' }),
    threshold: number({ default: 1e-4, min: 0, below: 1, help: 'Relative improvement that counts as one.' }),
  },
  // Computed anew from the whole history: a resumed run needs no state of its own. A value that is NaN is no improvement.
  factor: ({ patience, factor, minimum, threshold }, { history }) => {
    let best = Infinity;
    let stalled = 0;
    let current = 1;
    for (const value of history) {
      const improved = best === Infinity ? value < best : value < best - threshold * Math.abs(best);
      if (improved) best = value;
      stalled = improved ? 0 : stalled + 1;
      if (stalled <= patience) continue;
      current = Math.max(minimum, current * factor);
      stalled = 0;
    }
    return current;
  },
  emit: {
    keras: ({ params: { factor, patience, minimum, threshold } }) => {
      const settings = { factor, patience, minimum, threshold };
      const expression = call(code`ReduceOnPlateau`, [code`monitor`, code`mode`], settings);
      return { expression, moves: 'monitor', helpers: [kerasPlateau] };
    },
    pytorch: ({ params, direction, names }) => ({
      expression: call(code`lr_scheduler.ReduceLROnPlateau`, [names.optimizer], {
        mode: direction === 'up' ? text('max') : undefined,
        factor: params.factor,
        patience: params.patience,
        threshold: params.threshold,
        min_lr: operation('*', [names.learningRate, params.minimum]),
        eps: 0,
      }),
      moves: 'monitor',
    }),
    tfjs: ({ params: { patience, factor, minimum, threshold } }) => {
      const expression = call(code`plateauFactor`, [code`history`], { patience, factor, minimum, threshold });
      return { expression, moves: 'monitor', helpers: [tfjsPlateau] };
    },
  },
});
