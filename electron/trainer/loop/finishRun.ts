/** The end of training: the best weights are loaded and judged in full, on validation and then, once, on the test part. */
import type { FinalEvaluation, RunResult } from '../../../shared/training/events';
import { evaluatePart } from './evaluatePart';
import type { LoopContext } from './loopContext';
import { rest } from './rest';
import { resultOf } from './runEnding';

export async function finishRun(run: LoopContext): Promise<RunResult> {
  await run.checkpoints.loadBest(run.state.step);
  const validation = await judgeInFull(run, 'validation');
  const test = validation === 'stop' ? 'stop' : await judgeInFull(run, 'test');
  if (validation === 'stop' || test === 'stop') {
    return resultOf(run, { state: 'stopped', reason: 'stopped by the user' });
  }
  return resultOf(run, { state: 'finished', reason: null, test: test?.measures ?? null });
}

/** Null where the data have no such part. */
async function judgeInFull(run: LoopContext, part: FinalEvaluation['part']): Promise<FinalEvaluation | 'stop' | null> {
  if (run.counts[part] === 0) return null;
  for (;;) {
    const judged = await evaluatePart(run, part, { full: true });
    if (judged) {
      const evaluation = { part, ...judged };
      run.output.event({ event: 'evaluation', evaluation });
      return evaluation;
    }
    // `last` was written at the end of the last epoch; the weights here are the best ones and must not replace it.
    if ((await rest({ ...run, checkpoints: { ...run.checkpoints, save: () => Promise.resolve() } })) === 'stop') {
      return 'stop';
    }
  }
}
