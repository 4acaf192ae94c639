/** A side of a comparison that lives in a process of its own: kernels are registered once a process, for all. */
import { fork } from 'node:child_process';
import type { Side } from './measure';

export interface ChildSide extends Side {
  /** What the child said about itself when it was ready. */
  readonly greeting: unknown;
  readonly close: () => void;
}

/** Starts `script`; it must call `answerSamples`. */
export async function startChildSide(name: string, script: string): Promise<ChildSide> {
  const child = fork(script, [], { stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
  const next = (): Promise<unknown> =>
    new Promise((resolve, reject) => {
      const failed = (code: number | null): void => reject(new Error(`${name} ended with code ${code}.`));
      child.once('exit', failed);
      child.once('message', (message) => {
        child.off('exit', failed);
        resolve(message);
      });
    });
  const greeting = await next();
  return {
    name,
    greeting,
    sample: async () => {
      const answer = next();
      child.send('sample');
      return (await answer) as number;
    },
    close: () => child.kill(),
  };
}

/** In the child: greets, then answers each request with what `sample` returns. */
export function answerSamples(greeting: unknown, sample: () => Promise<number>): void {
  process.on('message', () => {
    void sample().then((milliseconds) => process.send!(milliseconds));
  });
  process.send!(greeting);
}
