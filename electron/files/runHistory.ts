/** The history of a run as its log tells it: one value a step without gaps, whatever was resumed, replaced or bucketed. */
import type { EpochSummary, RunEvent } from '../../shared/training/events';
import type { FileSystem } from './fileSystem';
import { createLayerHistory } from './layerHistory';
import type { LayerHistory } from './layerHistory';
import type { LogRecord } from './logRecord';
import { openLogReader } from './logReader';
import type { LogReading } from './logReader';
import { createScalarHistory } from './scalarHistory';
import type { ScalarHistory } from './scalarHistory';

export interface RunHistory {
  /** Everything that happened, in the order of the log, also what a resumed run did again. */
  readonly events: readonly RunEvent[];
  /** Epochs in order; where a resumed run trained one again, only the later result. */
  readonly epochs: readonly EpochSummary[];
  readonly scalars: ScalarHistory;
  readonly layers: LayerHistory;
}

export interface RunHistoryFold extends RunHistory {
  add(record: LogRecord): void;
}

export interface FoldOptions {
  /** False leaves the columns of layers out: they can be gigabytes. */
  readonly layers?: boolean;
}

/** Folds records as they come. A block, or a resumed start, at step s replaces everything from step s on. */
export function foldRunHistory({ layers: withLayers = true }: FoldOptions = {}): RunHistoryFold {
  const events: RunEvent[] = [];
  const epochs: EpochSummary[] = [];
  const scalars = createScalarHistory();
  const layers = createLayerHistory();

  /** An epoch that ended with `step` steps done stands; one that ended later is about to be trained again. */
  function replaceFrom(step: number): void {
    if (step < scalars.steps) scalars.cut(step);
    if (step < layers.steps) layers.cut(step);
    while ((epochs[epochs.length - 1]?.step ?? 0) > step) epochs.pop();
  }

  function addEvent(event: RunEvent): void {
    events.push(event);
    if (event.event === 'started' && event.resumed) replaceFrom(event.step);
    if (event.event === 'epoch') {
      while ((epochs[epochs.length - 1]?.epoch ?? -1) >= event.summary.epoch) epochs.pop();
      epochs.push(event.summary);
    }
  }

  return {
    events,
    epochs,
    scalars,
    layers,
    add(record) {
      switch (record.kind) {
        case 'event':
          return addEvent(record.event);
        case 'names':
          scalars.declare(record.names.scalarNames);
          return layers.declare(record.names.groupNames);
        case 'scalars':
          if (record.block.firstStep < scalars.steps) replaceFrom(record.block.firstStep);
          return scalars.add(record.block);
        case 'layers':
          return withLayers ? layers.add({ exact: true, ...record.block }) : undefined;
        case 'layerBucket':
          return withLayers ? layers.add({ exact: false, ...record.bucket }) : undefined;
      }
    },
  };
}

/** Reads a whole log. `reading` says whether its tail was torn; throws a `FileProblem` if there is no file to read. */
export function readRunHistory(
  files: FileSystem,
  file: string,
  options: FoldOptions = {},
): { history: RunHistory; reading: LogReading } {
  const history = foldRunHistory(options);
  const reading = openLogReader(files, file).read((record) => history.add(record));
  return { history, reading };
}
