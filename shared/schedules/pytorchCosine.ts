/** The cosine in PyTorch: its own schedule, or a function of the update where it has a warm-up. */
import { call, code, operation } from '../ir/emit/code';
import type { Helper } from '../ir/emit/emission';
import type { ScheduleCode, ScheduleParts } from '../ir/emit/trainingEmission';

const warmUp: Helper = {
  name: 'warm_up_and_cosine',
  source: `def warm_up_and_cosine(
    optimizer: torch.optim.Optimizer,
    warm_up: float,
    total_updates: int,
    final_factor: float = 0.0,
) -> lr_scheduler.LambdaLR:
    """The learning rate rises in a line for \`warm_up\` updates, then falls in a cosine."""
    rising = min(math.floor(warm_up + 0.5), total_updates)

    def factor(update: int) -> float:
        if update < rising:
            return (update + 1) / rising
        progress = min(1.0, (update - rising) / max(1, total_updates - rising))
        wave = (1 + math.cos(math.pi * progress)) / 2
        return final_factor + (1 - final_factor) * wave

    return lr_scheduler.LambdaLR(optimizer, factor)`,
  imports: ['import math', 'import torch', 'from torch.optim import lr_scheduler'],
};

export function pytorchCosine(
  { warmupEpochs, finalFactor }: { warmupEpochs: number; finalFactor: number },
  { optimizer, learningRate, updatesPerEpoch, totalUpdates }: ScheduleParts<unknown>['names'],
): ScheduleCode {
  if (warmupEpochs === 0) {
    const end = finalFactor === 0 ? undefined : operation('*', [learningRate, finalFactor]);
    const schedule = code`lr_scheduler.CosineAnnealingLR`;
    return { expression: call(schedule, [optimizer, totalUpdates], { eta_min: end }), moves: 'update' };
  }
  const rising = warmupEpochs === 1 ? updatesPerEpoch : operation('*', [warmupEpochs, updatesPerEpoch]);
  return {
    expression: call(code`warm_up_and_cosine`, [optimizer, rising, totalUpdates], {
      final_factor: finalFactor === 0 ? undefined : finalFactor,
    }),
    moves: 'update',
    helpers: [warmUp],
  };
}
