/** One epoch: its remaining steps in order, then validation; rests where the user pauses, ends where something ends it. */
import type { JudgedPart } from './evaluatePart';
import { evaluatePart } from './evaluatePart';
import type { EpochBatches } from './epochBatches';
import type { LoopContext } from './loopContext';
import { rest } from './rest';
import type { Ending } from './runEnding';
import { submitSteps } from './submitSteps';

export type EpochOutcome = { validation: JudgedPart | null } | { ending: Ending };

/** `validation` is null where the data have no such part. */
export async function trainEpoch(run: LoopContext, batches: EpochBatches): Promise<EpochOutcome> {
  while (run.state.position < batches.length) {
    if (run.checkpoints.isDue()) await run.checkpoints.save(run.state);
    const early = await submitSteps(run, batches);
    if (early?.reason === 'not finite') return { ending: { kind: 'not finite' } };
    if (early?.reason === 'out of memory') {
      return { ending: { kind: 'out of memory', largestBatch: early.largestBatch ?? null } };
    }
    if ((await rest(run)) === 'stop') return { ending: { kind: 'stopped' } };
  }
  if (run.counts.validation === 0) return { validation: null };
  for (;;) {
    const began = run.now();
    const validation = await evaluatePart(run, 'validation', { full: false });
    run.state.epochSeconds += (run.now() - began) / 1000;
    if (validation) return { validation };
    if ((await rest(run)) === 'stop') return { ending: { kind: 'stopped' } };
  }
}
