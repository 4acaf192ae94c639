/** Whatever the engine's process does, whoever asked it hears of it in time, and it is gone when we are. */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { z } from 'zod';
import { startPython, type PythonProcess } from '../../../../../electron/trainer/engines/pytorch/pythonProcess';
import { temporaryHome } from '../../../../drivers/temporaryHome';
import { fakeChildProgram, startFakeChild, type Behaviour } from './fakeChild';

const asked = z.object({ asked: z.record(z.string(), z.unknown()) });

function start(...given: Parameters<typeof startFakeChild>): PythonProcess {
  const child = startFakeChild(...given);
  onTestFinished(() => child.close());
  return child;
}

function lives(pid: number | undefined): boolean {
  try {
    process.kill(pid ?? -1, 0);
  } catch {
    return false;
  }
  // What is dead and not yet buried counts as gone.
  return !existsSync(`/proc/${pid}/stat`) || !/\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
}

/** Far more than it takes: a machine may have other things to do. */
const patience = 30_000;

async function untilGone(pid: number | undefined): Promise<void> {
  const began = Date.now();
  while (lives(pid) && Date.now() - began < patience) await new Promise((resolve) => setTimeout(resolve, 10));
  expect(lives(pid)).toBe(false);
}

async function failure(child: PythonProcess): Promise<{ code: string; message: string }> {
  const error: unknown = await child.ask('submit', asked).then(
    () => null,
    (reason: unknown) => reason,
  );
  const { code, message } = error as { code: string; message: string };
  return { code, message };
}

describe("the engine's process", () => {
  it('is started with switches of its own, and answers what it is asked, payloads included', async () => {
    const child = start('answers');
    const payload = Uint8Array.from({ length: 300_000 }, (_, at) => at % 251);
    const [first, second] = await Promise.all([
      child.ask('peek', asked.extend({ words: z.array(z.string()) }), { fields: { paths: ['a'] }, payload: [payload] }),
      child.ask('submit', asked, { fields: { telemetry: true } }),
    ]);
    expect(first.value.asked).toEqual({ id: 0, request: 'peek', paths: ['a'] });
    expect(first.value.words).toEqual(['-E', '-B', '-u', '-X', 'utf8', 'run_engine.py']);
    expect(first.payload).toEqual(payload);
    expect(second.value.asked).toEqual({ id: 1, request: 'submit', telemetry: true });
  });

  it('that cannot do what it is asked says so, and goes on', async () => {
    const child = start('refuses');
    expect(await failure(child)).toEqual({ code: 'engine-failed', message: 'RuntimeError: no such thing' });
    expect((await child.ask('memory', asked)).value.asked).toMatchObject({ request: 'memory' });
  });

  it('that dies with others tells what the first of them said, not what their launcher says of it', async () => {
    expect((await failure(start('dies with others'))).message).toBe(
      'The process of the engine "pytorch" is gone: it ended with exit code 1. ' +
        'It wrote: Process 1 (on node2): MemoryError: out of memory',
    );
  });

  it('that dies fails everything in flight in time, with the last lines of its error output', async () => {
    const child = start('dies');
    const began = Date.now();
    const others = [child.ask('submit', asked), child.ask('memory', asked)].map((each) =>
      each.catch((error: unknown) => error),
    );
    expect(await failure(child)).toEqual({
      code: 'engine-lost',
      message:
        'The process of the engine "pytorch" is gone: it ended with exit code 3. ' +
        'It wrote: first words | Traceback of things | RuntimeError: the last straw',
    });
    for (const other of await Promise.all(others)) expect(other).toMatchObject({ code: 'engine-lost' });
    expect(Date.now() - began).toBeLessThan(patience);
    // Also whatever is asked afterwards.
    expect((await failure(child)).code).toBe('engine-lost');
  });

  it('that the system ends says that memory may have run out', async () => {
    expect((await failure(start('is killed'))).message).toContain('(SIGKILL), most often because memory ran out');
  });

  const faults: [Behaviour, RegExp][] = [
    ['prints', /its messages cannot be read: a frame begins with "Down" and not with "NLF1"/],
    ['cuts a frame off', /the pipe ended \d+ bytes before the end of a frame/],
    ['skips a number', /frame 1 came where frame 0 was due/],
    ['is too long', /a payload of 4294967280 bytes is longer than 268435456/],
    ['is no JSON', /a header is not JSON/],
    ['answers another', /request 1 is answered, and 0 is due/],
    ['answers something else', /its answer to "submit" is not what was asked for \(at asked\)/],
    ['gives up', /it reports that what it was sent is wrong: a header is not JSON/],
  ];
  it.each(faults)('that %s is ended, and the fault is named', async (behaviour, said) => {
    const child = start(behaviour);
    const { code, message } = await failure(child);
    expect(code).toBe('engine-lost');
    expect(message).toMatch(said);
    await untilGone(child.pid);
  });

  it('that answers what nobody asked is ended', async () => {
    const child = start('answers twice');
    const answers = [child.ask('submit', asked), child.ask('submit', asked)];
    await answers[0];
    await expect(answers[1]).rejects.toMatchObject({ code: 'engine-lost' });
    await untilGone(child.pid);
  });

  it('that answers out of turn is ended', async () => {
    const child = start('waits for an abort');
    const answers = [child.ask('submit', asked), child.ask('memory', asked)].map((each) => expect(each).rejects);
    for (const answer of answers) await answer.toThrow(/request 1 is answered, and 0 is due/);
    await untilGone(child.pid);
  });

  it('hears of an abort while it computes', async () => {
    const child = start('waits for an abort');
    const submitted = child.ask('submit', asked.extend({ aborted: z.boolean() }));
    child.abort();
    expect((await submitted).value.aborted).toBe(true);
  });

  it('ends when it is asked to, and is ended when it does not', async () => {
    const willing = start('answers');
    await willing.ask('memory', asked);
    await willing.close();
    expect(lives(willing.pid)).toBe(false);
    const stubborn = start('says nothing', { stubborn: true, patience: 200 });
    await stubborn.ask('memory', asked);
    const began = Date.now();
    const waiting = failure(stubborn);
    await stubborn.close();
    expect(Date.now() - began).toBeLessThan(patience);
    expect((await waiting).code).toBe('engine-lost');
    expect(lives(stubborn.pid)).toBe(false);
  });

  it('that cannot be started is an error that names it', async () => {
    const child = startPython({ python: join(temporaryHome(), 'no-python'), words: [], cwd: temporaryHome() });
    expect((await failure(child)).message).toMatch(/no-python could not be started \(ENOENT\)/);
    await child.close();
  });

  it('goes when the process that started it is killed', async () => {
    const python = fakeChildProgram();
    const parent = spawn(
      process.execPath,
      [
        '-e',
        `const child = require('node:child_process').spawn(${JSON.stringify(python)}, { stdio: ['pipe', 'pipe', 'pipe'], detached: true });
         console.log(child.pid); setInterval(() => undefined, 1000);`,
      ],
      { stdio: ['ignore', 'pipe', 'inherit'] },
    );
    const pid = await new Promise<number>((resolve) => parent.stdout.once('data', (text) => resolve(Number(text))));
    expect(lives(pid)).toBe(true);
    parent.kill('SIGKILL');
    await untilGone(pid);
  });
});
