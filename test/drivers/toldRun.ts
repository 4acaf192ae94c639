/** What the log of a run tells: to hold two runs against each other to the bit, and a log against what was told before. */
import type { RunHistory } from '../../electron/files/runHistory';
import { readRun } from '../../electron/services/runs/readRun';
import type { Training } from '../../electron/services/training/training';
import type { MetricFrame } from '../../shared/ipc/trainer';
import type { EpochSummary, FinalEvaluation, RunEvent } from '../../shared/training/events';

export type LoggedRun = Pick<Training, 'run' | 'folder'>;

/** Everything in a log that does not tell of time. */
export interface Told {
  losses: Float32Array;
  norms: Float32Array;
  epochs: EpochSummary[];
  /** Validation and test, judged in full with the best weights. */
  evaluations: FinalEvaluation[];
}

export function toldBy({ run, folder }: LoggedRun): Told {
  const { history } = readRun(run, folder, { layers: false });
  const column = (name: string): Float32Array => history?.scalars.column(name)?.slice() ?? new Float32Array();
  return {
    losses: column('loss'),
    norms: column('gradientNorm'),
    epochs: (history?.epochs ?? []).map((summary) => ({ ...summary, seconds: 0 })),
    evaluations: (history?.events ?? [])
      .flatMap((one) => (one.event === 'evaluation' ? [one.evaluation] : []))
      .slice(-2),
  };
}

/** What a watcher was told of one session of a run. */
export interface Heard {
  events: readonly RunEvent[];
  frames: readonly MetricFrame[];
}

/** What a log lacks of the session that wrote into it last: nothing may be told before it is written. */
export function missingFrom({ events, scalars }: RunHistory, heard: Heard): string[] {
  const begin = events.map(({ event }) => event).lastIndexOf('started');
  const logged = events.slice(Math.max(0, begin));
  const lost = heard.events.flatMap((event, at) =>
    JSON.stringify(logged[at]) === JSON.stringify(event) ? [] : [`event ${at}: ${JSON.stringify(event)}`],
  );
  const losses = scalars.column('loss') ?? new Float32Array();
  const steps = heard.frames.flatMap(({ rowSteps, scalars: rows }) =>
    [...rowSteps].flatMap((step, row) => {
      const told = rows[(row * rows.length) / rowSteps.length];
      return losses[step] === told ? [] : [`step ${step}: the loss was ${told}, the log says ${losses[step]}`];
    }),
  );
  return [...lost, ...steps];
}
