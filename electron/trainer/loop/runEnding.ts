/** How a run ends: stopped by the user, by a loss that is not finite, for want of memory, or by an error. */
import { fill } from '../../../shared/messages/fill';
import { runSentences } from '../../../shared/messages/runSentences';
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
  await run.checkpoints.save(run.state);
  await run.checkpoints.written();
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
  const facts = { step: state.step, batchSize: plan.batchSize };
  if (largestBatch === null) return fill(runSentences.outOfMemory, facts);
  return fill(runSentences.outOfMemoryFits, { ...facts, fits: largestBatch });
}

function notFiniteSentence({ step, loss, node, name, elements }: NotFinite): string {
  const { notANumber, infinite, minusInfinite, inLoss, inNode } = runSentences;
  const value = loss === null || Number.isNaN(loss) ? notANumber : loss > 0 ? infinite : minusInfinite;
  const label = name !== null && name !== node ? ` (${name})` : '';
  const where = node === null ? inLoss : fill(inNode, { node: `${node}${label}`, elements });
  return fill(runSentences.notFinite, { value, step, where });
}
