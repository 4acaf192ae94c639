/** Several processes by torchrun: the same training as in one, each with its share of every batch. */
import { appendFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, describe } from 'vitest';
import { engineScript, startEngine, type EngineProcess } from './engineProcess';
import { until } from '../../drivers/until';
import { sessionFolder, type SessionFolder } from './sessionFolder';
import { headerOf, numbers, payloadOf, positions, stepsOf, submit, type Submitted, type TestStep } from './steps';

const together = (count: number, script = engineScript): string[] => [
  '-m',
  'torch.distributed.run',
  '--standalone',
  `--nproc-per-node=${count}`,
  script,
];

/** Batch normalization over both shares, as it is on cards. */
const synchronized = join(__dirname, 'synchronized_on_cpu.py');

/** The last batch is smaller than the others, and one sample cannot be shared by two. */
const uneven: TestStep[] = [
  ...stepsOf(0, 5, 9),
  { index: 5, batches: [[0, 1, 2, 3, 4], [5]] },
  { index: 6, batches: [[7]] },
  { index: 7, batches: [[1, 2, 3]], clip: 0.1 },
];

/** Masks are each process's own, so where losses are compared nothing is dropped. */
function dropNothing({ file }: SessionFolder): void {
  for (const name of ['model.py', 'traced.py']) {
    writeFileSync(file(name), readFileSync(file(name), 'utf8').replace('Dropout(0.25)', 'Dropout(0)'));
  }
}

/** What goes wrong in the forward pass of one process, as soon as a file named "fault" says so. */
const faults = `

_whole = SmallImages.forward


class Backwards(torch.autograd.Function):
    @staticmethod
    def forward(context, value):
        return value.clone()

    @staticmethod
    def backward(context, gradient):
        raise MemoryError("out of memory in a backward pass")


def _faulty(self, image):
    fault = Path(__file__).with_name("fault")
    if os.environ.get("RANK") != "1" or not fault.exists():
        return _whole(self, image)
    kind = fault.read_text()
    if kind == "slow":
        time.sleep(0.3)
    if kind == "memory" and len(image) > 4:
        raise MemoryError("out of memory")
    if kind == "fails":
        raise RuntimeError("a kernel that is missing here")
    if kind == "statistics" and self.training:
        self.blocks[0].norm.running_var[0] = float("inf")
    found = _whole(self, image)
    return Backwards.apply(found) if kind == "backward" else found


SmallImages.forward = _faulty
`;

function withFaults(session: SessionFolder): (kind: string) => void {
  const model = session.file('model.py');
  writeFileSync(
    model,
    `import os\nimport time\nfrom pathlib import Path\n\nimport torch\n${readFileSync(model, 'utf8')}${faults}`,
  );
  return (kind) => writeFileSync(session.file('fault'), kind);
}

function sameLosses(found: Submitted, expected: Submitted): void {
  expect(found.done).toBe(expected.done);
  found.rows.forEach((row, at) => expect(Math.abs(row[0]! - expected.rows[at]![0]!), `step ${at}`).toBeLessThan(1e-5));
}

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

  it('have the statistics of the whole batch where they exchange them, and look inside without the others', async () => {
    const session = sessionFolder('images');
    dropNothing(session);
    const [alone, both] = [startEngine(), startEngine(together(2, synchronized))];
    await alone.must('open', session.open());
    expect((await both.must('open', session.open())).header.notes).toEqual([]);
    sameLosses(await submit(both, uneven), await submit(alone, uneven));
    const step = stepsOf(8, 1)[0]!;
    for (const request of ['gradients', 'diagnose']) {
      const asked = { step: headerOf(step), to: session.file(request) };
      const [one, two] = [
        await alone.must(request, asked, payloadOf([step])),
        await both.must(request, asked, payloadOf([step])),
      ];
      expect(Math.abs(Number(two.header.loss) - Number(one.header.loss))).toBeLessThan(1e-5);
    }
    sameLosses(await submit(both, stepsOf(8, 3)), await submit(alone, stepsOf(8, 3)));
    await ended(alone);
    await ended(both);
  });

  it('go back together where one runs out of memory or has statistics that are not finite, and end where one fails', async () => {
    const session = sessionFolder('images');
    dropNothing(session);
    // A weight that nothing uses has no gradient in any process.
    writeFileSync(
      session.file('model.py'),
      readFileSync(session.file('model.py'), 'utf8').replace(
        'self.drop =',
        'self.idle = nn.Parameter(torch.zeros(3))\n        self.drop =',
      ),
    );
    const fail = withFaults(session);
    const both = startEngine(together(2));
    fail('slow');
    const options = { deterministic: false, channelsLast: 'auto' };
    const { header } = await both.must('open', session.open({}, options));
    expect(header.notes).toMatchObject([{ about: 'batchNorm' }, { about: 'channelsLast' }]);
    fail('none');
    const accumulated = [0, 1].map((index) => ({
      index,
      batches: [
        [1, 2, 3, 4, 5],
        [6, 7, 8],
      ],
    }));
    expect((await submit(both, accumulated)).done).toBe(2);
    const before = session.file('before.safetensors');
    await both.must('save', { to: before });
    fail('memory');
    expect(await submit(both, stepsOf(2, 2, 12))).toMatchObject({ done: 0, reason: 'out of memory', largestBatch: 9 });
    fail('statistics');
    expect(await submit(both, stepsOf(2, 2))).toMatchObject({ done: 0, reason: 'not finite' });
    await both.must('save', { to: session.file('after.safetensors') });
    expect(readFileSync(session.file('after.safetensors')).equals(readFileSync(before))).toBe(true);
    fail('none');
    expect((await submit(both, stepsOf(2, 2))).done).toBe(2);
    fail('fails');
    await expect(submit(both, stepsOf(4, 2))).rejects.toThrow();
    expect((await both.ended).errors).toMatch(
      /netloom: Process 1 \(on .+\): RuntimeError: a kernel that is missing here/,
    );
  });

  it.runIf(process.env.NETLOOM_LONG === '1')('train with what torch.compile made as without it', async () => {
    const session = sessionFolder('numbers');
    const steps = [...stepsOf(0, 3, 9), ...stepsOf(3, 2, 7), { index: 5, batches: [[1]] }];
    const engines = [startEngine(), startEngine(), startEngine(together(2))];
    const found: Submitted[] = [];
    for (const [at, engine] of engines.entries()) {
      const { header } = await engine.must('open', session.open({}, { compile: at > 0 }));
      expect(header).toMatchObject({ compile: at > 0, notes: [] });
      found.push(await submit(engine, steps));
      await ended(engine);
    }
    sameLosses(found[1]!, found[0]!);
    sameLosses(found[2]!, found[0]!);
  });

  it('do not open where one of them cannot, and say which', async () => {
    const session = sessionFolder('numbers');
    appendFileSync(
      session.file('session.py'),
      '\nimport os\nif os.environ.get("RANK") == "1":\n    raise RuntimeError("no such library here")\n',
    );
    const both = startEngine(together(2));
    const { header } = await both.ask('open', session.open());
    expect(header).toMatchObject({ ok: false, code: 'engine-failed' });
    expect(header.message).toMatch(
      /^Process 1 \(on .+\): The session cannot be loaded: RuntimeError: no such library here$/,
    );
    await ended(both);
  });

  it('end together where one of them fails while the others wait for it, and say why', async () => {
    const session = sessionFolder('images');
    const fail = withFaults(session);
    const both = startEngine(together(2));
    await both.must('open', session.open());
    fail('backward');
    await expect(submit(both, stepsOf(0, 2))).rejects.toThrow();
    const words = /netloom: Process 1 \(on .+\): MemoryError: out of memory in a backward pass/;
    expect((await both.ended).errors).toMatch(words);
  });

  it('end together where one of them is killed', async () => {
    const session = sessionFolder('numbers');
    appendFileSync(
      session.file('session.py'),
      '\nimport os\nfrom pathlib import Path\nPath(__file__).with_name(f"pid{os.environ[\'RANK\']}").write_text(str(os.getpid()))\n',
    );
    const both = startEngine(together(2));
    await both.must('open', session.open());
    const long = submit(both, stepsOf(0, 10_000));
    await until(() => both.nextId() > 1);
    process.kill(Number(readFileSync(session.file('pid1'), 'utf8')), 'SIGKILL');
    await expect(long).rejects.toThrow();
    await both.ended;
  });
});
