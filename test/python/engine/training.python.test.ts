/** Submissions as the app sends them: in order, two in flight, ended early, and gone on with. */
import { describe, expect, it } from 'vitest';
import { startEngine, type EngineProcess } from './engineProcess';
import { sessionFolder, type SessionFolder } from './sessionFolder';
import { headerOf, numbers, payloadOf, positions, readSubmitted, stepsOf, submit, type TestStep } from './steps';

async function opened(
  session: SessionFolder,
  options: Record<string, unknown> = {},
  changes: Record<string, unknown> = {},
): Promise<EngineProcess> {
  const engine = startEngine();
  await engine.must('open', session.open(changes, options));
  return engine;
}

async function close(...engines: EngineProcess[]): Promise<void> {
  for (const engine of engines) {
    await engine.must('close');
    expect((await engine.ended).code).toBe(0);
  }
}

/** Positions of label 1 make the loss infinite: its class has no chance. */
const poisoned = (step: TestStep): TestStep => ({ ...step, rate: Infinity });

describe('an engine', () => {
  it('says what it runs on, and opens, trains, judges, saves and goes on to the bit', async () => {
    const session = sessionFolder('images');
    const engine = startEngine();
    const hello = (await engine.must('hello', { device: 'cpu' })).header;
    expect(hello).toMatchObject({ product: { device: 'cpu', exact: true } });
    expect((hello.devices as { kind: string }[]).map(({ kind }) => kind)).toContain('cpu');
    const { header } = await engine.must('open', session.open());
    expect(header).toMatchObject({
      device: 'cpu',
      precision: 'float32',
      channelsLast: false,
      compile: false,
      notes: [],
    });
    for (const count of [1, 5]) expect((await submit(engine, stepsOf(count, count))).readBacks).toBe(1);
    await engine.must('save', { to: session.file('half.safetensors') });
    const on = await submit(engine, stepsOf(10, 4), { ratioEvery: 2 });
    await engine.must('save', { to: session.file('whole.safetensors') });
    const evaluation = { part: 'test', full: true, chunk: 5 };
    const judged = await engine.must('evaluate', evaluation, positions([2, 4, 6, 8, 10, 12, 14]));
    expect(judged.header).toMatchObject({ samples: 7, aborted: false, sizes: [1, 9] });
    expect(
      numbers(judged.payload)
        .slice(2)
        .reduce((sum, each) => sum + each, 0),
    ).toBeCloseTo(7, 5);
    expect((await engine.must('memory')).header.bytes).toBeGreaterThan(0);

    const other = await opened(session, { undo: 'look' }, { start: session.file('half.safetensors') });
    expect((await submit(other, stepsOf(10, 4), { ratioEvery: 2 })).rows).toEqual(on.rows);
    const again = await other.must('evaluate', evaluation, positions([2, 4, 6, 8, 10, 12, 14]));
    expect(again.payload.equals(judged.payload)).toBe(true);
    await close(engine, other);
  });

  it('leaves a submission out that waits behind one that ended early, and begins afresh after it', async () => {
    const session = sessionFolder('numbers');
    const engine = await opened(session);
    // A rate without end makes the second step's loss infinite, so the first is the last that is whole.
    const steps = stepsOf(0, 3).map((step) => (step.index === 0 ? poisoned(step) : step));
    const first = engine.nextId();
    const answers = await Promise.all([
      submit(engine, steps),
      submit(engine, stepsOf(3, 2), { behind: first }),
      submit(engine, stepsOf(5, 2), { behind: first + 1 }),
    ]);
    expect(answers.map(({ done, reason }) => [done, reason])).toEqual([
      [1, 'not finite'],
      [0, 'not finite'],
      [0, 'not finite'],
    ]);
    expect(await submit(engine, stepsOf(1, 1))).toMatchObject({ done: 0, reason: 'not finite' });
    await close(engine);
  });

  it('computes the same with two in flight as one after the other', async () => {
    const session = sessionFolder('images');
    const [one, two] = [await opened(session), await opened(session)];
    const rows: number[][] = [];
    for (const first of [0, 3, 6]) rows.push(...(await submit(one, stepsOf(first, 3))).rows);
    const id = two.nextId();
    const flying = await Promise.all([
      submit(two, stepsOf(0, 3)),
      submit(two, stepsOf(3, 3), { behind: id }),
      submit(two, stepsOf(6, 3), { behind: id + 1 }),
    ]);
    expect(flying.flatMap((each) => each.rows)).toEqual(rows);
    await close(one, two);
  });

  it('ends what runs between two steps when told to abort, and nothing that is sent later', async () => {
    const session = sessionFolder('images');
    for (const undo of ['snapshot', 'look']) {
      const engine = await opened(session, { undo });
      const id = engine.nextId();
      const long = submit(engine, stepsOf(0, 20_000));
      const behind = submit(engine, stepsOf(20_000, 5), { behind: id });
      await new Promise((resolve) => setTimeout(resolve, 1500));
      engine.send({ request: 'abort' });
      const later = engine.must('evaluate', { part: 'test', full: false, chunk: 4 }, positions([1, 2, 3, 4, 5]));
      const { done, reason, rows } = await long;
      expect(reason).toBe('aborted');
      expect(done).toBeLessThan(20_000);
      expect(rows).toHaveLength(done);
      expect(await behind).toMatchObject({ done: 0, reason: 'aborted' });
      expect((await later).header).toMatchObject({ samples: 5, aborted: false });
      expect(await submit(engine, stepsOf(done, 2))).toMatchObject({ done: 2 });
      await close(engine);
    }
  });

  it('keeps what libraries print out of its answers', async () => {
    const session = sessionFolder('numbers');
    const engine = startEngine(['-c', chatty]);
    await engine.must('open', session.open());
    expect(await submit(engine, stepsOf(0, 2))).toMatchObject({ done: 2 });
    await engine.must('close');
    const { errors } = await engine.ended;
    expect(errors).toContain('printed from Python');
    expect(errors).toContain('printed from below');
  });

  it('tells errors of generated code in one line, and the rest on standard error', async () => {
    const session = sessionFolder('numbers');
    const engine = startEngine(['-c', breaking]);
    await engine.must('open', session.open());
    const header = { steps: stepsOf(0, 1).map(headerOf), telemetry: true, ratioEvery: 0 };
    const id = engine.nextId();
    const broken = engine.ask('submit', header, payloadOf(stepsOf(0, 1)));
    const behind = engine.ask('submit', { ...header, behind: id }, payloadOf(stepsOf(0, 1)));
    expect((await broken).header).toEqual({
      id,
      ok: false,
      code: 'engine-failed',
      message: 'ValueError: no such axis',
    });
    expect((await behind).header).toMatchObject({ ok: false, message: 'The submission before this one failed.' });
    await close(engine);
    expect((await engine.ended).errors).toContain('Traceback');
  });

  it('reads answers of a submission as they are written', async () => {
    const session = sessionFolder('numbers');
    const engine = await opened(session);
    const steps = stepsOf(0, 2);
    const header = { steps: steps.map(headerOf), telemetry: false, ratioEvery: 0 };
    const { rows } = readSubmitted(await engine.must('submit', header, payloadOf(steps)));
    const [first] = rows;
    expect(first).toHaveLength(1 + 2 + 2 + 1 + 3 + 3);
    expect(first![0]).toBeCloseTo(first![1]! + 0.5 * first![2]!, 5);
    await close(engine);
  });
});

const startup = `
import sys
sys.path.insert(0, ${JSON.stringify(`${__dirname}/../../../python`)})
from engine.start import start
`;

/** A library that prints while a model is made, by Python and by the descriptor itself. */
const chatty = `${startup}
import os, torch
honest = torch.nn.Linear.reset_parameters
def loud(layer):
    print("printed from Python")
    os.write(1, b"printed from below\\n")
    honest(layer)
torch.nn.Linear.reset_parameters = loud
start()
`;

const breaking = `${startup}
import torch
def broken(*_, **__):
    raise ValueError("no such axis\\nand more")
torch.nn.functional.cross_entropy = broken
start()
`;
