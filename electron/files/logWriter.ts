/** Writes a run's log: appended to by one process only, read by many, and never left with half a record it knows of. */
import type { MetricColumns, RunEvent } from '../../shared/training/events';
import { FileProblem } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { createLayerColumns } from './layerColumns';
import type { LayerColumns, LayerRecord } from './layerColumns';
import { encodeRecord } from './logRecord';
import { openRecordAppender } from './recordAppender';
import { createRecordBuffer } from './recordBuffer';

export interface LogWriterOptions {
  /** Milliseconds between waits for the disk, which happen off the event loop; 0: only when asked to. */
  readonly syncEveryMs?: number;
  /** Budget of the columns of layers, which get coarser above it. */
  readonly layerBytesPerSecond?: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

export interface LogWriter {
  event(event: RunEvent): void;
  columns(columns: MetricColumns): void;
  /**
   * Hands everything to the system in one write: from then on it outlives this process. Throws a `FileProblem` if that
   * fails; whole records that arrived stay, half a one is taken back, and the rest is kept for the next call.
   */
  flush(): void;
  /** Flushes and waits until the disk has it: from then on it outlives a power loss. */
  sync(): Promise<void>;
  /** Writes what is left, waits for the disk and closes the file, also where it then throws. */
  close(): Promise<void>;
}

const flushAbove = 2 ** 20;

/** Creates the log, or opens it where it is sound and goes on behind its last whole record. */
export function openLogWriter(files: FileSystem, file: string, options: LogWriterOptions = {}): LogWriter {
  const { syncEveryMs = 1000, layerBytesPerSecond = 1e6, now = () => performance.now() } = options;
  const buffer = createRecordBuffer();
  const appender = openRecordAppender(files, file, buffer);
  let names: Pick<MetricColumns, 'scalarNames' | 'groupNames'> | undefined;
  let layers: LayerColumns | undefined;

  function writeLayers(records: readonly LayerRecord[] = []): void {
    for (const record of records) encodeRecord(buffer, record);
  }

  function declareNames({ scalarNames, groupNames }: MetricColumns): LayerColumns {
    if (layers && names && sameTexts(names.scalarNames, scalarNames) && sameTexts(names.groupNames, groupNames)) {
      return layers;
    }
    writeLayers(layers?.finish());
    names = { scalarNames, groupNames };
    encodeRecord(buffer, { kind: 'names', names });
    layers = createLayerColumns({ groups: groupNames.length, bytesPerSecond: layerBytesPerSecond, now });
    return layers;
  }

  function onTimer(): void {
    try {
      appender.flush();
    } catch (error) {
      // What could not be written is still pending, so the next flush says so to whoever can act on it.
      if (!(error instanceof FileProblem)) throw error;
    }
    void appender.startSync();
  }

  const timer = syncEveryMs > 0 ? setInterval(onTimer, syncEveryMs) : undefined;
  timer?.unref();

  return {
    event(event) {
      // A pause may last: what was gathered until then should be in the log.
      if (event.event === 'state' || event.event === 'done') writeLayers(layers?.finish());
      encodeRecord(buffer, { kind: 'event', event });
    },
    columns(columns) {
      if (columns.steps === 0) return;
      checkSizes(columns);
      const layerColumns = declareNames(columns);
      const { firstStep, steps, scalars } = columns;
      encodeRecord(buffer, { kind: 'scalars', block: { firstStep, steps, values: scalars } });
      writeLayers(layerColumns.add(columns));
      if (buffer.pending().length > flushAbove) appender.flush();
    },
    flush: () => appender.flush(),
    async sync() {
      appender.flush();
      // One wait may be under way that began before the flush, so a second one has to follow it.
      await appender.startSync();
      await appender.startSync();
      appender.flush();
    },
    async close() {
      clearInterval(timer);
      writeLayers(layers?.finish());
      await appender.close();
    },
  };
}

function sameTexts(left: readonly string[], right: readonly string[]): boolean {
  return left === right || (left.length === right.length && left.every((text, index) => text === right[index]));
}

function checkSizes(columns: MetricColumns): void {
  const { steps, scalarNames, groupNames, scalars, gradientNorms, updateRatios } = columns;
  const layers = steps * groupNames.length;
  if (
    scalars.length !== steps * scalarNames.length ||
    gradientNorms.length !== layers ||
    updateRatios.length !== layers
  ) {
    throw new RangeError('metric columns do not have the size that their names and steps say');
  }
}
