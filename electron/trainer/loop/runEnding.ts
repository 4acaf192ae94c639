/** How a run ends: stopped by the user, by a loss that is not finite, for want of memory, or by an error. */
import type { NotFinite, RunResult } from '../../../shared/training/events';
import type { EpochBatches } from './epochBatches';
import type { LoopContext } from './loopContext';
import { stepAt } from './submitSteps';

/** `largestBatch`: what is likely to fit, where the engine can tell. */
export type Ending =
  { kind: 'stopped' } | { kind: 'not finite' } | { kind: 'out of memory'; largestBatch: number | null };

export async function endEarly(run: LoopContext, ending: Ending, batches: EpochBatches): Promise<RunResult> {
  if (ending.kind === 'stopped') return resultOf(run, { state: 'stopped', reason: 'stopped by the user' });
  // The weights are those before the step: worth keeping, and what diagnose looks at.
  await run.checkpoints.save('last', run.state);
  if (ending.kind === 'out of memory') {
    return resultOf(run, { state: 'failed', reason: outOfMemorySentence(run, ending.largestBatch) });
  }
  const notFinite = await run.runner.diagnose(stepAt(run, batches, run.state.position));
  run.output.event({ event: 'notFinite', notFinite });
  return resultOf(run, { state: 'failed', reason: notFiniteSentence(notFinite), notFinite });
}

/** The result as far as the loop's state tells it. */
export function resultOf(
  { state }: Pick<LoopContext, 'state'>,
  rest: Pick<RunResult, 'state' | 'reason'> & Partial<RunResult>,
): RunResult {
  const best = state.best?.summary ?? null;
  return {
    epochs: state.epoch,
    steps: state.step,
    bestEpoch: best?.epoch ?? null,
    train: best?.train ?? null,
    validation: best?.validation ?? null,
    test: null,
    notFinite: null,
    seconds: state.seconds,
    ...rest,
  };
}

function outOfMemorySentence({ plan, state }: LoopContext, largestBatch: number | null): string {
  const advice = largestBatch === null ? '' : `; ${largestBatch} may fit`;
  return (
    `Out of memory at step ${state.step}. Make the batch smaller (training.batchSize is ${plan.batchSize}${advice}); ` +
    'training.accumulate gives the same update from several smaller batches.'
  );
}

function notFiniteSentence({ step, loss, node, name, elements }: NotFinite): string {
  const value = loss === null || Number.isNaN(loss) ? 'not a number' : loss > 0 ? 'infinite' : 'minus infinity';
  const label = name !== null && name !== node ? ` (${name})` : '';
  const where =
    node === null
      ? 'The outputs of all nodes were finite, so it arose in the loss itself.'
      : `The first node whose output was not finite is ${node}${label}: ${elements} of its values.`;
  return (
    `The loss became ${value} at step ${step}; the weights were left as they were before it. ${where} ` +
    'A smaller learning rate, clipping (training.clipNorm) or normalised inputs usually help.'
  );
}
