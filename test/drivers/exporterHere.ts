/** The exporting process without a process: the same contract, answered in this one, on a file system of the test. */
import { diskFiles, type FileSystem } from '../../electron/files/fileSystem';
import { createExporterHost, type ExporterHost } from '../../electron/services/exporter/exporterHost';
import { exporterHandlers } from '../../electron/services/exporter/exporterHandlers';
import { failureOf } from '../../electron/services/problemFailure';
import type { SpawnTrainer, TrainerProcess } from '../../electron/services/training/trainerHost';
import { exporterContract } from '../../shared/ipc/exporter';
import { serveContract } from '../../shared/ipc/serveContract';

export function exporterHere(files: FileSystem = diskFiles, spawnTrainer: SpawnTrainer = noTrainer): ExporterHost {
  return createExporterHost(() => process(files), spawnTrainer);
}

/** Messages are copied as between processes, and arrive later. */
function process(files: FileSystem): TrainerProcess {
  let there: (message: unknown) => void = () => undefined;
  let here: (message: unknown) => void = () => undefined;
  const port = {
    send: (message: unknown) => queueMicrotask(() => here(structuredClone(message))),
    onMessage: (listener: (message: unknown) => void) => void (there = listener),
  };
  const handlers = exporterHandlers((name, payload) => server.emit(name, payload), files);
  const server = serveContract(exporterContract, port, handlers, {
    failureOf,
    onRefused: ({ message }) => {
      throw new Error(message);
    },
  });
  return {
    pid: undefined,
    send: (message) => queueMicrotask(() => there(structuredClone(message))),
    onMessage: (listener) => void (here = listener),
    onExit: () => undefined,
    kill: () => undefined,
  };
}

function noTrainer(): never {
  throw new Error('this story has no trainer');
}
