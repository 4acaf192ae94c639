/**
 * What follows the last step of an epoch, asked for while that step is computed still: an engine does in order what it is
 * asked for, and need not wait until somebody has heard of the step and asks for more.
 */
import type { Snapshot } from '../engines/engine';
import { evaluatePart, type JudgedPart } from './evaluatePart';
import type { LoopContext } from './loopContext';

export interface EpochEnd {
  /** Null where the data have no such part; within, where the signal ended it early. */
  validation: Promise<JudgedPart | null> | null;
  snapshot: Promise<Snapshot>;
}

export function askForEnd(run: LoopContext): EpochEnd {
  const validation = run.counts.validation === 0 ? null : evaluatePart(run, 'validation', { full: false });
  const snapshot = run.runner.snapshot();
  // Whoever awaits them hears of a failure, also where the step fails first.
  for (const asked of [validation, snapshot]) asked?.catch(() => undefined);
  return { validation, snapshot };
}

/** Where the steps before it ended early, nobody wants it; but it must be over before the engine is asked for other things. */
export async function dropEnd({ validation, snapshot }: EpochEnd): Promise<void> {
  await Promise.allSettled([validation, snapshot]);
}
