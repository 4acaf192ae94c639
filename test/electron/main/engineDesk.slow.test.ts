/** What windows are told of installations and engines: begun once, shown to all, cancelled, taken up again, mended. */
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { diskFiles } from '../../../electron/files/fileSystem';
import { createEngineDesk, type EngineDesk } from '../../../electron/main/engineDesk';
import { engineHandlers } from '../../../electron/main/handlers/engineHandlers';
import { recallChoice, rememberChoice } from '../../../electron/services/engines/rememberedChoices';
import { environmentFolder } from '../../../electron/services/python/environments';
import { acquireLock } from '../../../electron/services/runs/runLock';
import { readRunRecord, writeRunRecord } from '../../../electron/services/runs/runRecord';
import { studioContract } from '../../../shared/ipc/studio';
import type { EngineStatus, InstallationEvent } from '../../../shared/ipc/studio/engineSchemas';
import { fakeEnvironment } from '../../drivers/fakeEnvironment';
import { fakePython, type Faked, type FakePython } from '../../drivers/fakePython';
import { fakeTrainers, notInstalled } from '../../drivers/fakeTrainer';
import { smallDesign } from '../../drivers/smallDesign';
import { programsFolder } from '../../drivers/programsFolder';
import { temporaryHome } from '../../drivers/temporaryHome';
import { startStory } from '../../drivers/trainer';

let onPath = '';
beforeEach(() => {
  onPath = programsFolder();
  vi.stubEnv('PATH', onPath);
  for (const name of ['NETLOOM_PYTHON', 'VIRTUAL_ENV', 'CONDA_PREFIX']) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

const python3 = (fake: FakePython = {}): Faked => fakePython(onPath, fake);

interface Story {
  home: string;
  desk: EngineDesk;
  told: InstallationEvent[];
  asked: string[];
  ended: () => Promise<Extract<InstallationEvent, { kind: 'ended' }>>;
  steps: () => string[];
  verify: () => Promise<EngineStatus | undefined>;
}

function story(home = temporaryHome(), now?: () => number): Story {
  const told: InstallationEvent[] = [];
  const { spawn, asked } = fakeTrainers({ wasm: {}, pytorch: { probe: notInstalled } });
  const tell = (event: InstallationEvent): void =>
    void told.push(studioContract.events.installation.parse(structuredClone(event)));
  const desk = createEngineDesk({ home, spawn, tell, now });
  return {
    ...{ home, desk, told, asked },
    ended: () =>
      vi.waitFor(
        () => {
          const last = told[told.length - 1];
          if (last?.kind !== 'ended') throw new Error('it goes on');
          return last;
        },
        { timeout: 60_000, interval: 20 },
      ),
    steps: () => told.flatMap((event) => (event.kind === 'progress' ? [event.progress.step] : [])),
    verify: async () => (await desk.states(false)).find(({ name }) => name === 'verify'),
  };
}

describe('the engines', () => {
  it('are tried once for all windows, and again when somebody wants to know', async () => {
    const { desk, asked } = story();
    const [first, second] = await Promise.all([desk.states(false), desk.states(true)]);
    expect(first).toEqual(second);
    expect(first.map(({ name, state }) => [name, state])).toContainEqual(['wasm', 'ready']);
    const probes = (): string[] => asked.filter((one) => one.startsWith('probe'));
    expect(probes()).toEqual(['probe wasm', 'probe pytorch']);
    await desk.states(false);
    expect(probes()).toHaveLength(2);
    await desk.states(true);
    expect(probes()).toHaveLength(4);
  });

  it('are answered to a window as the contract has it', async () => {
    python3({ free: 80e9 });
    const { desk, home } = story();
    const ask = engineHandlers({ engines: desk, home });
    const { requests } = studioContract;
    requests.engines.response.parse(await ask.engines({ fresh: false }));
    const plan = requests.installPlan.response.parse(await ask.installPlan({ name: 'verify' }));
    expect(plan).toMatchObject({ free: 80e9, install: 'npx netloom engines install verify --yes' });
    expect(plan.python).toMatch(/^Python 3\.11\.7 \(\//);
    expect(plan.size.download).toBeGreaterThan(1e8);
    expect(requests.engineDiagnostics.response.parse(await ask.engineDiagnostics({})).text).toContain('Engine wasm');
    rememberChoice(home, { design: 'd', engines: 'e' }, { engine: 'wasm', trials: [] });
    expect(await ask.forgetChoices({})).toEqual({});
    expect(recallChoice(home, { design: 'd', engines: 'e' })).toBeNull();
    await expect(Promise.resolve().then(() => ask.installPlan({ name: 'cuda' }))).rejects.toThrow(
      'There is nothing to install for "cuda".',
    );
  });
});

describe('what somebody installs from a terminal', () => {
  it('is found without being asked for again', async () => {
    const { home, desk, asked, verify } = story();
    await verify();
    const times = asked.length;
    fakeEnvironment(home, 'verify');
    expect((await verify())?.state).toBe('ready');
    expect(asked.length).toBeGreaterThan(times);
    const after = asked.length;
    await desk.states(false);
    expect(asked.length).toBe(after);
  });
});

describe('an installation', () => {
  it('is told step by step to its end, after which the engines are tried again', async () => {
    python3({
      pip: [{ when: 'keras==', output: 'Downloading torch-2.14.1-cp311.whl (800.0 MB)\nProgress 400 of 800\n' }],
    });
    const { desk, steps, ended, verify, asked } = story(undefined, counting(1000));
    await verify();
    desk.install('verify', false);
    expect((await verify())?.state).toBe('installing');
    expect((await verify())?.installation).not.toBeNull();
    expect(await ended()).toEqual({ kind: 'ended', name: 'verify', outcome: 'installed', code: null, message: null });
    expect(steps()).toEqual(
      expect.arrayContaining(['beginning', 'making an environment', 'trying what was installed']),
    );
    expect(steps()).toContain('downloading torch 2.14.1 (800.0 MB)');
    const probes = asked.length;
    expect(await verify()).toMatchObject({ state: 'ready', installation: null, environment: { python: '3.11.7' } });
    expect(asked.length).toBeGreaterThan(probes);
  });

  it('tells of much that comes fast only now and then', async () => {
    const output = Array.from({ length: 500 }, (_, at) => `Progress ${at + 1} of 500`).join('\n');
    python3({ pip: [{ when: 'keras==', output: `Downloading torch-2.14.1-cp311.whl (800.0 MB)\n${output}\n` }] });
    const { desk, steps, ended } = story(undefined, () => 0);
    desk.install('verify', false);
    await ended();
    expect(steps().filter((step) => step.startsWith('downloading torch')).length).toBeLessThan(5);
  });

  it('tells what came last all the same, when nothing follows it', async () => {
    const output = 'Downloading torch-2.14.1-cp311.whl (800.0 MB)\nProgress 1 of 800\nProgress 400 of 800\n';
    python3({ pip: [{ when: 'keras==', output, forever: true }] });
    const { desk, told, ended } = story(undefined, () => 0);
    desk.install('verify', false);
    const last = { kind: 'progress', progress: { done: 400, total: 800 } };
    await vi.waitFor(() => expect(told[told.length - 1]).toMatchObject(last), { timeout: 60_000 });
    desk.cancel('verify');
    expect((await ended()).outcome).toBe('cancelled');
  });

  it('is begun once, however many windows want it', async () => {
    const { calls } = python3();
    const { desk, ended, steps, told } = story();
    desk.install('verify', false);
    desk.install('verify', true);
    expect(steps()).toEqual(['beginning']);
    await ended();
    expect(calls().filter(([word]) => word === 'venv')).toHaveLength(1);
    expect(told.filter(({ kind }) => kind === 'ended')).toHaveLength(1);
  });

  it('waits for another process that does the same, and says so', async () => {
    python3();
    const { home, desk, ended, steps } = story();
    const folder = environmentFolder(home, 'verify');
    mkdirSync(folder, { recursive: true });
    const lock = acquireLock(diskFiles, folder, 'verify');
    desk.install('verify', false);
    await vi.waitFor(() =>
      expect(steps().join()).toContain(`waiting for process ${process.pid}, which installs the same`),
    );
    lock.release();
    expect((await ended()).outcome).toBe('installed');
  });

  it('is cancelled, keeps what it has, and is taken up again', async () => {
    python3({ pip: [{ when: 'keras==', forever: true }] });
    const { home, desk, ended, steps, verify, told } = story();
    desk.install('verify', false);
    await vi.waitFor(() => expect(steps().length).toBeGreaterThan(1), { timeout: 30_000 });
    desk.cancel('verify');
    expect(await ended()).toMatchObject({ outcome: 'cancelled' });
    expect(await verify()).toMatchObject({ state: 'unfinished', installation: null });
    expect((await verify())?.reason).toContain('What was downloaded is kept');
    python3();
    told.splice(0);
    desk.install('verify', false);
    expect((await ended()).outcome).toBe('installed');
    expect(existsSync(join(environmentFolder(home, 'verify'), 'installed.json'))).toBe(true);
  });

  it.each([
    ['a full disk', { free: 1e9 }, /too little room.*1\.0 GB are free.*NETLOOM_HOME/],
    ['a disk that fills', failing('OSError: [Errno 28] No space left on device'), /^The disk is full: .*Free space/],
    ['no network', failing('NewConnectionError: Network is unreachable'), /could not be downloaded.*Check the network/],
    ['no Python', null, /A Python to make an environment with was not found/],
  ])('says of %s what happened and the way out', async (_, fake, said) => {
    if (fake) python3(fake);
    const { desk, ended, verify } = story();
    desk.install('verify', false);
    const { outcome, code, message } = await ended();
    expect([outcome, code]).toEqual(['failed', expect.stringMatching(/disk-full|unreachable|python-unavailable/)]);
    expect(message).toMatch(said);
    expect(['missing', 'unfinished']).toContain((await verify())?.state);
  });

  it('ends with the program', async () => {
    python3({ pip: [{ when: 'keras==', forever: true }] });
    const { desk, ended, steps } = story();
    desk.install('verify', false);
    await vi.waitFor(() => expect(steps().length).toBeGreaterThan(1), { timeout: 30_000 });
    desk.end();
    expect((await ended()).outcome).toBe('cancelled');
  });

  it('of what there is not is refused', () => {
    const { desk, told } = story();
    expect(() => desk.install('cuda', false)).toThrow('There is nothing to install for "cuda".');
    expect(told).toEqual([]);
  });
});

describe('a repair', () => {
  it('removes what does not work and makes it anew, with one request', async () => {
    const { calls } = python3();
    const { home, desk, ended, told, verify } = story();
    desk.install('verify', false);
    await ended();
    const stray = join(environmentFolder(home, 'verify'), 'python', 'damaged');
    writeFileSync(stray, '');
    told.splice(0);
    // Nothing that can be seen from outside is wrong with it.
    desk.install('verify', false);
    await ended();
    expect(existsSync(stray)).toBe(true);
    told.splice(0);
    desk.install('verify', true);
    expect((await ended()).outcome).toBe('installed');
    expect(existsSync(stray)).toBe(false);
    expect(calls().filter(([word]) => word === 'venv')).toHaveLength(2);
    expect((await verify())?.state).toBe('ready');
  });

  it('does not pull the ground from under a run', async () => {
    python3();
    const { home, desk, ended, told } = story();
    desk.install('verify', false);
    await ended();
    const { session } = await startStory(home, smallDesign({ epochs: 1 }));
    await session.result;
    const folder = join(home, 'runs', session.run);
    const record = join(folder, 'run.json');
    const known = readRunRecord(diskFiles, folder);
    writeRunRecord(diskFiles, folder, { ...known, engine: { ...known.engine, id: 'verify' } });
    const lock = acquireLock(diskFiles, folder, session.run);
    told.splice(0);
    desk.install('verify', true);
    const { outcome, message } = await ended();
    expect([outcome, message]).toEqual(['failed', expect.stringContaining(`The run ${session.run} is being trained`)]);
    expect(existsSync(join(environmentFolder(home, 'verify'), 'installed.json'))).toBe(true);
    lock.release();
    rmSync(record);
    told.splice(0);
    desk.install('verify', true);
    expect((await ended()).outcome).toBe('installed');
  });
});

function failing(errors: string): FakePython {
  return { pip: [{ when: 'keras==', code: 1, errors: `${errors}\n` }] };
}

function counting(by: number): () => number {
  let time = 0;
  return () => (time += by);
}
