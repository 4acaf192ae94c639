/** The engine's process as the tests speak to it: frames written and read by hand, apart from the app's own code. */
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process';
import { join } from 'node:path';
import { testPython } from '../../drivers/testPython';

export interface Answer {
  header: Record<string, unknown>;
  payload: Buffer;
}

export interface Ended {
  code: number | null;
  signal: NodeJS.Signals | null;
  /** Frames that belong to no request. */
  events: Answer[];
  errors: string;
}

export interface EngineProcess {
  child: ChildProcessWithoutNullStreams;
  /** Sends a request and gives its answer. */
  ask: (request: string, header?: Record<string, unknown>, payload?: Buffer) => Promise<Answer>;
  /** The same; throws where the answer is not ok. */
  must: (request: string, header?: Record<string, unknown>, payload?: Buffer) => Promise<Answer>;
  /** The id that the next request will have. */
  nextId: () => number;
  /** Sends a frame without an id of its own. */
  send: (header: unknown, payload?: Buffer) => void;
  write: (bytes: Buffer) => void;
  ended: Promise<Ended>;
}

const beginning = 16;

export function frame(sequence: number, header: unknown, payload: Buffer = Buffer.alloc(0)): Buffer {
  const text = Buffer.from(typeof header === 'string' ? header : JSON.stringify(header));
  const head = Buffer.alloc(beginning);
  head.write('NLF1', 0, 'latin1');
  head.writeUInt32LE(text.length, 4);
  head.writeUInt32LE(payload.length, 8);
  head.writeUInt32LE(sequence, 12);
  return Buffer.concat([head, text, payload]);
}

export const engineScript = join(__dirname, '../../../python/run_engine.py');

export function startEngine(command: readonly string[] = [engineScript]): EngineProcess {
  const environment = { ...process.env, OMP_NUM_THREADS: '1' };
  const child = spawn(testPython(), ['-u', '-X', 'utf8', ...command], { env: environment });
  const waiting = new Map<number, { resolve: (answer: Answer) => void; reject: (error: Error) => void }>();
  const events: Answer[] = [];
  let [unread, errors, sent, received, id] = [Buffer.alloc(0), '', 0, 0, 0];
  child.stderr.on('data', (bytes: Buffer) => (errors += bytes.toString()));
  child.stdin.on('error', () => undefined);
  child.stdout.on('data', (bytes: Buffer) => {
    unread = Buffer.concat([unread, bytes]);
    for (let answer = next(); answer; answer = next()) {
      const own = waiting.get(answer.header.id as number);
      if (own) own.resolve(answer);
      else events.push(answer);
      waiting.delete(answer.header.id as number);
    }
  });
  const next = (): Answer | null => {
    if (unread.length < beginning) return null;
    const [header, payload] = [unread.readUInt32LE(4), unread.readUInt32LE(8)];
    const length = beginning + header + payload;
    if (unread.toString('latin1', 0, 4) !== 'NLF1') throw new Error(`no frame: ${unread.toString('latin1', 0, 100)}`);
    if (unread.length < length) return null;
    if (unread.readUInt32LE(12) !== received++) throw new Error('an answer is out of order');
    const answer = {
      header: JSON.parse(unread.toString('utf8', beginning, beginning + header)) as Record<string, unknown>,
      payload: Buffer.from(unread.subarray(beginning + header, length)),
    };
    unread = unread.subarray(length);
    return answer;
  };
  const ended = new Promise<Ended>((resolve) =>
    child.on('close', (code, signal) => {
      for (const { reject } of waiting.values())
        reject(new Error(`the engine ended with ${code ?? signal}: ${errors}`));
      resolve({ code, signal, events, errors });
    }),
  );
  const send = (header: unknown, payload?: Buffer): void => void child.stdin.write(frame(sent++, header, payload));
  const ask: EngineProcess['ask'] = (request, header = {}, payload) =>
    new Promise((resolve, reject) => {
      waiting.set(id, { resolve, reject });
      send({ ...header, request, id: id++ }, payload);
    });
  return {
    child,
    ask,
    async must(request, header, payload) {
      const answer = await ask(request, header, payload);
      if (answer.header.ok !== true) throw new Error(`${request}: ${JSON.stringify(answer.header)} ${errors}`);
      return answer;
    },
    nextId: () => id,
    send,
    write: (bytes) => void child.stdin.write(bytes),
    ended,
  };
}
