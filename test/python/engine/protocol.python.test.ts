/** What is not a frame, not a request or not in order ends the engine with a name for it, and soon. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { startEngine, frame, type Ended, type EngineProcess } from './engineProcess';
import { sessionFolder } from './sessionFolder';
import { headerOf, payloadOf, stepsOf, submit } from './steps';

const protocolExit = 70;
const patience = 30_000;

/** What the engine says last after these bytes. */
async function after(...bytes: Buffer[]): Promise<{ code: number | null; message: unknown }> {
  const engine = startEngine();
  for (const each of bytes) engine.write(each);
  return lastWords(await withPatience(engine));
}

async function withPatience(engine: EngineProcess): Promise<Ended> {
  const timer = setTimeout(() => engine.child.kill('SIGKILL'), patience);
  const ended = await engine.ended;
  clearTimeout(timer);
  return ended;
}

function lastWords({ code, events }: Ended): { code: number | null; message: unknown } {
  expect(events.length).toBeLessThanOrEqual(1);
  if (events[0]) expect(events[0].header).toMatchObject({ event: 'failed', code: 'protocol' });
  return { code, message: events[0]?.header.message };
}

const hello = { id: 0, request: 'hello' };

function edited(bytes: Buffer, at: number, value: number): Buffer {
  const copy = Buffer.from(bytes);
  copy.writeUInt32LE(value, at);
  return copy;
}

describe('a frame', () => {
  const cases: [string, Buffer[], string][] = [
    ['that begins otherwise', [Buffer.from('GET / HTTP/1.1\r\nHost: here\r\n\r\n')], "begins with b'GET '"],
    ['with too long a header', [edited(frame(0, hello), 4, 2 ** 20 + 1)], 'a header of 1048577 bytes is longer'],
    ['with too long a payload', [edited(frame(0, hello), 8, 2 ** 28 + 1)], 'a payload of 268435457 bytes is longer'],
    ['out of order', [frame(1, hello)], 'frame 1 came where frame 0 was due'],
    [
      'that comes twice',
      [frame(0, { request: 'abort' }), frame(0, { request: 'abort' })],
      'frame 0 came where frame 1',
    ],
    ['without JSON', [frame(0, '{"id": 0, "request"')], 'a header is not JSON'],
    ['with numbers that JSON lacks', [frame(0, '{"id": 0, "request": "hello", "x": NaN}')], 'a header is not JSON'],
    ['nested without end', [frame(0, '['.repeat(200_000))], 'a header is not JSON'],
    ['that is a list', [frame(0, [1])], 'a header is not an object'],
  ];
  it.each(cases)('%s', async (_name, bytes, message) => {
    const ended = await after(...bytes);
    expect(ended.message).toContain(message);
    expect(ended.code).toBe(protocolExit);
  });

  it('that is cut short', async () => {
    const engine = startEngine();
    engine.child.stdin.end(frame(0, hello).subarray(0, 21));
    const { code, message } = lastWords(await withPatience(engine));
    expect(message).toContain('before the end of a frame');
    expect(code).toBe(protocolExit);
  });
});

describe('a request', () => {
  const submitOne = { id: 0, request: 'submit', steps: [{ index: 0, sizes: [2] }], telemetry: true, ratioEvery: 0 };
  const cases: [string, Buffer[], string][] = [
    ['that nobody knows', [frame(0, { id: 0, request: 'shutdown' })], "'shutdown' is not a request"],
    ['without a kind', [frame(0, { id: 0 })], 'request of a request is not a text'],
    ['without an id', [frame(0, { request: 'memory' })], 'id of a request is not a whole number'],
    ['whose id is old', [frame(0, hello), frame(1, hello)], 'request 0 came after request 0'],
    ['that lacks something', [frame(0, { id: 0, request: 'save' })], 'to of the request save is not a text'],
    ['with too few positions', [frame(0, submitOne, Buffer.alloc(16))], 'a payload has 16 bytes; its steps need 20'],
    ['with half a position', [frame(0, { ...evaluation, id: 0 }, Buffer.alloc(6))], '6 bytes are no whole number'],
    ['of no steps', [frame(0, { ...submitOne, steps: [] })], 'a submission has 0 steps'],
    ['of a step without samples', [frame(0, { ...submitOne, steps: [{ index: 0, sizes: [] }] })], 'no samples'],
  ];
  it.each(cases)('%s', async (_name, bytes, message) => {
    const ended = await after(...bytes);
    expect(ended.message).toContain(message);
    expect(ended.code).toBe(protocolExit);
  });
});

const evaluation = { request: 'evaluate', part: 'test', full: false, chunk: 4 };

describe('an engine', () => {
  it('ends at once where its pipe ends between frames', async () => {
    const engine = startEngine();
    engine.child.stdin.end();
    expect(await withPatience(engine)).toMatchObject({ code: 0, events: [] });
  });

  it('never hangs on bytes by chance, and never takes them for requests', async () => {
    const valid = Buffer.concat([frame(0, { id: 0, request: 'memory' }), frame(1, { id: 1, request: 'close' })]);
    const damage = fc.record({ at: fc.nat(valid.length - 1), byte: fc.integer({ min: 1, max: 255 }) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ at, byte }) => {
        const bytes = Buffer.from(valid);
        bytes[at] = (bytes[at] as number) ^ byte;
        const engine = startEngine();
        engine.child.stdin.end(bytes);
        const { code, signal } = await withPatience(engine);
        expect(signal).toBeNull();
        expect([0, protocolExit]).toContain(code);
      }),
      { numRuns: 12 },
    );
  });

  it('says what is wrong with a request and goes on', async () => {
    const engine = startEngine();
    const session = sessionFolder('numbers');
    const refused = async (request: string, header: object, payload?: Buffer): Promise<unknown> =>
      (await engine.ask(request, { ...header }, payload)).header;
    const notOpen = { ok: false, code: 'not-open', message: 'No session is open.' };
    expect(await refused('memory', {})).toMatchObject(notOpen);
    expect(await refused('open', session.open({ folder: session.file('nowhere') }))).toMatchObject({ ok: false });
    expect(await refused('open', session.open({ device: 'cuda:31' }))).toMatchObject({ code: 'no-device' });
    await engine.must('open', session.open());
    expect(await refused('open', session.open())).toMatchObject({ code: 'bad-request' });
    const [step] = stepsOf(0, 1);
    const far = { ...step!, batches: [[0, 90]] };
    const header = { steps: [headerOf(far)], telemetry: true, ratioEvery: 0 };
    const message = 'The field point of the part train has 90 samples, counted from 0; asked for is 90.';
    expect(await refused('submit', header, payloadOf([far]))).toMatchObject({ code: 'bad-request', message });
    const nowhere = session.file('nowhere/file');
    expect(await refused('save', { to: nowhere })).toMatchObject({ code: 'disk' });
    expect(await refused('load', { from: nowhere })).toMatchObject({ code: 'disk' });
    expect(await submit(engine, stepsOf(0, 2))).toMatchObject({ done: 2 });
    await engine.must('close');
    expect((await engine.ended).code).toBe(0);
  });
});
