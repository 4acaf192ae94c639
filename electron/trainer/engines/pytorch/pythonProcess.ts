/** The engine's process: asks it in frames, and makes an error of its end, so that nobody waits for somebody who is gone. */
import { spawn, type ChildProcess } from 'node:child_process';
import type { z } from 'zod';
import { systemCode } from '../../../files/fileProblem';
import { isolation } from '../../../services/python/askPython';
import { pytorchSentences } from '../../../../shared/messages/engineSentences';
import { fill } from '../../../../shared/messages/fill';
import { processEnds } from '../../../../shared/messages/runSentences';
import { ServiceProblem } from '../../../services/serviceProblem';
import { envelopeSchema } from './answers';
import { createFrameReader, createFrameWriter, FrameProblem, type Frame, type Header } from './frames';

export interface Answer<Value> {
  value: Value;
  payload: Uint8Array<ArrayBuffer>;
}

export interface Request {
  fields?: Header;
  payload?: readonly Uint8Array[];
}

export interface PythonProcess {
  readonly pid: number | undefined;
  /**
   * Rejects with `ServiceProblem` engine-failed where it cannot do what it is asked, and engine-lost where it has ended
   * or ends before it answers. `onSent` is told the number of the request.
   */
  ask: <Value>(
    kind: string,
    schema: z.ZodType<Value>,
    request?: Request,
    onSent?: (id: number) => void,
  ) => Promise<Answer<Value>>;
  /** What it was asked so far is to end early: a submission after its current step, an evaluation after its chunk. */
  abort: () => void;
  /** Asks it to end, and ends it where it does not. Resolves when it is gone. */
  close: () => Promise<void>;
}

export interface PythonStart {
  python: string;
  /** Arguments of the interpreter: the script, or a module and the script. */
  words: readonly string[];
  cwd: string;
  /** Added to this process's environment. */
  environment?: Readonly<Record<string, string>>;
  /** Milliseconds that it has to end by itself once it is asked to. */
  patience?: number;
}

interface Waiting {
  resolve: (frame: Frame) => void;
  reject: (error: Error) => void;
}

const keptCharacters = 4000;
/** How long the pipes of a process that is gone may stay open. */
const lingerMilliseconds = 500;
/** How long a process whose pipe has ended may take to end itself. */
const dyingMilliseconds = 5000;
const shownLines = 5;
/** Begins a line with which one of several processes says why all of them end (`python/engine/distributed.py`). */
const lastWords = 'netloom: ';

export function startPython({ python, words, cwd, environment, patience = 3000 }: PythonStart): PythonProcess {
  const all = { ...process.env, ...environment };
  const child = spawn(python, [...isolation(all), '-u', '-X', 'utf8', ...words], {
    cwd,
    env: all,
    stdio: ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own: Ctrl+C in a terminal is the parent's to answer, and what it starts can be ended with it.
    detached: process.platform !== 'win32',
  });
  const waiting = new Map<number, Waiting>();
  const frames = createFrameWriter();
  const errors = lastErrors(child);
  let nextId = 0;
  let end: Error | null = null;
  const lose = (reason: Error): void => {
    end ??= reason;
    for (const [id, { reject }] of [...waiting]) {
      waiting.delete(id);
      reject(end);
    }
  };
  const gone = followChild(child, python, errors, {
    onFrame: (frame) => settle(waiting, frame),
    onProblem: (problem) => {
      lose(lost(`its messages cannot be read: ${problem}`, errors()));
      killGroup(child);
    },
    onEnd: lose,
  });
  remember(child, gone);
  const send = (header: Header, payload?: readonly Uint8Array[]): void => {
    const pieces = frames.next(header, payload);
    // In one call: each wakes the thread that reads them, which takes the processor from the one that computes.
    child.stdin?.cork();
    for (const piece of pieces) child.stdin?.write(piece);
    child.stdin?.uncork();
  };
  return {
    pid: child.pid,
    async ask(kind, schema, { fields = {}, payload } = {}, onSent) {
      if (end) throw end;
      const id = nextId;
      nextId += 1;
      const answered = new Promise<Frame>((resolve, reject) => waiting.set(id, { resolve, reject }));
      try {
        send({ ...fields, id, request: kind }, payload);
      } catch (error) {
        waiting.delete(id);
        throw error instanceof FrameProblem ? new ServiceProblem('engine-failed', tooLong(kind, error)) : error;
      }
      onSent?.(id);
      const frame = await answered;
      const parsed = schema.safeParse(frame.header);
      if (parsed.success) return { value: parsed.data, payload: frame.payload };
      const place = parsed.error.issues[0]?.path.join('.') ?? '';
      const problem = lost(`its answer to "${kind}" is not what was asked for (at ${place})`, errors());
      lose(problem);
      killGroup(child);
      throw problem;
    },
    abort() {
      if (!end) send({ request: 'abort' });
    },
    async close() {
      if (!end) {
        send({ id: nextId, request: 'close' });
        nextId += 1;
      }
      child.stdin?.end();
      const limit = setTimeout(() => killGroup(child), patience);
      await gone;
      clearTimeout(limit);
    },
  };
}

/** Throws `FrameProblem` where a frame answers nothing that was asked. */
function settle(waiting: Map<number, Waiting>, frame: Frame): void {
  const parsed = envelopeSchema.safeParse(frame.header);
  if (!parsed.success) throw new FrameProblem('a frame is no answer');
  const said = parsed.data;
  if ('event' in said) throw new FrameProblem(`it reports that what it was sent is wrong: ${said.message}`);
  const [first] = waiting.keys();
  const asked = waiting.get(said.id);
  // The answer to `close` is awaited by nobody: the end itself is.
  if (!asked && first === undefined) return;
  if (!asked || said.id !== first)
    throw new FrameProblem(`request ${said.id} is answered, and ${first ?? 'none'} is due`);
  waiting.delete(said.id);
  if (said.ok) asked.resolve(frame);
  else
    asked.reject(new ServiceProblem(said.code === 'out-of-memory' ? 'out-of-memory' : 'engine-failed', said.message));
}

interface Following {
  /** May throw `FrameProblem`. */
  onFrame: (frame: Frame) => void;
  onProblem: (problem: string) => void;
  onEnd: (reason: Error) => void;
}

/** Resolves when the process is gone, or could not be started. */
function followChild(
  child: ChildProcess,
  python: string,
  errors: () => string,
  { onFrame, onProblem, onEnd }: Following,
): Promise<void> {
  const reader = createFrameReader();
  let broken = false;
  let torn: { problem: string; limit: NodeJS.Timeout } | null = null;
  const reading = (work: () => void, onBroken: (problem: string) => void): void => {
    if (broken) return;
    try {
      work();
    } catch (error) {
      broken = true;
      if (!(error instanceof FrameProblem)) throw error;
      onBroken(error.message);
    }
  };
  child.stdout?.on('data', (chunk: Uint8Array) => reading(() => reader.push(chunk).forEach(onFrame), onProblem));
  child.stdout?.on('end', () =>
    reading(
      () => reader.end(),
      // Whoever is killed while he writes leaves half a frame: that he was killed says more.
      (problem) => (torn = { problem, limit: setTimeout(() => onProblem(problem), dyingMilliseconds) }),
    ),
  );
  // A pipe into a process that is gone breaks; that it is gone is told by its end.
  child.stdin?.on('error', () => undefined);
  return new Promise((resolve) => {
    let started = true;
    child.on('error', (error) => {
      if (child.pid !== undefined) return;
      started = false;
      const cause = systemCode(error) ?? error.message;
      onEnd(lost(fill(processEnds.notStarted, { program: python, cause }), ''));
      resolve();
    });
    let linger: NodeJS.Timeout | undefined;
    const finish = (code: number | null, signal: string | null): void => {
      clearTimeout(linger);
      clearTimeout(torn?.limit);
      if (!started) return;
      killGroup(child);
      if (torn && signal === null) onProblem(torn.problem);
      onEnd(lost(howItEnded(code, signal), errors()));
      resolve();
    };
    // Somebody whom it started may hold its outputs open.
    child.on('exit', (code, signal) => (linger = setTimeout(() => finish(code, signal), lingerMilliseconds)));
    child.on('close', finish);
  });
}

function howItEnded(code: number | null, signal: string | null): string {
  if (signal === 'SIGKILL') return processEnds.killed;
  return signal === null
    ? fill(processEnds.endedItself, { code: code ?? 'unknown' })
    : fill(processEnds.endedBy, { signal });
}

function lost(how: string, errors: string): ServiceProblem {
  const { gone, goneSaying } = pytorchSentences;
  const said = errors === '' ? fill(gone, { how }) : fill(goneSaying, { how, lines: errors });
  return new ServiceProblem('engine-lost', said);
}

function tooLong(kind: string, { message }: FrameProblem): string {
  return `The request "${kind}" is too large for the engine "pytorch": ${message}. Take fewer samples or steps at a time.`;
}

/** The last lines of its error output; where one of several processes says why all of them end, what the first one says. */
function lastErrors(child: ChildProcess): () => string {
  let kept = '';
  child.stderr?.setEncoding('utf8').on('data', (text: string) => (kept = (kept + text).slice(-keptCharacters)));
  return () => {
    const lines = kept
      .split(/\r\n|\n|\r/)
      .map((line) => line.replace(/\p{Cc}/gu, ' ').trim())
      .filter((line) => line !== '');
    const said = lines.find((line) => line.startsWith(lastWords));
    return said?.slice(lastWords.length) ?? lines.slice(-shownLines).join(' | ');
  };
}

const living = new Set<ChildProcess>();
let watching = false;

/** Whatever still runs when this process ends is ended too. */
function remember(child: ChildProcess, gone: Promise<void>): void {
  living.add(child);
  void gone.then(() => living.delete(child));
  if (watching) return;
  watching = true;
  process.on('exit', () => living.forEach(killGroup));
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It is gone already.
  }
}
