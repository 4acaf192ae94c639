/** Reads whatever there is of a run: its record, its log, and the state that follows from both and from the lock. */
import { fill } from '../../../shared/messages/fill';
import { runSentences } from '../../../shared/messages/runSentences';
import type { RunEvent, RunResult, RunState } from '../../../shared/training/events';
import { FileProblem } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { openLogReader } from '../../files/logReader';
import { foldRunHistory, type RunHistory } from '../../files/runHistory';
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

/** A run that is read more than once: its log is then read on from where it ended. */
export interface OpenedRun {
  /** Never throws for what is wrong inside the folder. */
  read: () => FoundRun;
}

/** Never throws for what is wrong inside the folder. `layers` false leaves the columns of layers out. */
export function readRun(id: string, folder: string, options: { layers: boolean }): FoundRun {
  return openRun(id, folder, options).read();
}

export function openRun(id: string, folder: string, options: { layers: boolean }): OpenedRun {
  const readLog = logOf(folder, options);
  return {
    read() {
      const problems: string[] = [];
      // The lock first: a run that ends while it is read is then at worst still called running.
      const owner = lockOwner(diskFiles, folder);
      const record = orProblem(() => readRunRecord(diskFiles, folder), problems);
      const history = readLog(problems, owner !== null);
      const events = history?.events ?? [];
      const result = owner === null ? resultOf(events) : null;
      const state = owner === null ? (result?.state ?? 'interrupted') : livingState(events);
      return { id, folder, record, history, state, result, problems };
    },
  };
}

function logOf(
  folder: string,
  options: { layers: boolean },
): (problems: string[], written: boolean) => RunHistory | null {
  const file = logFile(folder);
  let fold = foldRunHistory(options);
  let reader = openLogReader(diskFiles, file);
  let known = 0;
  return (problems, written) => {
    const facts = diskFiles.facts(file);
    if (facts === undefined) {
      problems.push(fill(runSentences.noLog, { file }));
      return null;
    }
    // Shorter than what was read of it: another file, or one that was repaired.
    if (facts.size < known) {
      fold = foldRunHistory(options);
      reader = openLogReader(diskFiles, file);
    }
    const reading = orProblem(() => reader.read((record) => fold.add(record)), problems);
    known = reading?.validBytes ?? 0;
    // While somebody writes, a tail that is not whole yet is nothing to speak of.
    if (reading?.torn && !written) {
      problems.push(fill(runSentences.logTorn, { why: reading.reason ?? 'it ends there' }));
    }
    return reading ? fold : null;
  };
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
