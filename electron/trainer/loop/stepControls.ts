/** The numbers that the policy turns at every step: learning rate by schedule, clipping, and the count of the update. */
import type { TrainingPlan } from '../../../shared/ir/program';

export interface ControlInputs {
  step: number;
  stepsPerEpoch: number;
  history: readonly number[];
}

/** In the order of `standardControls`. */
export function stepControls(plan: TrainingPlan, inputs: ControlInputs): Float32Array {
  return Float32Array.of(learningRateAt(plan, inputs), plan.clipNorm ?? 0, inputs.step + 1);
}

/** The optimizer's rate times the schedule's factor for this step. */
export function learningRateAt(plan: TrainingPlan, { step, stepsPerEpoch, history }: ControlInputs): number {
  const base = plan.optimizer.params.learningRate;
  const factor = plan.schedule.definition.factor(plan.schedule.params, {
    update: step,
    updatesPerEpoch: stepsPerEpoch,
    totalUpdates: stepsPerEpoch * plan.epochs,
    history,
  });
  return (typeof base === 'number' ? base : 1) * factor;
}
