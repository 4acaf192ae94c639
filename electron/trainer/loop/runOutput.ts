/** Where a run says what happens: into its log, and to whoever watches. The log comes first. */
import type { LogWriter } from '../../files/logWriter';
import type { MetricColumns, RunEvent } from '../../../shared/training/events';
import type { MetricFrames } from './metricFrames';

export interface RunOutput {
  /** Throws a `FileProblem` where the log cannot be written. */
  event: (event: RunEvent) => void;
  columns: (columns: MetricColumns) => void;
  /** Sends what was not sent yet, at the end. */
  flush: () => void;
}

/** In a fast run they come by the hundred; frames then keep their own rate. */
const inPassing = new Set<RunEvent['event']>(['epoch', 'checkpoint', 'warning']);

export interface RunOutputOptions {
  log: Pick<LogWriter, 'event' | 'columns' | 'flush'>;
  frames: MetricFrames;
  send: (event: RunEvent) => void;
}

export function createRunOutput({ log, frames, send }: RunOutputOptions): RunOutput {
  return {
    event(event) {
      if (!inPassing.has(event.event)) frames.flush();
      log.event(event);
      log.flush();
      send(event);
    },
    columns(columns) {
      log.columns(columns);
      // One write a submission: what is told to watchers already outlives this process.
      log.flush();
      frames.add(columns);
    },
    flush: frames.flush,
  };
}
