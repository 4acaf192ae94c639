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
  /** Goes on with a run whose process died, from its last checkpoint. */
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

type Begin = (signal: AbortSignal) => Promise<Training>;

export class TrainingDesk {
  readonly #options: TrainingDeskOptions;
  #active: ActiveRun | null = null;
  #training: Training | null = null;
  #opening: AbortController | null = null;
  #stops = 0;
  readonly #idle: (() => void)[] = [];

  constructor(options: TrainingDeskOptions) {
    this.#options = options;
  }

  /** `start` starts a run or goes on with one; throws what it throws, and `ServiceProblem` run-busy while another is trained. */
  async train(engine: string, start: Begin): Promise<string> {
    if (this.isBusy()) {
      const which = this.#active ? `The run ${this.#active.run}` : 'A run';
      throw new ServiceProblem('run-busy', `${which} is being trained. Stop it first, or wait for its end.`);
    }
    this.#stops = 0;
    try {
      const begun = await this.#open(start);
      this.#active = { run: begun.run, state: 'running', engine };
      this.#options.tell.runsChanged();
      void this.#follow(begun);
      return begun.run;
    } catch (error) {
      this.#settle();
      throw error;
    }
  }

  async pause(): Promise<void> {
    await this.#current().pause();
  }

  async continue(): Promise<void> {
    await this.#current().continue();
  }

  /** While the run is being prepared it is given up; a second call ends the process where it stands. */
  stop(): void {
    this.#stops += 1;
    if (this.#training) this.#training.stop();
    else this.#opening?.abort();
  }

  active(): ActiveRun | null {
    return this.#active && { ...this.#active };
  }

  /** Whether anything is trained or about to be. */
  isBusy(): boolean {
    return this.#opening !== null || this.#training !== null;
  }

  /** Stops cleanly and waits, then ends the process where it stands. */
  async end(patienceMilliseconds: number): Promise<void> {
    if (!this.isBusy()) return;
    if (this.#stops === 0) this.stop();
    const timer = setTimeout(() => this.stop(), patienceMilliseconds);
    await this.idle();
    clearTimeout(timer);
  }

  /** Resolves when nothing is trained any more; at once where nothing is. */
  idle(): Promise<void> {
    if (!this.isBusy() && !this.#active) return Promise.resolve();
    return new Promise((resolve) => this.#idle.push(resolve));
  }

  #settle(): void {
    this.#active = null;
    this.#training = null;
    this.#options.tell.runsChanged();
    for (const listener of this.#idle.splice(0)) listener();
  }

  async #open(start: Begin): Promise<Training> {
    const controller = new AbortController();
    this.#opening = controller;
    try {
      const begun = await start(controller.signal);
      this.#training = begun;
      // Stopping came too late for the data and too early for the run.
      if (controller.signal.aborted) begun.stop();
      return begun;
    } finally {
      this.#opening = null;
    }
  }

  async #follow(followed: Training): Promise<void> {
    const silence = watchSilence(followed, this.#options.tell.problem);
    let lost: string | null = null;
    for await (const event of followed.events) {
      if (event.event === 'lost') lost = event.reason;
      else this.#hear(followed.run, event);
    }
    silence.end();
    if (lost !== null) return this.#recover(followed.run, lost);
    await followed.result.catch(() => undefined);
    this.#settle();
  }

  #hear(run: string, event: Exclude<TrainingEvent, { event: 'lost' }>): void {
    const { tell } = this.#options;
    if (event.event === 'metrics') return tell.frame(run, event.frame);
    const active = this.#active;
    if (event.event === 'started' && active) active.engine = event.engine;
    if (event.event === 'state' && active && (event.state === 'running' || event.state === 'paused')) {
      active.state = event.state;
    }
    tell.training(run, { kind: 'run', event });
  }

  async #recover(run: string, reason: string): Promise<void> {
    const { restarts, resume, tell } = this.#options;
    this.#training = null;
    const again = this.#stops === 0 && restarts.allows();
    tell.training(run, { kind: 'lost', reason, restarts: again });
    if (!again) return this.#settle();
    if (this.#active) this.#active.state = 'preparing';
    try {
      void this.#follow(await this.#open((signal) => resume(run, signal)));
    } catch (error) {
      tell.training(run, { kind: 'lost', reason: failureOf(error).message, restarts: false });
      this.#settle();
    }
  }

  #current(): Training {
    if (this.#training) return this.#training;
    throw new ServiceProblem('run-unknown', 'No run is being trained.');
  }
}
