/** The end of an epoch: its summary, whether it is the best, the checkpoints, and the state for the next one. */
import type { EpochSummary } from '../../../shared/training/events';
import type { Snapshot } from '../engines/engine';
import { improves, monitoredValue, trackEpoch } from './bestTracker';
import { emptySums, meansOf } from './epochSums';
import type { JudgedPart } from './evaluatePart';
import type { EpochBatches } from './epochBatches';
import type { LoopContext } from './loopContext';
import { learningRateAt } from './stepControls';

export async function finishEpoch(
  run: LoopContext,
  batches: EpochBatches,
  { validation, snapshot }: { validation: JudgedPart | null; snapshot: Promise<Snapshot> },
): Promise<void> {
  const { plan, state } = run;
  const train = meansOf(state.sums);
  const value = monitoredValue(plan, validation?.measures ?? train, run.heads[0]?.name ?? '');
  const summary: EpochSummary = {
    epoch: state.epoch + 1,
    step: state.step,
    train,
    validation: validation?.measures ?? null,
    learningRate: lastLearningRate(run, batches),
    seconds: state.epochSeconds,
    best: improves(state, value),
  };
  trackEpoch(plan, state, summary, value);
  Object.assign(state, { epoch: state.epoch + 1, position: 0, sums: emptySums(), epochSeconds: 0 });
  const tell = (): void => run.output.event({ event: 'epoch', summary });
  // The epoch before may still wait for its weights: epochs are told in their order.
  await run.checkpoints.written();
  if (!summary.best) tell();
  // The best weights are safe before anything says that they are the best.
  await run.checkpoints.save(state, { snapshot, ...(summary.best && { onBest: tell }) });
}

function lastLearningRate({ plan, state }: LoopContext, batches: EpochBatches): number {
  const step = Math.max(0, state.step - 1);
  return learningRateAt(plan, { step, stepsPerEpoch: batches.length, history: state.history });
}
