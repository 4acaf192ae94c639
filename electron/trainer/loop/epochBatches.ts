/** Which samples each step of an epoch sees: a permutation drawn for the epoch, cut into batches, the last one partial. */
import type { TrainingPlan } from '../../../shared/ir/program';
import { randomStream } from '../../../shared/training/random';

export interface EpochBatches {
  /** Steps of the epoch. */
  readonly length: number;
  /** Positions in the training part for one step, an array a micro-batch. */
  microBatches: (position: number) => Uint32Array[];
  /** Samples of one step. */
  samples: (position: number) => number;
}

type BatchPlan = Pick<TrainingPlan, 'batchSize' | 'accumulate' | 'seed'>;

export function stepsPerEpoch(samples: number, plan: Pick<BatchPlan, 'batchSize' | 'accumulate'>): number {
  return Math.ceil(samples / (plan.batchSize * plan.accumulate));
}

/** `epoch` counts from 0. Depends on the seed, the epoch and the number of samples alone. */
export function epochBatches(samples: number, plan: BatchPlan, epoch: number): EpochBatches {
  const order = randomStream(plan.seed, 'shuffle', epoch).permutation(samples);
  const perStep = plan.batchSize * plan.accumulate;
  const end = (position: number): number => Math.min((position + 1) * perStep, samples);
  return {
    length: stepsPerEpoch(samples, plan),
    samples: (position) => end(position) - position * perStep,
    microBatches(position) {
      const batches: Uint32Array[] = [];
      for (let from = position * perStep; from < end(position); from += plan.batchSize) {
        batches.push(order.subarray(from, Math.min(from + plan.batchSize, end(position))));
      }
      return batches;
    },
  };
}
