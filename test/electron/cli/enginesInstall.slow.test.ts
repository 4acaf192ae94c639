/** `netloom engines install`: says first what it would do, does it when told to, and ends as scripts expect. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentFolder } from '../../../electron/services/python/environments';
import { commandLine, type CommandLineOptions, type Ran } from '../../drivers/commandLine';
import { fakePython, type Faked, type FakePython } from '../../drivers/fakePython';
import { programsFolder } from '../../drivers/programsFolder';
import { temporaryHome } from '../../drivers/temporaryHome';

let home = '';
let onPath = '';
beforeEach(() => {
  home = temporaryHome();
  onPath = programsFolder();
  vi.stubEnv('PATH', onPath);
  for (const name of ['NETLOOM_PYTHON', 'VIRTUAL_ENV', 'CONDA_PREFIX']) vi.stubEnv(name, '');
});
afterEach(() => void vi.unstubAllEnvs());

const python3 = (fake: FakePython = {}): Faked => fakePython(onPath, fake);
const install = (words: string[] = [], options: Partial<CommandLineOptions> = {}): Promise<Ran> =>
  commandLine(['engines', 'install', 'verify', ...words], { home, columns: 400, ...options });
const command = 'npx netloom engines install verify --yes';

describe('netloom engines install', () => {
  it('without --yes says what, where, with what and how large, does nothing, and ends with 3', async () => {
    const { calls } = python3({ free: 73e9 });
    const { code, output } = await install();
    expect(code).toBe(3);
    expect(output).toContain(`where: ${environmentFolder(home, 'verify')} (73.0 GB are free there)`);
    expect(output).toMatch(/size: about \d+\.\d GB to download, \d+\.\d GB on the disk, \d+\.\d GB needed/);
    expect(output).toMatch(/torch==\S+, keras==\S+, tensorflow/);
    expect(output).toContain(`Nothing was installed. To begin: ${command}`);
    expect(calls()).toEqual([]);
    expect(existsSync(join(home, 'engines'))).toBe(false);
  });

  it('with --yes says the same, then each step, then what is there now; another time there is nothing to do', async () => {
    python3();
    const { code, output } = await install(['--yes']);
    expect(code).toBe(0);
    expect(output.indexOf('GB to download')).toBeLessThan(output.indexOf('making an environment'));
    expect(output).not.toContain('Nothing was installed');
    expect(output).toMatch(/● verify was installed in [\d.]+ s: Python 3\.11\.7, \d+\.\d GB in /);
    for (const words of [[], ['--yes']]) {
      const again = await install(words);
      expect([again.code, again.output]).toEqual([0, expect.stringMatching(/^● verify is installed already: .*\n$/)]);
    }
  });

  it('in a window shows what is being done in one line that moves', async () => {
    const pip = [{ when: 'keras==', output: 'Downloading torch-2.14.1-cp311.whl (800.0 MB)\nProgress 400 of 800\n' }];
    python3({ pip });
    const { output } = await install(['--yes'], { interactive: true });
    expect(output).toMatch(/downloading torch 2\.14\.1 \(800\.0 MB\) .* 50 %/);
  });

  it('reminds of NETLOOM_PYTHON, which comes before what was installed', async () => {
    const { python } = python3();
    vi.stubEnv('NETLOOM_PYTHON', python);
    expect((await install(['--yes'])).output).toContain(`NETLOOM_PYTHON names ${python}, which comes before it`);
  });

  it('tells scripts one object a line, the last of which is done, or what went wrong', async () => {
    python3({ pip: [{ when: 'keras==', code: 1, errors: 'OSError: [Errno 28] No space left on device\n' }] });
    const [plan] = (await install(['--json'])).json();
    expect(plan).toMatchObject({ event: 'plan', environment: 'verify', command });
    expect(Object.keys(plan ?? {})).toEqual(
      ['event', 'environment', 'folder', 'requirements', 'sizes', 'free', 'base', 'command'], //
    );
    const failed = await install(['--yes', '--json']);
    expect(failed.code).toBe(3);
    expect(failed.json()).toContainEqual({ event: 'progress', step: 'making an environment' });
    expect(failed.json().pop()).toMatchObject({ event: 'error', code: 'disk-full' });
    expect(failed.errors).toContain('The disk is full');
    python3();
    const done = (await install(['--yes', '--json'])).json().pop();
    expect(done).toMatchObject({ event: 'done', outcome: 'made', folder: environmentFolder(home, 'verify') });
    expect(existsSync(String(done?.python))).toBe(true);
  });

  it('stops at Ctrl+C with 130', async () => {
    python3({ pip: [{ when: 'keras==', forever: true }] });
    const { code, errors } = await install(['--yes'], { onStart: (interrupt) => void setTimeout(interrupt, 1500) });
    expect([code, errors]).toEqual([130, expect.stringContaining('The installation was cancelled.')]);
  });

  it('without a Python says so in one sentence, 3', async () => {
    const { code, errors, json } = await install(['--yes', '--json']);
    expect([code, errors]).toEqual([3, expect.stringContaining('A Python to make an environment with was not found.')]);
    expect(json().pop()).toMatchObject({ event: 'error', code: 'python-unavailable' });
  });

  it('refuses what there is not, 2', async () => {
    const { code, errors } = await commandLine(['engines', 'install', 'cuda'], { home });
    expect([code, errors]).toEqual([2, expect.stringContaining('Allowed choices are verify')]);
  });
});

describe('netloom engines', () => {
  const engines = (...words: string[]): Promise<Ran> => commandLine(['engines', ...words], { home, columns: 200 });
  const verify = async (): Promise<unknown> => {
    const environments = (await engines('--json')).json()[0]?.environments as { id: string }[];
    return environments.find(({ id }) => id === 'verify');
  };

  it('tells of the environment too: missing, left in the middle, ready', async () => {
    expect((await engines()).output).toMatch(
      /○ not available {2}verify\n.*\n {4}It is not installed\.\n {4}Install it: npx/,
    );
    expect(await verify()).toMatchObject({ state: 'missing', python: null, command });
    python3({ trial: { code: 1, errors: 'ImportError: libgomp.so.1\n' } });
    await install(['--yes']);
    expect((await engines()).output).toContain('It was not installed to the end: Everything was installed, but');
    python3();
    await install(['--yes']);
    expect((await engines()).output).toMatch(
      /● ready {2}verify\n {4}Python environment that checks .* Python 3\.11\.7/,
    );
    expect(await verify()).toMatchObject({ state: 'ready', reason: null, installed: { torch: '2.14.1' } });
  });
});
