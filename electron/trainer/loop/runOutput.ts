/** Where a run says what happens: into its log, and to whoever watches. The log comes first. */
import type { LogWriter } from '../../files/logWriter';
import type { MetricColumns, RunEvent } from '../../../shared/training/events';
import type { MetricFrames } from './metricFrames';

export interface RunOutput {
  /** Throws a `FileProblem` where the log cannot be written. */
  event: (event: RunEvent) => void;
  columns: (columns: MetricColumns) => void;
}

export interface RunOutputOptions {
  log: Pick<LogWriter, 'event' | 'columns' | 'flush'>;
  frames: MetricFrames;
  send: (event: RunEvent) => void;
}

export function createRunOutput({ log, frames, send }: RunOutputOptions): RunOutput {
  return {
    event(event) {
      frames.flush();
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
  };
}
