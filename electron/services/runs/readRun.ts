/** Reads whatever there is of a run: its record, its log, and the state that follows from both and from the lock. */
import type { RunEvent, RunResult, RunState } from '../../../shared/training/events';
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { readRunHistory, type RunHistory } from '../../files/runHistory';
import { ServiceProblem } from '../serviceProblem';
import { logFile } from './runFolder';
import { lockOwner } from './runLock';
import { readRunRecord, type RunRecord } from './runRecord';

export interface FoundRun {
  id: string;
  folder: string;
  /** Null where it is missing or damaged; then `problems` says so. */
  record: RunRecord | null;
  history: RunHistory | null;
  state: RunState;
  /** Of the last session, null while one is going on or where it broke off. */
  result: RunResult | null;
  problems: string[];
}

/** Never throws for what is wrong inside the folder. `layers` false leaves the columns of layers out. */
export function readRun(id: string, folder: string, options: { layers: boolean }): FoundRun {
  const problems: string[] = [];
  // The lock first: a run that ends while it is read is then at worst still called running.
  const owner = lockOwner(diskFiles, folder);
  const record = orProblem(() => readRunRecord(diskFiles, folder), problems);
  const history = readLog(folder, options, problems, owner !== null);
  const events = history?.events ?? [];
  const result = owner === null ? resultOf(events) : null;
  const state = owner === null ? (result?.state ?? 'interrupted') : livingState(events);
  return { id, folder, record, history, state, result, problems };
}

function readLog(
  folder: string,
  options: { layers: boolean },
  problems: string[],
  written: boolean,
): RunHistory | null {
  const file = logFile(folder);
  if (diskFiles.facts(file) === undefined) {
    problems.push(`${file} is missing: nothing is known of its training.`);
    return null;
  }
  const read = orProblem(() => readRunHistory(diskFiles, file, options), problems);
  // While somebody writes, a tail that is not whole yet is nothing to speak of.
  if (read?.reading.torn && !written) {
    problems.push(`The log is good up to a point: ${read.reading.reason}. What came before is shown.`);
  }
  return read?.history ?? null;
}

/** Of the last session: a later start means that the run was taken up again. */
function resultOf(events: readonly RunEvent[]): RunResult | null {
  const last = [...events].reverse().find(({ event }) => event === 'done' || event === 'started');
  return last?.event === 'done' ? last.result : null;
}

function livingState(events: readonly RunEvent[]): RunState {
  const last = [...events].reverse().find(({ event }) => event === 'state' || event === 'started');
  if (last?.event === 'state') return last.state;
  return last ? 'running' : 'preparing';
}

function orProblem<Value>(read: () => Value, problems: string[]): Value | null {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof FileProblem) && !(error instanceof ServiceProblem)) throw error;
    problems.push(error.message);
    return null;
  }
}
