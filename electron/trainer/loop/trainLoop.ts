/** Training, in textbook order. Everything it calls is policy too; the engine only computes. */
import type { RunResult } from '../../../shared/training/events';
import { isExhausted } from './bestTracker';
import { epochBatches } from './epochBatches';
import { finishEpoch } from './finishEpoch';
import { finishRun } from './finishRun';
import type { LoopContext } from './loopContext';
import { endEarly } from './runEnding';
import { trainEpoch } from './trainEpoch';

/**
 * Trains from wherever `run.state` stands to the end of the run, or to its end by the user or by a fault of the
 * numbers. Throws what engine, log and disk throw. The state is the same at equal steps whatever happened before.
 */
export async function trainLoop(run: LoopContext): Promise<RunResult> {
  const { plan, state, counts } = run;
  while (state.epoch < plan.epochs && !isExhausted(plan, state)) {
    const batches = epochBatches(counts.train, plan, state.epoch);
    const outcome = await trainEpoch(run, batches);
    if ('ending' in outcome) return endEarly(run, outcome.ending, batches);
    await finishEpoch(run, batches, outcome);
  }
  return finishRun(run);
}
