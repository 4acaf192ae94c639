/** The trainer, and the other processes of Netloom, as utility processes of Electron. */
import type { UtilityProcess } from 'electron';
import { processEnds } from '../../shared/messages/runSentences';
import type { PrepareChild } from '../services/data/prepareData';
import { exitReason } from '../services/training/exitReason';
import type { TrainerExit, TrainerProcess } from '../services/training/trainerHost';

/** The part of Electron that starts one. */
export interface Forks {
  fork: (
    script: string,
    words: string[],
    options: { serviceName: string; stdio: ['ignore', 'ignore', 'pipe'] },
  ) => UtilityProcess;
}

/** How much of what it wrote to its error output is kept for the reason of its end. */
const keptCharacters = 2000;

/** `script`: a bundle that answers on its parent port, such as `dist/trainer.cjs`. Arrays cross as they are. */
export function utilityProcessOf(forks: Forks, script: string, serviceName: string): () => TrainerProcess {
  return () => {
    const child = forks.fork(script, [], { serviceName, stdio: ['ignore', 'ignore', 'pipe'] });
    let errors = '';
    let ended: TrainerExit | null = null;
    let killed = false;
    const exitListeners: ((exit: TrainerExit) => void)[] = [];
    child.stderr?.on('data', (bytes: Buffer) => (errors = (errors + bytes.toString('utf8')).slice(-keptCharacters)));
    child.once('exit', (code) => {
      ended = { code, signal: null, reason: killed ? processEnds.wasEnded : exitReason(code, null, errors) };
      for (const listener of exitListeners.splice(0)) listener(ended);
    });
    return {
      get pid() {
        return child.pid;
      },
      // One that is gone is told of by its exit.
      send: (message) => void (ended === null && child.postMessage(message)),
      onMessage: (listener) => void child.on('message', listener),
      onExit: (listener) => void (ended ? listener(ended) : exitListeners.push(listener)),
      kill() {
        killed = true;
        child.kill();
      },
    };
  };
}

/** The same for one that prepares data. */
export function utilityPrepare(forks: Forks, script: string): () => PrepareChild {
  const spawn = utilityProcessOf(forks, script, 'Netloom data');
  return () => {
    const { send, onMessage, onExit, kill } = spawn();
    return { send, onMessage, kill, onExit: (listener) => onExit(({ reason }) => listener(reason.replace(/\.$/, ''))) };
  };
}
