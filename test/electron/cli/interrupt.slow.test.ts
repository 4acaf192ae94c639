/** What the shell's user can do to a run that is going on, with real processes: Ctrl+C, kill, a reader who leaves. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { isAlive } from '../../../electron/services/runs/processStart';
import { assets } from '../../drivers/commandLine';
import { netloomProcess, type NetloomProcess } from '../../drivers/netloomProcess';
import { temporaryHome } from '../../drivers/temporaryHome';

const sample = (name: string): string => join(assets, 'designs', `${name}.netloom`);
const endless = ['train', sample('xor-mlp'), '--epochs', '1000000', '--json'];

const started: NetloomProcess[] = [];
afterEach(() => {
  for (const { pid } of started.splice(0)) {
    try {
      process.kill(-pid, 'SIGKILL');
    } catch {
      // The whole group has ended, as it should have.
    }
  }
});

function netloom(words: readonly string[], home: string, environment: Record<string, string> = {}): NetloomProcess {
  const one = netloomProcess(words, { home, environment });
  started.push(one);
  return one;
}

/** A run that has been through two epochs, so that there is a checkpoint. */
async function trained(home: string): Promise<{ shell: NetloomProcess; run: string }> {
  const shell = netloom(endless, home);
  const { run } = await shell.until(({ event }) => event === 'started');
  await shell.until(({ event, epoch }) => event === 'epoch' && epoch === 2);
  return { shell, run: String(run) };
}

async function stateOf(run: string, home: string): Promise<unknown> {
  const list = netloom(['runs', 'list', '--json'], home);
  await list.ended;
  const runs = list.events()[0]?.runs as { id: string; state: string }[];
  return runs.find(({ id }) => id === run)?.state;
}

/** Resumes the run for a moment and answers with the step it went on from. */
async function resumedStep(run: string, home: string): Promise<number> {
  const shell = netloom(['resume', run, '--json'], home);
  const { step } = await shell.until(({ event, resumed }) => event === 'started' && resumed === true);
  shell.signalGroup('SIGINT');
  expect((await shell.ended).code).toBe(130);
  return Number(step);
}

/** The trainer that a run's lock names. */
function lockOwner(run: string, home: string): number {
  return (JSON.parse(readFileSync(join(home, 'runs', run, 'lock'), 'utf8')) as { pid: number }).pid;
}

async function goneWithin(pid: number, milliseconds: number): Promise<boolean> {
  const deadline = Date.now() + milliseconds;
  while (isAlive(pid) && Date.now() < deadline) await new Promise((resolve) => setTimeout(resolve, 50));
  return !isAlive(pid);
}

describe('Ctrl+C', () => {
  it.each(['SIGINT', 'SIGTERM'] as const)(
    '%s stops cleanly: exit 130, the run is stopped and resumes',
    async (signal) => {
      const home = temporaryHome();
      const { shell, run } = await trained(home);
      shell.signalGroup(signal);
      expect(await shell.ended).toEqual({ code: 130, signal: null });
      const done = shell.events().pop();
      expect(done).toMatchObject({ event: 'done', state: 'stopped', run });
      expect(await stateOf(run, home)).toBe('stopped');
      expect(await resumedStep(run, home)).toBe(done?.steps);
    },
  );

  it('twice ends the process at once; the run resumes from its last checkpoint', async () => {
    const home = temporaryHome();
    const { shell, run } = await trained(home);
    const trainer = lockOwner(run, home);
    shell.signalGroup('SIGINT');
    shell.signalGroup('SIGINT');
    shell.signalGroup('SIGINT');
    expect(await shell.ended).toEqual({ code: 130, signal: null });
    expect(isAlive(trainer)).toBe(false);
    expect(['stopped', 'interrupted']).toContain(await stateOf(run, home));
    expect(await resumedStep(run, home)).toBeGreaterThan(0);
  });

  it('while data is downloaded gives that up, exit 130, and makes no run', async () => {
    const home = temporaryHome();
    const { address, server, asked } = await silentServer();
    try {
      const shell = netloom(['train', sample('mnist-mlp'), '--json'], home, { NETLOOM_MIRROR: address });
      await asked;
      shell.signalGroup('SIGINT');
      expect(await shell.ended).toEqual({ code: 130, signal: null });
      expect(shell.events().pop()).toMatchObject({ event: 'error', code: 'cancelled' });
      expect(existsSync(join(home, 'runs'))).toBe(false);
    } finally {
      server.closeAllConnections();
      server.close();
    }
  });

  it('while the trainer process starts, which nothing in it hears yet: exit 130, and no run', async () => {
    const home = temporaryHome();
    const [marker, slow] = [join(home, 'starting'), join(home, 'slow.cjs')];
    const wait = 'Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 20000)';
    const note = `require('node:fs').writeFileSync(${JSON.stringify(marker)}, '')`;
    writeFileSync(slow, `if (/trainer\\.cjs$/.test(process.argv[1])) { ${note}; ${wait}; }`);
    const shell = netloom(endless, home, { NODE_OPTIONS: `--require ${slow}` });
    while (!existsSync(marker)) await new Promise((resolve) => setTimeout(resolve, 20));
    shell.signalGroup('SIGINT');
    expect(await shell.ended).toEqual({ code: 130, signal: null });
    expect(shell.events().pop()).toMatchObject({ event: 'error', code: 'cancelled' });
    expect(shell.errors()).toContain('Stopped before the run had begun.');
    expect(existsSync(join(home, 'runs'))).toBe(false);
  });

  it('before the run has begun is not forgotten, whenever it comes', async () => {
    const home = temporaryHome();
    for (const milliseconds of [300, 600, 900, 1200]) {
      const shell = netloom(endless, home);
      await new Promise((resolve) => setTimeout(resolve, milliseconds));
      shell.signalGroup('SIGINT');
      const { code, signal } = await shell.ended;
      // Node itself ends on the signal until the command listens to it.
      expect(code === 130 || signal === 'SIGINT').toBe(true);
    }
  });
});

describe('an end that nobody wished for', () => {
  it('a trainer that is killed: exit 1, a sentence, and the run resumes', async () => {
    const home = temporaryHome();
    const { shell, run } = await trained(home);
    process.kill(lockOwner(run, home), 'SIGKILL');
    expect(await shell.ended).toEqual({ code: 1, signal: null });
    const reason = expect.stringContaining('SIGKILL') as string;
    expect(shell.events().pop()).toMatchObject({ event: 'lost', run, reason });
    expect(shell.errors()).toContain(`netloom resume ${run}`);
    expect(await stateOf(run, home)).toBe('interrupted');
    expect(await resumedStep(run, home)).toBeGreaterThan(0);
  });

  it('a command that is killed takes its trainer with it, which first saves what it has', async () => {
    const home = temporaryHome();
    const { shell, run } = await trained(home);
    const trainer = lockOwner(run, home);
    process.kill(shell.pid, 'SIGKILL');
    await shell.ended;
    expect(await goneWithin(trainer, 60_000)).toBe(true);
    expect(await stateOf(run, home)).toBe('stopped');
    expect(await resumedStep(run, home)).toBeGreaterThan(0);
  });

  it('a reader who leaves (| head) ends it quietly, and the trainer too', async () => {
    const home = temporaryHome();
    const { shell, run } = await trained(home);
    const trainer = lockOwner(run, home);
    shell.stopReading();
    expect(await shell.ended).toEqual({ code: 0, signal: null });
    expect(shell.errors()).toBe('');
    expect(await goneWithin(trainer, 60_000)).toBe(true);
  });
});

/** A mirror that accepts requests and never answers. */
async function silentServer(): Promise<{ address: string; server: Server; asked: Promise<void> }> {
  let ask: () => void = () => undefined;
  const asked = new Promise<void>((resolve) => (ask = resolve));
  const server = createServer(() => ask());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, server, asked };
}
