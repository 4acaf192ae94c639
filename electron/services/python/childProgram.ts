/** Runs a program to its end, never through a shell; an abort and a time limit end it with all that it started. */
import { spawn, type ChildProcess } from 'node:child_process';
import { systemCode } from '../../files/fileProblem';

export interface ProgramOptions {
  /** Where it runs. */
  cwd?: string;
  /** Its whole environment; this process's unless told. */
  environment?: NodeJS.ProcessEnv;
  signal?: AbortSignal;
  /** Milliseconds. */
  timeLimit?: number;
  /** Characters of standard output after which it is ended: who floods has nothing to say. */
  outputLimit?: number;
  /** Every line as it comes, of standard output and of standard error. */
  onLine?: (line: string) => void;
}

export interface EndedProgram {
  how: 'ended' | 'not-started' | 'time-limit' | 'aborted' | 'flooded';
  /** Where it ended by itself; null where a signal ended it. */
  code: number | null;
  signal: string | null;
  /** Where it was not started: the system's code, such as ENOENT. */
  cause: string;
  /** The ends of what it wrote. */
  output: string;
  errors: string;
}

const keptCharacters = 20_000;
/** How long outputs may stay open after the end: somebody that it started may hold them. */
const lingerMs = 1000;

const living = new Set<ChildProcess>();
let watching = false;

/** Never rejects. */
export function runProgram(
  command: string,
  words: readonly string[],
  options: ProgramOptions = {},
): Promise<EndedProgram> {
  if (options.signal?.aborted) return Promise.resolve(notRun('aborted', ''));
  const started = startChild(command, words, options);
  if (typeof started === 'string') return Promise.resolve(notRun('not-started', started));
  return follow(started, options);
}

function startChild(command: string, words: readonly string[], options: ProgramOptions): ChildProcess | string {
  try {
    const child = spawn(command, [...words], {
      cwd: options.cwd,
      env: options.environment ?? process.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: false,
      windowsHide: true,
      // A process group of its own, so that what it starts can be ended with it.
      detached: process.platform !== 'win32',
    });
    remember(child);
    return child;
  } catch (error) {
    return systemCode(error) ?? (error instanceof Error ? error.message : String(error));
  }
}

function follow(child: ChildProcess, options: ProgramOptions): Promise<EndedProgram> {
  return new Promise((resolve) => {
    const kept = { output: '', errors: '' };
    let written = 0;
    let how: EndedProgram['how'] = 'ended';
    let linger: NodeJS.Timeout | undefined;
    const settle = (ended: Partial<EndedProgram>): void => {
      clearTimeout(limit);
      clearTimeout(linger);
      options.signal?.removeEventListener('abort', abort);
      living.delete(child);
      for (const stream of [child.stdout, child.stderr]) stream?.destroy();
      resolve({ ...notRun(how, ''), ...kept, ...ended });
    };
    const end = (why: EndedProgram['how']): void => {
      if (how !== 'ended') return;
      how = why;
      killTree(child);
      linger = setTimeout(() => settle({}), lingerMs);
    };
    const abort = (): void => end('aborted');
    const limit = options.timeLimit === undefined ? undefined : setTimeout(() => end('time-limit'), options.timeLimit);
    options.signal?.addEventListener('abort', abort);
    readLines(child.stdout, options.onLine, (text) => {
      kept.output = (kept.output + text).slice(-keptCharacters);
      written += text.length;
      if (written > (options.outputLimit ?? Infinity)) end('flooded');
    });
    readLines(child.stderr, options.onLine, (text) => {
      kept.errors = (kept.errors + text).slice(-keptCharacters);
    });
    child.on('error', (error) => {
      if (child.pid === undefined) settle({ how: 'not-started', cause: systemCode(error) ?? error.message });
    });
    // "close" follows the last of its output; a grandchild that holds the pipes must not be waited for.
    child.on('exit', (code, signal) => {
      linger ??= setTimeout(() => {
        killTree(child);
        settle({ code, signal });
      }, lingerMs);
    });
    child.on('close', (code, signal) => settle({ code, signal }));
  });
}

function readLines(
  stream: ChildProcess['stdout'],
  onLine: ((line: string) => void) | undefined,
  onText: (text: string) => void,
): void {
  let rest = '';
  const tell = (lines: readonly string[]): void =>
    lines.filter((line) => line !== '').forEach((line) => onLine?.(line));
  stream?.setEncoding('utf8');
  stream?.on('data', (text: string) => {
    onText(text);
    if (!onLine) return;
    const lines = (rest + text).split(/\r\n|\n|\r/);
    rest = (lines.pop() ?? '').slice(-keptCharacters);
    tell(lines);
  });
  stream?.on('end', () => tell([rest]));
}

function notRun(how: EndedProgram['how'], cause: string): EndedProgram {
  return { how, code: null, signal: null, cause, output: '', errors: '' };
}

/** Whatever still runs when this process ends is ended too. */
function remember(child: ChildProcess): void {
  living.add(child);
  if (watching) return;
  watching = true;
  process.on('exit', () => living.forEach(killTree));
}

function killTree(child: ChildProcess): void {
  if (child.pid === undefined) return;
  if (process.platform === 'win32') {
    const killer = spawn('taskkill', ['/pid', String(child.pid), '/t', '/f'], { stdio: 'ignore', windowsHide: true });
    killer.on('error', () => child.kill('SIGKILL'));
    return;
  }
  try {
    process.kill(-child.pid, 'SIGKILL');
  } catch {
    child.kill('SIGKILL');
  }
}
