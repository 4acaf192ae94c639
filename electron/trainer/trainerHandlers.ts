/** What the trainer does when it is asked: one run at a time, the rest at any time. */
import type { Handlers } from '../../shared/ipc/define';
import type { TrainerContract } from '../../shared/ipc/trainer';
import { ServiceProblem } from '../services/serviceProblem';
import type { Probe } from './engines/engine';
import { judge } from './judge';
import { measuring } from './measureSteps';
import { predict } from './predict';
import { reference } from './reference';
import { resumeRun } from './resumeRun';
import type { RunSession } from './runSession';
import { startRun } from './startRun';
import type { RunWatcher, TrainerDependencies } from './trainerDependencies';

export interface TrainerState {
  handlers: Handlers<TrainerContract>;
  /** Whether something is being computed that may keep the process silent for long. */
  isBusy: () => boolean;
  /** Ends the run that is going on, if any, and waits until everything is written. */
  stopAndWait: () => Promise<void>;
}

export interface TrainerOptions {
  watcher: RunWatcher;
  dependencies: TrainerDependencies;
  /** Ends the process at once. */
  exit: () => void;
}

export function trainerHandlers({ watcher, dependencies, exit }: TrainerOptions): TrainerState {
  let session: RunSession | null = null;
  let opening = false;
  let stopping = false;
  let busy = 0;

  async function whileBusy<Result>(work: () => Promise<Result>): Promise<Result> {
    busy += 1;
    try {
      return await work();
    } finally {
      busy -= 1;
    }
  }

  async function open(begin: () => Promise<RunSession>): Promise<{ run: string; folder: string }> {
    if (opening || session) {
      throw new ServiceProblem('run-busy', 'This trainer is training a run already. Stop it first, or start another.');
    }
    opening = true;
    stopping = false;
    try {
      session = await whileBusy(begin);
    } finally {
      opening = false;
    }
    const { run, folder, result } = session;
    void whileBusy(() => result).then(() => (session = null));
    return { run, folder };
  }

  function current(): RunSession {
    if (session) return session;
    throw new ServiceProblem('run-unknown', 'No run is being trained.');
  }

  const speed = measuring(dependencies);
  const handlers: Handlers<TrainerContract> = {
    engineIds: () => ({ engines: [...dependencies.engineIds] }),
    probe: ({ engines }) => whileBusy(() => probeAll(engines ?? dependencies.engineIds, dependencies)),
    warm: (request) => whileBusy(async () => speed.warm(request)),
    measure: (request) => whileBusy(async () => speed.measure(request)),
    start: (request) => open(() => startRun(request, watcher, dependencies)),
    resume: (request) => open(() => resumeRun(request, watcher, dependencies)),
    async pause() {
      const step = await current().control.pause();
      if (step === null) throw new ServiceProblem('run-unknown', 'The run ended before it came to rest.');
      return { step };
    },
    continue() {
      current().control.continue();
      return {};
    },
    stop() {
      // The second wish is not to wait any more: the last checkpoint is on the disk, and the log up to here.
      if (stopping) exit();
      stopping = true;
      current().control.stop();
      return {};
    },
    predict: (request) => whileBusy(() => predict(request, dependencies)),
    judge: (request) => whileBusy(() => judge(request, dependencies)),
    reference: (request) => whileBusy(() => reference(request, dependencies)),
  };

  return {
    handlers,
    isBusy: () => busy > 0,
    async stopAndWait() {
      session?.control.stop();
      await session?.result;
    },
  };
}

async function probeAll(
  ids: readonly string[],
  { loadEngine }: TrainerDependencies,
): Promise<{ engines: { id: string; probe: Probe }[] }> {
  const engines: { id: string; probe: Probe }[] = [];
  // One after the other: two products at once would time each other.
  for (const id of ids) engines.push({ id, probe: await (await loadEngine(id)).probe() });
  return { engines };
}
