/** Follows one run to its end: feeds a watcher (live display or JSON lines), passes Ctrl+C on, answers with the exit code. */
import type { RunResult } from '../../shared/training/events';
import { FileProblem } from '../files/fileProblem';
import type { TrainOptions } from '../services/training/startTraining';
import type { Training } from '../services/training/training';
import type { Context } from './context';
import { jsonWatcher } from './jsonWatcher';
import { liveWatcher } from './liveWatcher';
import { exitCode, type ExitCode } from './exitCode';

export interface FollowFlags {
  json?: boolean;
  submission?: number;
}

export async function followTraining(
  start: (options: TrainOptions) => Promise<Training>,
  flags: FollowFlags,
  context: Context,
): Promise<ExitCode> {
  const watcher = flags.json ? jsonWatcher(context) : liveWatcher(context);
  let times = 0;
  let training: Training | null = null;
  const abort = new AbortController();
  let giveUp: () => void = () => undefined;
  const impatience = new Promise<null>((resolve) => (giveUp = () => resolve(null)));
  const release = context.onInterrupt(() => {
    times += 1;
    watcher.interrupted(times);
    if (training) training.stop();
    else if (times === 1) abort.abort();
    else giveUp();
  });
  try {
    const { home, spawn, prepare, places } = context;
    const { mirror } = places;
    const { submission } = flags;
    const told = { onData: watcher.data, onTrial: watcher.trial, onChoice: watcher.choice };
    const options = { home, spawn, prepare, mirror, submission, ...told, signal: abort.signal };
    // A second Ctrl+C does not wait for a trainer that opens: it goes when this process has gone.
    training = await Promise.race([start(options), impatience]);
    if (!training) return exitCode.interrupted;
    watcher.opened(training);
    // Ctrl+C came too late for the data and too early for the run.
    if (times > 0) training.stop();
    let lost = false;
    for await (const event of training.events) {
      watcher.event(event);
      lost ||= event.event === 'lost';
    }
    if (lost) {
      await training.result.catch(() => null);
      return times > 0 ? exitCode.interrupted : exitCode.failed;
    }
    return codeOf(await training.result, times > 0);
  } catch (error) {
    // A trainer that had hardly begun ends on Ctrl+C by itself.
    throw times > 0 && !training ? stoppedEarly(error) : error;
  } finally {
    watcher.close();
    release();
  }
}

function stoppedEarly(error: unknown): FileProblem {
  if (error instanceof FileProblem && error.code === 'cancelled') return error;
  return new FileProblem('cancelled', '', 'Stopped before the run had begun.');
}

function codeOf(result: RunResult, interrupted: boolean): ExitCode {
  if (interrupted) return exitCode.interrupted;
  return result.state === 'failed' ? exitCode.failed : exitCode.done;
}
