/** A run that is open in this process: engine, log, lock and loop together, from its first event to its last. */
import { fill } from '../../shared/messages/fill';
import { runSentences } from '../../shared/messages/runSentences';
import type { CheckedProgram } from '../../shared/ir/program';
import type { RunResult } from '../../shared/training/events';
import { openLogWriter, type LogWriter } from '../files/logWriter';
import type { OpenedData } from '../services/data/openData';
import { failureOf } from '../services/problemFailure';
import { ServiceProblem } from '../services/serviceProblem';
import { logFile } from '../services/runs/runFolder';
import type { RunLock } from '../services/runs/runLock';
import { writeRunRecord, type RunRecord } from '../services/runs/runRecord';
import type { Runner } from './engines/engine';
import { createCheckpoints } from './loop/checkpoints';
import { stepsPerEpoch } from './loop/epochBatches';
import type { LoopContext } from './loop/loopContext';
import { createMetricFrames } from './loop/metricFrames';
import type { PolicyState } from './loop/policyState';
import { createRatioProbe } from './loop/ratioProbe';
import { createRunControl, type RunControl } from './loop/runControl';
import { resultOf } from './loop/runEnding';
import { createRunOutput } from './loop/runOutput';
import { createSubmissionSizer } from './loop/submissionSizer';
import { thinEvents } from './loop/thinEvents';
import { trainLoop } from './loop/trainLoop';
import type { RunWatcher, TrainerDependencies } from './trainerDependencies';

export interface RunSession {
  run: string;
  folder: string;
  control: RunControl;
  /** Never rejects: what goes wrong is a result that says so. Lock and files are released before it resolves. */
  result: Promise<RunResult>;
}

/** Everything that has to be open before training can begin. */
export interface OpenedRun {
  folder: string;
  record: RunRecord;
  program: CheckedProgram;
  data: OpenedData;
  runner: Runner;
  lock: RunLock;
  state: PolicyState;
  resumed: boolean;
  /** Steps in each submission; null: as many as fit. */
  submission: number | null;
  /** Whoever watches looks, and does not count: epochs and checkpoints may be left out where they come too fast. */
  thin: boolean;
}

/** Begins to train; everything that was opened is closed at the end. */
export function beginSession(opened: OpenedRun, watcher: RunWatcher, dependencies: TrainerDependencies): RunSession {
  const control = createRunControl();
  const { folder, record, thin } = opened;
  const told = thin ? { ...watcher, event: thinEvents(watcher.event, dependencies.now) } : watcher;
  return { run: record.id, folder, control, result: trainAndClose(opened, control, told, dependencies) };
}

async function trainAndClose(
  opened: OpenedRun,
  control: RunControl,
  watcher: RunWatcher,
  dependencies: TrainerDependencies,
): Promise<RunResult> {
  let log: LogWriter | null = null;
  let result: RunResult;
  try {
    log = openLogWriter(dependencies.files, logFile(opened.folder));
    const context = createContext(opened, control, log, watcher, dependencies);
    result = await trainIn(context, opened);
    log.event({ event: 'done', result });
  } catch (error) {
    result = failed(opened, error);
    // Without an end on record the run counts as interrupted, as if this process had died.
    if (isLost(error)) return breakOff(opened, control, log, { result, watcher });
    tryTo(() => log?.event({ event: 'done', result }));
  }
  control.end();
  result = await closeAll(opened, log, result);
  // Told last, so that whoever hears it finds the run free and its folder complete.
  watcher.event({ event: 'done', result });
  return result;
}

function isLost(error: unknown): boolean {
  return error instanceof ServiceProblem && error.code === 'engine-lost';
}

async function breakOff(
  opened: OpenedRun,
  control: RunControl,
  log: LogWriter | null,
  { result, watcher }: { result: RunResult; watcher: RunWatcher },
): Promise<RunResult> {
  control.end();
  const outcome = await closeAll(opened, log, result);
  watcher.lost?.(outcome.reason ?? '');
  return outcome;
}

async function trainIn(context: LoopContext, { record, resumed }: OpenedRun): Promise<RunResult> {
  const { state, output, runner, plan, checkpoints } = context;
  output.event({
    event: 'started',
    run: record.id,
    engine: record.engine.id,
    step: state.step,
    epoch: state.epoch,
    stepsPerEpoch: stepsPerEpoch(context.counts.train, plan),
    epochs: plan.epochs,
    groups: [...runner.groups],
    scalarNames: [...runner.scalarNames],
    ratioEvery: record.ratioEvery,
    resumed,
  });
  for (const message of runner.notes ?? []) output.event({ event: 'warning', code: 'engine-note', message });
  output.event({ event: 'state', state: 'running', step: state.step });
  try {
    return await trainLoop(context);
  } finally {
    // Where training broke off, what was taken before is still worth keeping.
    await checkpoints.written().catch(() => undefined);
    output.flush();
  }
}

function createContext(
  { folder, record, program, data, runner, state, submission }: OpenedRun,
  control: RunControl,
  log: LogWriter,
  watcher: RunWatcher,
  { files, now }: TrainerDependencies,
): LoopContext {
  const frames = createMetricFrames({ send: watcher.frame, now });
  const output = createRunOutput({ log, frames, send: watcher.event });
  return {
    plan: program.training,
    heads: program.heads,
    runner,
    counts: { train: data.count('train'), validation: data.count('validation'), test: data.count('test') },
    state,
    control,
    output,
    checkpoints: createCheckpoints({ folder, runner, output, now }),
    sizer: createSubmissionSizer(runner.scalarNames.length + 2 * runner.groups.length, submission),
    ratioProbe: record.ratioEvery === null ? createRatioProbe() : null,
    keepRatioEvery: (every) => writeRunRecord(files, folder, { ...record, ratioEvery: every }),
    now,
  };
}

function failed({ state }: OpenedRun, error: unknown): RunResult {
  const { code, message } = failureOf(error);
  const reason = code === 'internal' ? fill(runSentences.brokeOff, { why: message }) : message;
  return resultOf({ state }, { state: 'failed', reason });
}

/** Closes what is open, one after the other, whatever each throws; a log that cannot be finished fails the run. */
async function closeAll(opened: OpenedRun, log: LogWriter | null, result: RunResult): Promise<RunResult> {
  const { runner, data, lock } = opened;
  let outcome = result;
  await log?.close().catch((error: unknown) => {
    if (outcome.state !== 'failed') outcome = { ...outcome, state: 'failed', reason: failureOf(error).message };
  });
  await runner.close().catch(() => undefined);
  tryTo(() => data.close());
  tryTo(() => lock.release());
  return outcome;
}

/** For clean-up after an error that says more than another one would. */
function tryTo(action: () => void): void {
  try {
    action();
  } catch {
    // See above.
  }
}
