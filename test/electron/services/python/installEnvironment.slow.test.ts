/** Making an environment: whole or not at all, with a named error and the way out for whatever keeps it from being made. */
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import type { FileProblem } from '../../../../electron/files/fileProblem';
import { environmentFolder, environments } from '../../../../electron/services/python/environments';
import { environmentState, stateOnDisk } from '../../../../electron/services/python/environmentState';
import { installEnvironment, wholeEnvironment } from '../../../../electron/services/python/installEnvironment';
import type { Installation, Installed } from '../../../../electron/services/python/installEnvironment';
import { fakePython, writeProgram, type Faked, type FakePython, type PipStory } from '../../../drivers/fakePython';
import { programsFolder } from '../../../drivers/programsFolder';
import { temporaryHome } from '../../../drivers/temporaryHome';

let home = '';
let onPath = '';
beforeEach(() => {
  home = join(temporaryHome(), 'a home of ä 世界');
  onPath = programsFolder();
  mkdirSync(home);
});

/** Linux has two builds of PyTorch to choose from. */
const machine = { platform: 'linux', arch: 'x64' };
const folder = (): string => environmentFolder(home, 'verify');
const list = environments.verify.requirements(machine);
const state = (): string => environmentState(home, 'verify', machine).kind;
const python3 = (fake: FakePython = {}): Faked => fakePython(onPath, fake);
const install = (more: Partial<Installation> = {}): Promise<Installed> =>
  installEnvironment('verify', { home, environment: { PATH: onPath }, machine, ...more });

/** What it failed with; fails itself where it did not. */
async function failure(more: Partial<Installation> = {}): Promise<{ code: string; message: string }> {
  try {
    await install(more);
  } catch (error) {
    expect(error).toHaveProperty('code');
    return error as FileProblem;
  }
  throw new Error('it was installed');
}

describe('an installation', () => {
  it('makes an environment, brings pip up to date, installs the list, tries it, and stamps it last', async () => {
    const { calls } = python3();
    const steps: string[] = [];
    const made = await install({ onProgress: ({ step }) => steps.push(step) });
    expect(made).toMatchObject({
      outcome: 'made',
      folder: folder(),
      python: join(folder(), 'python', 'bin', 'python'),
    });
    const [venv, ensurepip, pip, ...rest] = calls();
    expect(venv).toEqual(['venv', '--without-pip', join(folder(), 'python')]);
    expect(ensurepip?.[0]).toBe('ensurepip');
    expect(pip?.join(' ')).toMatch(/^pip install .*pip==\d/);
    const lists = rest[rest.length - 1] ?? [];
    expect(lists.slice(-list.length)).toEqual(list);
    for (const call of [pip, ...rest]) expect(call?.join(' ')).toContain('--only-binary :all:');
    expect(steps[0]).toBe('making an environment');
    expect(steps[steps.length - 1]).toBe('trying what was installed');
    expect(readdirSync(folder()).sort(), 'no downloads, no marker, no lock').toEqual(['installed.json', 'python']);
    expect(made.stamp.installed).toMatchObject({ torch: '2.14.1', keras: '3.12.4' });
    expect(made.stamp.bytes).toBeGreaterThan(1000);
  });

  it('that is whole already is found, and nothing is done', async () => {
    const { calls } = python3();
    const made = await install();
    const before = calls().length;
    expect(await install()).toEqual({ ...made, outcome: 'found' });
    expect(calls()).toHaveLength(before);
    expect(await wholeEnvironment('verify', { home, machine })).toEqual({ ...made, outcome: 'found' });
  });

  it('is made anew where a package of the list is gone or another version', async () => {
    const { calls } = python3();
    const { python } = await install();
    const before = calls().length;
    const said = `${python}.json`;
    const facts = JSON.parse(readFileSync(said, 'utf8')) as { installed: Record<string, string> };
    writeFileSync(said, `${JSON.stringify({ ...facts, installed: { ...facts.installed, keras: '3.0.0' } })}\n`);
    expect(await wholeEnvironment('verify', { home, machine })).toBeNull();
    expect((await install()).outcome).toBe('made');
    expect(calls().length).toBe(2 * before);
  });

  it('keeps the installer inside: no settings of the user lead out, all is written on the disk of the home', async () => {
    const { environments: given } = python3({ pip: [{ when: 'pip==', code: 1, errors: 'ERROR: stop here' }] });
    await failure({ environment: { PATH: onPath, PIP_TARGET: '/elsewhere', PIP_USER: '1', TMPDIR: '/tmp' } });
    for (const one of given()) {
      expect(one).toMatchObject({ PIP_USER: '0', TMPDIR: join(folder(), 'unpacking') });
      expect(one).not.toHaveProperty('PIP_TARGET');
      expect(one).toMatchObject({ PIP_NO_CACHE_DIR: '1', UV_CACHE_DIR: join(folder(), 'downloads', 'uv') });
    }
    expect(given()).toHaveLength(3);
  });
});

describe('PyTorch', () => {
  const lean = (calls: string[][]): string[][] => calls.filter((call) => call.includes('--index-url'));

  it('comes from its own index on Linux, where the small build is', async () => {
    const { calls } = python3();
    await install();
    expect(lean(calls()).map((call) => call.slice(-6))).toEqual([
      ['--no-deps', '--retries', '1', '--timeout', '20', 'torch==2.14.1'],
    ]);
  });

  it('comes with the list where that index cannot be reached', async () => {
    python3({ pip: [{ when: 'download.pytorch.org', code: 1, errors: noNetwork('torch==2.14.1') }] });
    const steps: string[] = [];
    expect((await install({ onProgress: ({ step }) => steps.push(step) })).outcome).toBe('made');
    expect(steps).toContain("PyTorch's own package index cannot be reached, taking its large build from the usual one");
  });

  it('is not taken in its large build where there is no room for it', async () => {
    const pip = [{ when: 'download.pytorch.org', code: 1, errors: noNetwork('torch==2.14.1') }];
    python3({ pip, free: environments.verify.size(machine).usual.needed - 1 });
    expect((await failure()).code).toBe('disk-full');
  });
});

/** As pip says it, shortened. */
function noNetwork(requirement: string): string {
  return (
    "WARNING: Retrying (Retry(total=0, connect=None)) after connection broken by 'NewConnectionError('<pip._vendor." +
    'urllib3.connection.HTTPSConnection object>: Failed to establish a new connection: [Errno 101] Network is ' +
    `unreachable')': /simple/\nERROR: Could not find a version that satisfies the requirement ${requirement} (from ` +
    `versions: none)\nERROR: No matching distribution found for ${requirement}\n`
  );
}

describe('an installation that fails', () => {
  const faults: [string, PipStory, string, RegExp][] = [
    [
      'on a full disk',
      {
        when: 'keras==',
        code: 1,
        errors: 'ERROR: Could not install packages due to an OSError: [Errno 28] No space left on device\n',
      },
      'disk-full',
      /^The disk is full: .* could not be put into .* Free space on that disk, or move Netloom's home .* NETLOOM_HOME/,
    ],
    [
      'without a network',
      { when: 'pip==', code: 1, errors: noNetwork('pip==26.3') },
      'unreachable',
      /^pip could not be downloaded \(No matching distribution found for pip==26\.3\)\. Check the network and pip's settings/,
    ],
    [
      'for want of a build',
      { when: 'keras==', code: 1, errors: 'ERROR: No matching distribution found for onnx==1.23.2\n' },
      'install-failed',
      /^The package index has no fitting build of .* \(No matching distribution found for onnx==1\.23\.2\)/,
    ],
    [
      'for want of rights',
      {
        when: 'keras==',
        code: 1,
        errors: "ERROR: Could not install packages due to an OSError: [Errno 13] Permission denied: 'x'\n",
      },
      'not-allowed',
      /could not be put into .*Permission denied.*Check the permissions of that folder/,
    ],
    [
      'for another reason',
      { when: 'keras==', code: 2, errors: 'Traceback:\nERROR: pip is out of sorts\n' },
      'install-failed',
      /^PyTorch.* could not be installed: the installer ended with exit code 2 \(pip is out of sorts\)\./,
    ],
  ];

  it.each(faults)(
    '%s says so, leaves a marker and no half environment, and is repaired the next time',
    async (_, story, code, said) => {
      python3({ pip: [story] });
      const { code: found, message } = await failure();
      expect([found, message]).toEqual([code, expect.stringMatching(said)]);
      expect(message).toContain('"npx netloom engines install verify --yes" again');
      expect(message).not.toMatch(/\n|undefined/);
      expect(state()).toBe('unfinished');
      expect(environmentState(home, 'verify', machine)).toMatchObject({ reason: message });
      expect(readdirSync(folder())).toContain('installing.json');
      expect(readdirSync(folder()), 'neither half an environment nor a lock').not.toEqual(
        expect.arrayContaining([expect.stringMatching(/^(python|lock|unpacking)$/)]),
      );
      python3();
      expect((await install()).outcome).toBe('made');
      expect(state()).toBe('ready');
    },
  );

  it('in making the environment says so', async () => {
    python3({ venv: { code: 1, errors: 'Error: [Errno 28] No space left on device\n' } });
    expect((await failure()).code).toBe('disk-full');
  });

  it('while others filled the disk is not taken for a fault of the network, as pip does', async () => {
    const errors = '× Download failed after 6 attempts because not enough bytes were received (1.6 MB/554.6 MB)\n';
    const said = `${errors}\nnote: This is an issue with network connectivity, not pip.\n`;
    python3({ pip: [{ when: 'keras==', code: 1, errors: said, fills: true }] });
    expect((await failure()).code).toBe('disk-full');
    python3({ pip: [{ when: 'keras==', code: 1, errors: said }] });
    expect((await failure()).code).toBe('unreachable');
  });

  it('when the libraries are tried says what they said', async () => {
    python3({ trial: { code: 1, errors: 'Traceback\nImportError: libgomp.so.1: cannot open shared object file\n' } });
    const { code, message } = await failure();
    expect(code).toBe('install-failed');
    expect(message).toContain('cannot be used on this machine: ImportError: libgomp.so.1');
    expect(state()).toBe('unfinished');
  });

  it('for want of room is refused before anything is downloaded or removed', async () => {
    const { calls } = python3({ free: 1e9 });
    const { code, message } = await failure();
    expect([code, message]).toEqual([
      'disk-full',
      expect.stringMatching(/needs \d+\.\d GB on that disk, 1\.0 GB are free/),
    ]);
    expect(calls()).toEqual([]);
    expect(state()).toBe('missing');
  });

  it('in a home that cannot be written names it', async () => {
    python3();
    writeFileSync(join(home, 'engines'), 'a file');
    const { code, message } = await failure();
    expect(code).toMatch(/^(not-found|disk-error)$/);
    expect(message).toContain(folder());
  });
});

describe('an installation that is cut off', () => {
  it('by the user ends at once with all that it started, and goes on the next time', async () => {
    python3({ pip: [{ when: 'keras==', forever: true }] });
    const abort = new AbortController();
    const running = failure({ signal: abort.signal });
    await untilCalled(/keras==/);
    expect(state(), 'for others while it runs').toBe('installing');
    abort.abort();
    const { code, message } = await running;
    expect([code, message]).toEqual(['cancelled', expect.stringContaining('goes on')]);
    expect(state()).toBe('unfinished');
    python3();
    expect((await install()).outcome).toBe('made');
  });

  it('keeps packages that had come whole, for the same list, until it is installed', async () => {
    const fetched = ['torch-2.14.1-cp311-cp311-linux.whl'];
    const { calls } = python3({ pip: [{ when: 'keras==', fetched, forever: true }] });
    const abort = new AbortController();
    const running = failure({ signal: abort.signal });
    await untilCalled(/keras==/);
    const unpacking = join(folder(), 'unpacking');
    while (!readdirSync(unpacking, { recursive: true }).some((name) => String(name).endsWith('.whl'))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    abort.abort();
    await running;
    expect(existsSync(unpacking)).toBe(false);
    const before = calls().length;
    python3();
    await install();
    const [, , , lean = [], whole = []] = calls().slice(before);
    expect(lean.join(' '), 'another list').not.toContain('--constraint');
    expect(whole.join(' ')).toMatch(/--constraint \S+ .*keras==/);
    expect(readdirSync(folder()).sort()).toEqual(['installed.json', 'python']);
  });

  it('gives up what it kept where pip refuses it', async () => {
    const fetched = ['torch-2.14.1-cp311-cp311-linux.whl'];
    python3({ pip: [{ when: 'keras==', fetched, code: 1, errors: 'ERROR: torn\n' }] });
    expect((await failure()).code).toBe('install-failed');
    expect(readdirSync(folder(), { recursive: true }).join()).not.toContain('.whl');
    python3({ pip: [{ when: 'keras==', fetched, code: 1, errors: noNetwork('onnx==1.23.2') }] });
    expect((await failure()).code).toBe('unreachable');
    expect(readdirSync(folder(), { recursive: true }).join()).toContain('.whl');
  });

  it('while the libraries are tried has no stamp yet', async () => {
    python3({ trial: { forever: true } });
    const abort = new AbortController();
    const steps: string[] = [];
    const running = failure({ signal: abort.signal, onProgress: ({ step }) => steps.push(step) });
    while (steps[steps.length - 1] !== 'trying what was installed')
      await new Promise((resolve) => setTimeout(resolve, 20));
    expect(stateOnDisk(home, 'verify', machine).kind, 'behind the lock').toBe('unfinished');
    expect(existsSync(join(folder(), 'installed.json'))).toBe(false);
    abort.abort();
    expect((await running).code).toBe('cancelled');
  });

  it('by the death of the process counts as not there, and is made anew', async () => {
    python3();
    const { python } = await install();
    // As a killed process leaves it: all is there but the end.
    writeFileSync(join(folder(), 'installing.json'), JSON.stringify({ began: 'now', failed: null }));
    writeFileSync(join(folder(), 'lock'), JSON.stringify({ pid: 2 ** 22 - 1, started: null }));
    writeFileSync(join(python, '..', 'left behind'), '');
    expect(state()).toBe('unfinished');
    expect((await install()).outcome).toBe('made');
    expect(existsSync(join(python, '..', 'left behind'))).toBe(false);
  });

  it('is waited for while another process is at it', async () => {
    python3({ pip: [{ when: 'keras==', forever: true }] });
    const abort = new AbortController();
    const first = failure({ signal: abort.signal });
    await untilCalled(/keras==/);
    const steps: string[] = [];
    const second = install({ onProgress: ({ step }) => steps.push(step) });
    while (steps.length === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    python3();
    abort.abort();
    expect((await first).code).toBe('cancelled');
    expect((await second).outcome).toBe('made');
    expect(steps[0]).toBe(`waiting for process ${process.pid}, which installs the same`);
  });

  async function untilCalled(words: RegExp): Promise<void> {
    const log = join(onPath, 'calls.jsonl');
    while (!existsSync(log) || !words.test(readFileSync(log, 'utf8'))) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }
});

describe('what an environment is made with', () => {
  const uv = (script = 'exit 0'): string =>
    writeProgram(join(onPath, 'uv'), `#!/bin/sh\n[ "$1" = --version ] && echo "uv 0.13.9" && exit 0\n${script}\n`);

  it('is NETLOOM_PYTHON where it is set, and that must do', async () => {
    const named = fakePython(join(home, 'named'), {});
    python3();
    await install({ environment: { PATH: onPath, NETLOOM_PYTHON: named.python } });
    expect(named.calls()[0]?.[0]).toBe('venv');
    const old = fakePython(join(home, 'old'), { version: '3.8.10' }).python;
    const { code, message } = await failure({
      home: temporaryHome(),
      environment: { PATH: onPath, NETLOOM_PYTHON: old },
    });
    expect(code).toBe('python-unavailable');
    expect(message).toBe(
      `NETLOOM_PYTHON names ${old}, which is Python 3.8.10; 3.10, 3.11, 3.12 or 3.13 is needed. ` +
        'Name a Python 3.10, 3.11, 3.12 or 3.13, or unset NETLOOM_PYTHON.',
    );
  });

  it('is another version of Python beside one that is too new', async () => {
    python3({ version: '3.15.0' });
    const other = fakePython(join(home, 'other'), { version: '3.12.1' });
    writeProgram(join(onPath, 'python3.12'), `#!/bin/sh\nexec '${other.python}' "$@"\n`);
    await install();
    expect(other.calls()[0]?.[0]).toBe('venv');
  });

  it('is uv where Python lacks venv', async () => {
    const log = join(home, 'uv.log');
    uv(`echo "$@" >> '${log}'\nexit 3`);
    const { python } = python3({ makesEnvironments: false });
    const { code } = await failure();
    expect(code).toBe('install-failed');
    expect(readFileSync(log, 'utf8')).toBe(`venv --quiet --python ${python} ${join(folder(), 'python')}\n`);
  });

  it('is uv with a Python of its own where there is none', async () => {
    const log = join(home, 'uv.log');
    uv(`echo "$@" >> '${log}'\nexit 3`);
    await failure();
    expect(readFileSync(log, 'utf8')).toContain('--python 3.12');
  });

  it('does not matter on a machine that the packages are not published for', async () => {
    python3();
    const { code, message } = await failure({ machine: { platform: 'darwin', arch: 'x64' } });
    expect(code).toBe('python-unavailable');
    expect(message).toContain(
      'for this machine (darwin-x64), only for linux-x64, linux-arm64, darwin-arm64 and win32-x64',
    );
  });

  it('is told in one sentence where there is nothing', async () => {
    const { code, message } = await failure();
    expect(code).toBe('python-unavailable');
    expect(message).toContain(
      'A Python to make an environment with was not found. Install Python 3.10, 3.11, 3.12 or 3.13',
    );
    expect(message).toContain('Looked at: python3 is not on the PATH; python3.13 is not on the PATH');
    expect(state()).toBe('missing');
  });
});
