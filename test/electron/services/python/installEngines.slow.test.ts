/** Whatever keeps an engine from being installed is said in full, with the way out; and the next installation is whole. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { environmentFolder, environments, venvFolder } from '../../../../electron/services/python/environments';
import { environmentState, installCommand } from '../../../../electron/services/python/environmentState';
import { installEnvironment, type Installation } from '../../../../electron/services/python/installEnvironment';
import { fakePython, writeProgram, type FakePython } from '../../../drivers/fakePython';
import { programsFolder } from '../../../drivers/programsFolder';
import { temporaryHome } from '../../../drivers/temporaryHome';

const machine = { platform: 'linux', arch: 'x64', nvidiaDriver: null };
let home = '';
let onPath = '';
beforeEach(() => {
  home = temporaryHome();
  onPath = programsFolder();
});

describe.each([
  ['tensorflow', 'TensorFlow', 'tensorflow-cpu=='],
  ['pytorch', 'PyTorch', 'numpy=='],
] as const)('the engine %s', (name, what, list) => {
  const folder = (): string => environmentFolder(home, name);
  const again = `then run "${installCommand(name)}" again.`;
  const python3 = (fake: FakePython = {}): void => void fakePython(onPath, fake);
  const install = (more: Partial<Installation> = {}): ReturnType<typeof installEnvironment> =>
    installEnvironment(name, { home, environment: { PATH: onPath }, machine, ...more });
  const failure = (more: Partial<Installation> = {}): Promise<string> =>
    install(more).then(
      () => 'it was installed',
      (error: Error) => error.message,
    );

  /** What is told stands on the disk too, for whoever asks later; nothing of it is taken for an engine. */
  async function expectMended(message: string): Promise<void> {
    expect(environmentState(home, name, machine)).toMatchObject({ kind: 'unfinished', reason: message });
    expect(existsSync(venvFolder(folder()))).toBe(false);
    python3();
    expect((await install()).outcome).toBe('made');
    expect(environmentState(home, name, machine).kind).toBe('ready');
  }

  it('is not installed by a program that is no Python', async () => {
    const none = writeProgram(join(home, 'none'), '#!/bin/sh\necho "no such luck" >&2\nexit 4\n');
    const message = await failure({ environment: { PATH: onPath, NETLOOM_PYTHON: none } });
    expect(message).toBe(
      `NETLOOM_PYTHON names ${none}, which is no Python: it ended with exit code 4 and said "no such luck". ` +
        'Name a Python 3.10, 3.11, 3.12 or 3.13, or unset NETLOOM_PYTHON.',
    );
    expect(environmentState(home, name, machine).kind).toBe('missing');
  });

  it('on a disk that is too small is refused before anything is downloaded', async () => {
    python3({ free: 1e9 });
    const { usual, lean } = environments[name].size(machine);
    const needed = `${((lean ?? usual).needed / 1e9).toFixed(1)} GB`;
    expect(await failure()).toBe(
      `There is too little room for ${folder()}: the installation needs ${needed} on that disk, 1.0 GB are free. Free ` +
        `space there, or move Netloom's home to another disk with NETLOOM_HOME, ${again}`,
    );
  });

  it('on a disk that becomes full in the middle', async () => {
    const errors = 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n';
    python3({ pip: [{ when: list, code: 1, errors }] });
    const message = await failure();
    expect(message).toBe(
      `The disk is full: ${what} could not be put into ${folder()}. Free space on that disk, or move Netloom's home to ` +
        `another one with NETLOOM_HOME, ${again}`,
    );
    await expectMended(message);
  });

  it('without a network', async () => {
    const errors =
      "WARNING: Retrying after connection broken by 'NewConnectionError('[Errno 101] Network is unreachable')'\n" +
      'ERROR: No matching distribution found for pip==26.3\n';
    python3({ pip: [{ when: '', code: 1, errors }] });
    const message = await failure();
    expect(message).toBe(
      'pip could not be downloaded (No matching distribution found for pip==26.3). Check the network and ' +
        `pip's settings for proxy and package index, ${again}`,
    );
    await expectMended(message);
  });

  it('cancelled by the user', async () => {
    python3({ pip: [{ when: list, forever: true }] });
    const abort = new AbortController();
    const running = failure({ signal: abort.signal });
    const log = join(onPath, 'calls.jsonl');
    while (!existsSync(log) || !readFileSync(log, 'utf8').includes(list)) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    abort.abort();
    const message = await running;
    expect(message).toBe(
      `The installation was cancelled. What was downloaded is kept: "${installCommand(name)}" goes on.`,
    );
    await expectMended(message);
  });

  it('cut off by the death of the process', async () => {
    python3();
    await install();
    writeFileSync(join(folder(), 'installing.json'), JSON.stringify({ began: 'now', failed: null }));
    writeFileSync(join(folder(), 'lock'), JSON.stringify({ pid: 2 ** 22 - 1, started: null }));
    expect(environmentState(home, name, machine)).toMatchObject({ kind: 'unfinished', reason: null });
    expect((await install()).outcome).toBe('made');
  });

  it('that cannot be loaded once it is installed', async () => {
    python3({ trial: { code: 1, errors: 'Traceback\nImportError: libgomp.so.1: cannot open shared object file\n' } });
    const message = await failure();
    expect(message).toBe(
      'Everything was installed, but cannot be used on this machine: ImportError: libgomp.so.1: cannot open shared object ' +
        `file. Name another Python in NETLOOM_PYTHON, or run "${installCommand(name)}" again.`,
    );
    await expectMended(message);
  });
});
