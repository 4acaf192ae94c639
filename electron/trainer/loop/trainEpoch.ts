/** One epoch: its remaining steps in order, then validation; rests where the user pauses, ends where something ends it. */
import type { Snapshot } from '../engines/engine';
import type { EpochBatches } from './epochBatches';
import { askForEnd, type EpochEnd } from './epochEnd';
import { evaluatePart, type JudgedPart } from './evaluatePart';
import type { LoopContext } from './loopContext';
import { rest } from './rest';
import type { Ending } from './runEnding';
import { submitSteps } from './submitSteps';

export type EpochOutcome = { validation: JudgedPart | null; snapshot: Promise<Snapshot> } | { ending: Ending };

/** `validation` is null where the data have no such part; `snapshot`: after the last step. */
export async function trainEpoch(run: LoopContext, batches: EpochBatches): Promise<EpochOutcome> {
  let asked: EpochEnd | null = null;
  while (run.state.position < batches.length) {
    if (run.checkpoints.isDue()) await run.checkpoints.save(run.state);
    const { early, end } = await submitSteps(run, batches);
    asked = end;
    if (early?.reason === 'not finite') return { ending: { kind: 'not finite' } };
    if (early?.reason === 'out of memory') {
      return { ending: { kind: 'out of memory', largestBatch: early.largestBatch ?? null } };
    }
    if ((await rest(run)) === 'stop') return { ending: { kind: 'stopped' } };
  }
  // A run may go on from where it stood between the last step and validation.
  const { validation, snapshot } = asked ?? askForEnd(run);
  if (!validation) return { validation: null, snapshot };
  for (let judging = validation; ; judging = evaluatePart(run, 'validation', { full: false })) {
    const began = run.now();
    const judged = await judging;
    run.state.epochSeconds += (run.now() - began) / 1000;
    if (judged) return { validation: judged, snapshot };
    if ((await rest(run)) === 'stop') return { ending: { kind: 'stopped' } };
  }
}
