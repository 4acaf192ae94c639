/** Feeds the engine steps of an epoch, two submissions in flight, until the epoch ends or something wants attention. */
import type { Step, Submitted } from '../engines/engine';
import type { EpochBatches } from './epochBatches';
import { askForEnd, dropEnd, type EpochEnd } from './epochEnd';
import { addToSums } from './epochSums';
import type { LoopContext } from './loopContext';
import { stepControls } from './stepControls';

interface InFlight {
  first: number;
  steps: number;
  submitted: Promise<Submitted>;
}

/** Why the engine stopped before the end of what it was given. */
export type EarlyEnd = Pick<Submitted, 'reason' | 'largestBatch'>;

export interface StepsDone {
  /** Null where the engine did all that it was given. */
  early: EarlyEnd | null;
  /** What was asked for behind the epoch's last step, where that was done. */
  end: EpochEnd | null;
}

/** No submission is in flight afterwards. */
export async function submitSteps(run: LoopContext, batches: EpochBatches): Promise<StepsDone> {
  const { state, control, checkpoints } = run;
  const inFlight: InFlight[] = [];
  let next = state.position;
  let early: EarlyEnd | null = null;
  let end: EpochEnd | null = null;
  let turnBegan = run.now();

  const mayGoOn = (): boolean =>
    early === null && next < batches.length && !control.signal.aborted && !checkpoints.isDue();

  for (;;) {
    // A step that is being timed must have the engine to itself.
    const width = isProbing(run) ? 1 : 2;
    while (inFlight.length < width && mayGoOn()) {
      const steps = prepareSteps(run, batches, next);
      const submitted = run.runner.submit(steps, control.signal);
      // Where an engine fails, those behind fail before they are awaited: the first one says why.
      submitted.catch(() => undefined);
      inFlight.push({ first: next, steps: steps.length, submitted });
      next += steps.length;
    }
    if (next === batches.length && early === null && !control.signal.aborted) end ??= askForEnd(run);
    const oldest = inFlight.shift();
    if (oldest === undefined) break;
    const submitted = await oldest.submitted;
    const milliseconds = run.now() - turnBegan;
    turnBegan = run.now();
    acceptColumns(run, batches, submitted, milliseconds);
    if (submitted.stoppedAt !== undefined) early ??= submitted;
  }
  if (early === null) return { early, end };
  if (end) await dropEnd(end);
  return { early, end: null };
}

function isProbing({ ratioProbe }: LoopContext): boolean {
  return ratioProbe !== null && ratioProbe.next() !== null;
}

function prepareSteps(run: LoopContext, batches: EpochBatches, first: number): Step[] {
  const timed = run.ratioProbe?.next() ?? null;
  if (timed !== null) run.runner.reconfigure({ ratioEvery: timed });
  const count = Math.min(timed === null ? run.sizer.next() : 1, batches.length - first);
  return Array.from({ length: count }, (_, at) => stepAt(run, batches, first + at));
}

/** The step at a position of the epoch that is going on. */
export function stepAt({ plan, state }: LoopContext, batches: EpochBatches, position: number): Step {
  const index = state.epoch * batches.length + position;
  const inputs = { step: index, stepsPerEpoch: batches.length, history: state.history };
  return { index, microBatches: batches.microBatches(position), controls: stepControls(plan, inputs) };
}

function acceptColumns(run: LoopContext, batches: EpochBatches, { columns }: Submitted, milliseconds: number): void {
  const { state } = run;
  if (columns.steps === 0) return;
  if (columns.firstStep !== state.step) {
    throw new Error(`the engine reported step ${columns.firstStep} where ${state.step} was due`);
  }
  const from = state.position;
  addToSums(state.sums, columns, (row) => batches.samples(from + row));
  state.position += columns.steps;
  state.step += columns.steps;
  state.seconds += milliseconds / 1000;
  state.epochSeconds += milliseconds / 1000;
  if (isProbing(run)) finishProbe(run, milliseconds);
  else run.sizer.measured(columns.steps, milliseconds);
  run.output.columns(columns);
}

function finishProbe({ ratioProbe, runner, keepRatioEvery }: LoopContext, milliseconds: number): void {
  ratioProbe?.measured(milliseconds);
  if (!ratioProbe || ratioProbe.next() !== null) return;
  const every = ratioProbe.every();
  runner.reconfigure({ ratioEvery: every });
  keepRatioEvery(every);
}
