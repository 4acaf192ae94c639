/** The command as a shell runs it: its own process group, real pipes, and a Ctrl+C that reaches the whole group. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';

export const netloomScript = join(__dirname, '..', '..', 'bin', 'netloom.cjs');

export interface EndedProcess {
  code: number | null;
  signal: NodeJS.Signals | null;
}

export interface NetloomProcess {
  pid: number;
  output: () => string;
  errors: () => string;
  /** Lines of the output so far as JSON; a line that is not complete yet is left out. */
  events: () => Record<string, unknown>[];
  /** Resolves with the first event for which `wanted` holds, past or future; rejects where the process ends before. */
  until: (wanted: (event: Record<string, unknown>) => boolean) => Promise<Record<string, unknown>>;
  /** To every process of the group, as a terminal does it with Ctrl+C. */
  signalGroup: (signal: NodeJS.Signals) => void;
  /** Closes the reading end of its output, as `head` does. */
  stopReading: () => void;
  ended: Promise<EndedProcess>;
}

export interface ProcessOptions {
  home: string;
  /** Where it runs. */
  folder?: string;
  environment?: Record<string, string>;
  /** Another installation's command, or a shell that ends in it. */
  command?: readonly string[];
}

export function netloomProcess(words: readonly string[], options: ProcessOptions): NetloomProcess {
  const [program = '', ...rest] = options.command ?? [process.execPath, netloomScript];
  const child = spawn(program, [...rest, ...words], {
    cwd: options.folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { ...process.env, NETLOOM_HOME: options.home, ...options.environment },
  });
  let output = '';
  let errors = '';
  const listeners = new Set<() => void>();
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    output += text;
    for (const listener of listeners) listener();
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => (errors += text));
  const events = (): Record<string, unknown>[] =>
    output
      .split('\n')
      .slice(0, -1)
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  const ended = new Promise<EndedProcess>((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => resolve({ code, signal }));
  });
  const pid = child.pid ?? 0;
  return {
    pid,
    output: () => output,
    errors: () => errors,
    events,
    until: (wanted) =>
      new Promise((resolve, reject) => {
        const look = (): void => {
          const found = events().find(wanted);
          if (!found) return;
          listeners.delete(look);
          resolve(found);
        };
        listeners.add(look);
        void ended.then(() => reject(new Error(`it ended before that:\n${output}\n${errors}`)));
        look();
      }),
    signalGroup: (signal) => void process.kill(-pid, signal),
    stopReading: () => void child.stdout.destroy(),
    ended,
  };
}
