/** Prepares a data set in a process of its own, so that a large one blocks nobody and a crash there is only an error. */
import { fork } from 'node:child_process';
import type { DataConfig } from '../../../shared/training/config';
import { FileProblem } from '../../files/fileProblem';
import type { DataPlaces, DataProgress } from './dataSource';
import type { PreparedData } from './prepareHere';
import { prepareAnswerSchema } from './prepareMessages';
import type { PrepareRequest } from './prepareMessages';

/** A process that runs `prepareProcess`: what `fork` returns, or a utility process dressed as one. */
export interface PrepareChild {
  send(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  onExit(listener: (reason: string) => void): void;
  kill(): void;
}
export type SpawnPrepare = () => PrepareChild;

export interface PrepareDataOptions {
  spawn: SpawnPrepare;
  onProgress?: (progress: DataProgress) => void;
  /** Ends the preparation early; what was written aside is removed. */
  signal?: AbortSignal;
}

/** How long a process that was asked to give up may take for it; one that computes does not hear. */
const patienceMs = 2000;

/** Throws `FileProblem` as `prepareHere` does. */
export function prepareData(
  config: DataConfig,
  places: DataPlaces,
  options: PrepareDataOptions,
): Promise<PreparedData> {
  const { spawn, onProgress, signal } = options;
  return new Promise((resolve, reject) => {
    const child = spawn();
    let patience: NodeJS.Timeout | undefined;
    const cancel = (): void => {
      child.send({ kind: 'cancel' });
      patience = setTimeout(() => child.kill(), patienceMs);
    };
    const end = (settle: () => void): void => {
      clearTimeout(patience);
      signal?.removeEventListener('abort', cancel);
      // It has said all there is; a process that ended by itself is not there any more.
      child.kill();
      settle();
    };
    child.onMessage((message) => {
      const { data: answer } = prepareAnswerSchema.safeParse(message);
      if (answer?.kind === 'progress') onProgress?.(answer.progress);
      if (answer?.kind === 'prepared') end(() => resolve(answer.prepared));
      if (answer?.kind === 'failed') end(() => reject(new FileProblem(answer.code, answer.file, answer.message)));
    });
    child.onExit((reason) => {
      const problem = signal?.aborted
        ? new FileProblem('cancelled', config.source, 'The preparation of the data was cancelled.')
        : new FileProblem('disk-error', config.source, `The process that prepares the data ended early: ${reason}.`);
      end(() => reject(problem));
    });
    const request: PrepareRequest = { kind: 'prepare', config, places };
    child.send(request);
    if (signal?.aborted) cancel();
    else signal?.addEventListener('abort', cancel);
  });
}

/** A child process of Node. `script`: the bundled entry, `dist/prepare.cjs`. */
export function childPrepare(script: string, execArgv: string[] = []): SpawnPrepare {
  return () => {
    const child = fork(script, { execArgv, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
    return {
      // A child that is gone is told of by `exit`.
      send: (message) => void child.send(message as object, () => undefined),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => {
        child.on('error', (error) => listener(error.message));
        child.on('exit', (code, signal) => listener(signal ?? `exit code ${code ?? 'unknown'}`));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
