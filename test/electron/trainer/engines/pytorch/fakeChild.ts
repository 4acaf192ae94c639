/** A program in the place of Python that speaks frames, and misbehaves as it is told. */
import { join } from 'node:path';
import { startPython, type PythonProcess } from '../../../../../electron/trainer/engines/pytorch/pythonProcess';
import { writeProgram } from '../../../../drivers/fakePython';
import { temporaryHome } from '../../../../drivers/temporaryHome';

/** What it does at the request `submit`; every other request is answered as it should be. */
export type Behaviour =
  | 'answers'
  | 'dies'
  | 'dies with others'
  | 'is killed'
  | 'is killed while it answers'
  | 'says nothing'
  | 'prints'
  | 'cuts a frame off'
  | 'skips a number'
  | 'is too long'
  | 'is no JSON'
  | 'answers another'
  | 'answers twice'
  | 'answers something else'
  | 'refuses'
  | 'gives up'
  | 'waits for an abort';

const program = `
const behaviour = process.env.FAKE_BEHAVIOUR;
let bytes = Buffer.alloc(0);
let sequence = 0;
let waiting = null;
const frame = (header, payload = Buffer.alloc(0), text = JSON.stringify(header)) => {
  const start = Buffer.alloc(16);
  start.write('NLF1');
  start.writeUInt32LE(Buffer.byteLength(text), 4);
  start.writeUInt32LE(payload.length, 8);
  start.writeUInt32LE(sequence++, 12);
  return Buffer.concat([start, Buffer.from(text), payload]);
};
const answer = (header, payload) => process.stdout.write(frame(header, payload));
let dying = false;
const straw = 'first words\\nTraceback of things\\nRuntimeError: the last straw\\n';
const end = (code, words = straw) => { dying = true; process.stderr.write(words, () => process.exit(code)); };
const misbehave = {
  'answers': (id, asked, payload) => answer({ id, ok: true, asked }, payload),
  'dies': () => end(3),
  'dies with others': () => end(1, 'netloom: Process 1 (on node2): MemoryError: out of memory\\n' + 'launcher\\n'.repeat(9)),
  'is killed': () => process.kill(process.pid, 'SIGKILL'),
  'says nothing': () => undefined,
  'prints': () => process.stdout.write('Downloading weights...\\n'),
  'is killed while it answers': (id) => { process.stdout.write(frame({ id, ok: true }, Buffer.alloc(100)).subarray(0, 60), () => process.kill(process.pid, 'SIGKILL')); },
  'cuts a frame off': (id) => { process.stdout.write(frame({ id, ok: true }, Buffer.alloc(100)).subarray(0, 60), () => process.exit(0)); },
  'skips a number': (id) => { sequence += 1; answer({ id, ok: true }); },
  'is too long': (id) => { const long = frame({ id, ok: true }); long.writeUInt32LE(0xfffffff0, 8); process.stdout.write(long); },
  'is no JSON': (id) => process.stdout.write(frame(null, undefined, '{"id": NaN}')),
  'answers another': (id) => answer({ id: id + 1, ok: true, asked: {} }),
  'answers twice': (id) => { answer({ id, ok: true, asked: {} }); answer({ id, ok: true, asked: {} }); },
  'answers something else': (id) => answer({ id, ok: true, done: 'all' }),
  'refuses': (id) => answer({ id, ok: false, code: 'engine-failed', message: 'RuntimeError: no such thing' }),
  'gives up': () => { process.stdout.write(frame({ event: 'failed', code: 'protocol', message: 'a header is not JSON' }), () => process.exit(70)); },
  'waits for an abort': (id, asked) => { waiting = { id, asked }; },
};
const act = (header, payload) => {
  const { id, request } = header;
  if (dying) return;
  if (request === 'abort') { if (waiting) answer({ id: waiting.id, ok: true, asked: waiting.asked, aborted: true }); waiting = null; }
  else if (request === 'close') { if (process.env.FAKE_STUBBORN !== '1') { answer({ id, ok: true }); process.exit(0); } }
  else if (request === 'submit') misbehave[behaviour](id, header, payload);
  else answer({ id, ok: true, asked: header, words: process.argv.slice(2) }, payload);
};
process.stdin.on('data', (chunk) => {
  bytes = Buffer.concat([bytes, chunk]);
  while (bytes.length >= 16) {
    const [header, payload] = [bytes.readUInt32LE(4), bytes.readUInt32LE(8)];
    if (bytes.length < 16 + header + payload) return;
    const [text, rest] = [bytes.subarray(16, 16 + header), bytes.subarray(16 + header, 16 + header + payload)];
    bytes = bytes.subarray(16 + header + payload);
    act(JSON.parse(text.toString()), rest);
  }
});
if (process.env.FAKE_STUBBORN === '1') setInterval(() => undefined, 1000);
else process.stdin.on('end', () => process.exit(0));
`;

/** The program, to be started as a Python. */
export function fakeChildProgram(): string {
  return writeProgram(join(temporaryHome(), 'python'), `#!${process.execPath}\n${program}`);
}

export function startFakeChild(
  behaviour: Behaviour,
  { patience, stubborn = false }: { patience?: number; stubborn?: boolean } = {},
): PythonProcess {
  const python = fakeChildProgram();
  const environment = { FAKE_BEHAVIOUR: behaviour, FAKE_STUBBORN: stubborn ? '1' : '0' };
  return startPython({ python, words: ['run_engine.py'], cwd: join(python, '..'), environment, patience });
}
