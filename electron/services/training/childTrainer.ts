/** The trainer as a child process of Node, for the terminal, tests and servers. */
import { fork } from 'node:child_process';
import { exitReason } from './exitReason';
import type { SpawnTrainer, TrainerExit } from './trainerHost';

export interface ChildOptions {
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>;
  execArgv?: readonly string[];
}

/** How much of what it wrote to its error output is kept for the reason of its end. */
const keptCharacters = 2000;

/** `script`: the bundled entry, `dist/trainer.cjs`. Arrays cross the border as they are (structured clone). */
export function childTrainer(script: string, options: ChildOptions = {}): SpawnTrainer {
  return () => {
    const child = fork(script, [], {
      serialization: 'advanced',
      // Its outputs are no channel: nothing is parsed, errors are kept for the case that it dies.
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
      env: { ...process.env, ...options.environment },
      execArgv: [...(options.execArgv ?? [])],
    });
    let errors = '';
    child.stderr?.setEncoding('utf8').on('data', (text: string) => (errors = (errors + text).slice(-keptCharacters)));
    return {
      pid: child.pid,
      // A child that is gone is told of by its exit.
      send: (message) => void (child.connected && child.send(message as object, () => undefined)),
      onMessage: (listener) => void child.on('message', listener),
      onExit(listener) {
        let told = false;
        const tell = (exit: TrainerExit): void => {
          if (!told) listener(exit);
          told = true;
        };
        child.on('error', (error) => tell({ code: null, signal: null, reason: `${error.message}.` }));
        // "close" comes after the last of its error output, "exit" may come before.
        child.on('close', (code, signal) => tell({ code, signal, reason: exitReason(code, signal, errors) }));
      },
      kill: () => void child.kill('SIGKILL'),
    };
  };
}
