/** Goes on with a run that was stopped or broke off, from its last checkpoint, as if nothing had happened. */
import type { ReceivedOf } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import { removeLeftovers } from '../files/atomicWrite';
import { readRunHistory } from '../files/runHistory';
import { checkpointFile, checkpointsFolder, logFile } from '../services/runs/runFolder';
import { acquireLock } from '../services/runs/runLock';
import { engineOf, readRunRecord, writeRunRecord, type RunRecord } from '../services/runs/runRecord';
import { ServiceProblem } from '../services/serviceProblem';
import type { Runner } from './engines/engine';
import { initialPolicyState, policyFromMetadata, type PolicyState } from './loop/policyState';
import { openProgram } from './openProgram';
import { beginSession, type RunSession } from './runSession';
import type { RunWatcher, TrainerDependencies } from './trainerDependencies';

type ResumeRequest = ReceivedOf<TrainerContract, 'resume'>;

/**
 * With `engine`, on that one from now on: a checkpoint means the same on each. Throws `ServiceProblem` run-damaged,
 * run-busy, run-complete, data-changed, checkpoint-mismatch, engine-unavailable, or `FileProblem`.
 */
export async function resumeRun(
  { folder, engine, data, options }: ResumeRequest,
  watcher: RunWatcher,
  dependencies: TrainerDependencies,
): Promise<RunSession> {
  const { files } = dependencies;
  const lock = acquireLock(files, folder, readRunRecord(files, folder).id);
  try {
    // Read again under the lock: whoever had it may have written.
    const written = readRunRecord(files, folder);
    refuseComplete(folder, written, dependencies);
    removeLeftovers(files, folder);
    removeLeftovers(files, checkpointsFolder(folder));
    const { design, dataHash } = written;
    const id = engine ?? written.engine.id;
    const isMoved = id !== written.engine.id;
    // What ratios cost on the engine before says nothing of another one.
    const ratioEvery = isMoved ? null : written.ratioEvery;
    const request = { design, dataFolder: data.folder, dataHash, engine: id, ratioEvery: ratioEvery ?? 0 };
    const opened = await openProgram(request, dependencies);
    try {
      const state = await loadState(folder, written, opened.runner, dependencies);
      const record = isMoved ? { ...written, ratioEvery, engine: engineOf(id, opened.probe) } : written;
      // Only now that the engine has the run's weights does the run belong to it.
      if (isMoved) writeRunRecord(files, folder, record);
      return beginSession({ ...opened, folder, record, lock, state, resumed: true, ...options }, watcher, dependencies);
    } catch (error) {
      await opened.runner.close();
      opened.data.close();
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

function refuseComplete(folder: string, { id }: RunRecord, { files }: TrainerDependencies): void {
  const file = logFile(folder);
  if (files.facts(file) === undefined) return;
  const { events } = readRunHistory(files, file, { layers: false }).history;
  const last = events[events.length - 1];
  if (last?.event !== 'done' || last.result.state !== 'finished') return;
  throw new ServiceProblem('run-complete', `The run ${id} has finished: there is nothing left to resume.`);
}

/** Weights into the runner, and the state that belongs to them; a run without a checkpoint begins anew. */
async function loadState(
  folder: string,
  { id }: RunRecord,
  runner: Runner,
  { files }: TrainerDependencies,
): Promise<PolicyState> {
  const file = checkpointFile(folder, 'last');
  if (files.facts(file) === undefined) return initialPolicyState(id);
  const { metadata } = await runner.load(file, { partial: false });
  const state = policyFromMetadata(metadata);
  if (state?.run === id) return state;
  const found = state === null ? 'it holds no training state' : `it belongs to the run ${state.run}`;
  throw new ServiceProblem(
    'checkpoint-mismatch',
    `${file} is not a checkpoint of this run: ${found}. Put the run's own checkpoint back, or remove the file: ` +
      'the run then begins anew.',
  );
}
