/** Several processes by torchrun: the same training as in one, each with its share of every batch. */
import { expect, it, describe } from 'vitest';
import { engineScript, startEngine, type EngineProcess } from './engineProcess';
import { sessionFolder } from './sessionFolder';
import { numbers, positions, stepsOf, submit, type TestStep } from './steps';

const together = (count: number): string[] => [
  '-m',
  'torch.distributed.run',
  '--standalone',
  `--nproc-per-node=${count}`,
  engineScript,
];

/** The last batch is smaller than the others, and one sample cannot be shared by two. */
const uneven: TestStep[] = [
  ...stepsOf(0, 5, 9),
  { index: 5, batches: [[0, 1, 2, 3, 4], [5]] },
  { index: 6, batches: [[7]] },
  { index: 7, batches: [[1, 2, 3]], clip: 0.1 },
];

async function ended(engine: EngineProcess): Promise<void> {
  await engine.must('close');
  await engine.ended;
}

describe('two processes', () => {
  it('find the losses, norms and weights of one', async () => {
    const session = sessionFolder('numbers');
    const [alone, both] = [startEngine(), startEngine(together(2))];
    await alone.must('open', session.open());
    const { header } = await both.must('open', session.open());
    expect(header.notes).toEqual([]);
    const expected = await submit(alone, uneven, { ratioEvery: 3 });
    const found = await submit(both, uneven, { ratioEvery: 3 });
    expect(found.done).toBe(uneven.length);
    found.rows.forEach((row, at) =>
      row.forEach((value, column) => {
        const wanted = expected.rows[at]![column]!;
        if (Number.isNaN(wanted)) expect(value).toBeNaN();
        else expect(Math.abs(value - wanted), `step ${at}, column ${column}`).toBeLessThan(1e-5);
      }),
    );
    const samples = positions([0, 3, 5, 7, 9, 11, 2]);
    const evaluation = { part: 'test', full: true, chunk: 3 };
    const [one, two] = [
      await alone.must('evaluate', evaluation, samples),
      await both.must('evaluate', evaluation, samples),
    ];
    expect(two.header).toMatchObject({ samples: 7, aborted: false });
    const sums = numbers(one.payload);
    numbers(two.payload).forEach((sum, at) => expect(Math.abs(sum - sums[at]!)).toBeLessThan(1e-4));
    await both.must('save', { to: session.file('both.safetensors') });
    await alone.must('load', { from: session.file('both.safetensors') });
    await both.must('load', { from: session.file('both.safetensors') });
    await both.must('peek', { paths: ['tanh'], part: 'test', mode: 'evaluate', to: session.file('p') }, samples);
    const [on, more] = [await submit(alone, stepsOf(8, 2, 7)), await submit(both, stepsOf(8, 2, 7))];
    more.rows.forEach((row, at) => expect(Math.abs(row[0]! - on.rows[at]![0]!)).toBeLessThan(1e-5));
    await ended(alone);
    await ended(both);
  });

  it('abort together, warn of BatchNorm, and end with their parent', async () => {
    const session = sessionFolder('images');
    const both = startEngine(together(2));
    const { header } = await both.must('open', session.open());
    expect(header.notes).toMatchObject([{ about: 'batchNorm' }]);
    const long = submit(both, stepsOf(0, 10_000));
    await new Promise((resolve) => setTimeout(resolve, 1000));
    both.send({ request: 'abort' });
    expect((await long).reason).toBe('aborted');
    expect(await submit(both, stepsOf(0, 2))).toMatchObject({ done: 2 });
    both.child.stdin.end();
    await both.ended;
  });

  it('may be started one by one, as on two machines', async () => {
    const session = sessionFolder('numbers');
    const port = 20_000 + (process.pid % 20_000);
    const machine = (rank: number): string[] => [
      ...['-m', 'torch.distributed.run', '--nnodes=2', `--node-rank=${rank}`, '--nproc-per-node=1'],
      ...['--master-addr=127.0.0.1', `--master-port=${port}`, engineScript],
    ];
    const [alone, first, second] = [startEngine(), startEngine(machine(0)), startEngine(machine(1))];
    await alone.must('open', session.open());
    await first.must('open', session.open());
    const steps = stepsOf(0, 3, 9);
    const [expected, found] = [await submit(alone, steps), await submit(first, steps)];
    found.rows.forEach((row, at) => expect(Math.abs(row[0]! - expected.rows[at]![0]!)).toBeLessThan(1e-5));
    await ended(alone);
    await ended(first);
    await second.ended;
  });
});
