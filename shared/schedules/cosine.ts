/** Half a wave of the cosine after a linear warm-up: torch.optim.lr_scheduler.CosineAnnealingLR by updates. */
import { number } from '../ir/params';
import { defineSchedule } from './define';
import { call, code, operation } from '../ir/emit/code';
import { tfjsCosine } from './tfjsSchedules';
import { pytorchCosine } from './pytorchCosine';
import { kerasCosine } from './kerasSchedules';

export const cosine = defineSchedule({
  type: 'cosine',
  title: 'Cosine',
  aliases: ['CosineAnnealingLR', 'Warm-up'],
  summary: 'The learning rate rises in a warm-up, then falls along half a cosine wave until training ends.',
  params: {
    warmupEpochs: number({ default: 0, min: 0, help: 'Epochs of linear warm-up; parts of an epoch are allowed.' }),
    finalFactor: number({ default: 0, min: 0, max: 1, help: 'Part of the rate that is left at the end.' }),
  },
  // Update u of a warm-up of w updates has factor (u + 1) / w: the first step already learns, the last one fully.
  factor: ({ warmupEpochs, finalFactor }, { update, updatesPerEpoch, totalUpdates }) => {
    const warmup = Math.min(Math.round(warmupEpochs * updatesPerEpoch), totalUpdates);
    if (update < warmup) return (update + 1) / warmup;
    const progress = Math.min(1, (update - warmup) / Math.max(1, totalUpdates - warmup));
    return finalFactor + ((1 - finalFactor) * (1 + Math.cos(Math.PI * progress))) / 2;
  },
  emit: {
    keras: ({ params: { warmupEpochs, finalFactor }, names: { learningRate, updatesPerEpoch, totalUpdates } }) => {
      const end = finalFactor === 0 ? undefined : finalFactor;
      if (warmupEpochs === 0) {
        const schedule = code`keras.optimizers.schedules.CosineDecay`;
        return { expression: call(schedule, [learningRate, totalUpdates], { alpha: end }), moves: 'update' };
      }
      const rising = warmupEpochs === 1 ? updatesPerEpoch : operation('*', [warmupEpochs, updatesPerEpoch]);
      const schedule = call(code`WarmUpAndCosine`, [learningRate, rising, totalUpdates], { final_factor: end });
      return { expression: schedule, moves: 'update', helpers: [kerasCosine] };
    },
    pytorch: ({ params, names }) => pytorchCosine(params, names),
    tfjs: ({ params: { warmupEpochs, finalFactor }, names: { updatesPerEpoch, totalUpdates } }) => {
      const warmup = warmupEpochs === 0 ? 0 : code`${warmupEpochs} * ${updatesPerEpoch}`;
      const expression = call(code`cosineFactor`, [code`update`, warmup, totalUpdates, finalFactor]);
      return { expression, moves: 'update', helpers: [tfjsCosine] };
    },
  },
});
