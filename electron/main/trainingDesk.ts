/** The one run that is trained for all windows: begins it, tells of it, starts it again when its process dies. */
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { TrainingEvent as ToldEvent } from '../../shared/ipc/studio/runSchemas';
import { failureOf } from '../services/problemFailure';
import { ServiceProblem } from '../services/serviceProblem';
import type { Training, TrainingEvent } from '../services/training/training';
import { watchSilence } from './watchSilence';
import type { RestartPolicy } from './restartPolicy';

export interface ActiveRun {
  run: string;
  state: 'preparing' | 'running' | 'paused';
  engine: string;
}

export interface TrainingDeskOptions {
  /** Goes on with a run from its last checkpoint. */
  resume: (run: string, signal: AbortSignal) => Promise<Training>;
  restarts: RestartPolicy;
  tell: {
    training: (run: string, event: ToldEvent) => void;
    frame: (run: string, frame: MetricFrame) => void;
    /** A run began or ended. */
    runsChanged: () => void;
    problem: (sentence: string) => void;
  };
}

export interface TrainingDesk {
  /** `begin` starts a run; throws what it throws, and `ServiceProblem` run-busy while another is trained. */
  train: (engine: string, begin: (signal: AbortSignal) => Promise<Training>) => Promise<string>;
  resume: (run: string) => Promise<void>;
  pause: () => Promise<void>;
  continue: () => Promise<void>;
  /** While the run is being prepared it is given up; a second call ends the process where it stands. */
  stop: () => void;
  active: () => ActiveRun | null;
  /** Whether anything is trained or about to be. */
  isBusy: () => boolean;
  /** Stops cleanly and waits, then ends the process where it stands. */
  end: (patienceMilliseconds: number) => Promise<void>;
  /** Resolves when nothing is trained any more; at once where nothing is. */
  idle: () => Promise<void>;
}

export function createTrainingDesk({ resume, restarts, tell }: TrainingDeskOptions): TrainingDesk {
  let active: ActiveRun | null = null;
  let training: Training | null = null;
  let opening: AbortController | null = null;
  let stops = 0;
  const idleListeners: (() => void)[] = [];

  const isBusy = (): boolean => opening !== null || training !== null;

  function settle(): void {
    active = null;
    training = null;
    tell.runsChanged();
    for (const listener of idleListeners.splice(0)) listener();
  }

  async function open(begin: (signal: AbortSignal) => Promise<Training>): Promise<Training> {
    const controller = new AbortController();
    opening = controller;
    try {
      const begun = await begin(controller.signal);
      training = begun;
      // Stopping came too late for the data and too early for the run.
      if (controller.signal.aborted) begun.stop();
      return begun;
    } finally {
      opening = null;
    }
  }

  async function begin(engine: string, start: (signal: AbortSignal) => Promise<Training>): Promise<string> {
    if (isBusy()) {
      const which = active ? `The run ${active.run}` : 'A run';
      throw new ServiceProblem('run-busy', `${which} is being trained. Stop it first, or wait for its end.`);
    }
    stops = 0;
    try {
      const begun = await open(start);
      active = { run: begun.run, state: 'running', engine };
      tell.runsChanged();
      void follow(begun);
      return begun.run;
    } catch (error) {
      settle();
      throw error;
    }
  }

  async function follow(followed: Training): Promise<void> {
    const silence = watchSilence(followed, tell.problem);
    let lost: string | null = null;
    for await (const event of followed.events) {
      if (event.event === 'lost') lost = event.reason;
      else hear(followed.run, event);
    }
    silence.end();
    if (lost === null) {
      await followed.result.catch(() => undefined);
      settle();
    } else await recover(followed.run, lost);
  }

  function hear(run: string, event: Exclude<TrainingEvent, { event: 'lost' }>): void {
    if (event.event === 'metrics') return tell.frame(run, event.frame);
    if (event.event === 'started' && active) active.engine = event.engine;
    if (event.event === 'state' && active && (event.state === 'running' || event.state === 'paused')) {
      active.state = event.state;
    }
    tell.training(run, { kind: 'run', event });
  }

  async function recover(run: string, reason: string): Promise<void> {
    training = null;
    const again = stops === 0 && restarts.allows();
    tell.training(run, { kind: 'lost', reason, restarts: again });
    if (!again) return settle();
    if (active) active.state = 'preparing';
    try {
      void follow(await open((signal) => resume(run, signal)));
    } catch (error) {
      tell.training(run, { kind: 'lost', reason: failureOf(error).message, restarts: false });
      settle();
    }
  }

  function current(): Training {
    if (training) return training;
    throw new ServiceProblem('run-unknown', 'No run is being trained.');
  }

  function stop(): void {
    stops += 1;
    if (training) training.stop();
    else opening?.abort();
  }

  const idle = (): Promise<void> =>
    isBusy() || active ? new Promise((resolve) => idleListeners.push(resolve)) : Promise.resolve();

  return {
    train: begin,
    async resume(run) {
      await begin('', (signal) => resume(run, signal));
    },
    pause: () => current().pause(),
    continue: () => current().continue(),
    stop,
    active: () => active && { ...active },
    isBusy,
    async end(patienceMilliseconds) {
      if (!isBusy()) return;
      if (stops === 0) stop();
      const timer = setTimeout(stop, patienceMilliseconds);
      await idle();
      clearTimeout(timer);
    },
    idle,
  };
}
