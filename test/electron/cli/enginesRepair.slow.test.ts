/** `netloom engines repair`: one command removes what does not work and makes it anew, and nothing before that is said. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { environmentFolder } from '../../../electron/services/python/environments';
import { commandLine, type Ran } from '../../drivers/commandLine';
import { fakeEnvironment } from '../../drivers/fakeEnvironment';
import { fakePython, writeProgram, type Faked, type FakePython } from '../../drivers/fakePython';
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
const repair = (...words: string[]): Promise<Ran> =>
  commandLine(['engines', 'repair', 'verify', ...words], { home, columns: 400 });
const state = async (): Promise<unknown> => {
  const [report] = (await commandLine(['engines', '--json'], { home })).json();
  return (report?.environments as { id: string; state: string }[]).find(({ id }) => id === 'verify')?.state;
};

describe('netloom engines repair', () => {
  it('says first what it would do, and with --yes removes and installs, whatever was there', async () => {
    const { calls } = python3();
    const folder = fakeEnvironment(home, 'verify');
    const stray = writeProgram(join(folder, 'python', 'bin', 'stray'), '');
    const asked = await repair();
    expect(asked.code).toBe(3);
    expect(asked.output).toContain('To begin: npx netloom engines repair verify --yes');
    expect([calls(), existsSync(stray)]).toEqual([[], true]);
    const { code, output } = await repair('--yes');
    expect([code, output]).toEqual([0, expect.stringMatching(/● verify was installed in .*: Python 3\.11\.7/)]);
    expect(existsSync(stray)).toBe(false);
    expect(await state()).toBe('ready');
  });

  it('of a disk that is too small ends with 3, the sentence, and what was there', async () => {
    python3({ free: 1e9 });
    fakeEnvironment(home, 'verify');
    const { code, errors } = await repair('--yes');
    expect([code, errors]).toEqual([3, expect.stringContaining('There is too little room')]);
    expect(existsSync(join(environmentFolder(home, 'verify'), 'installed.json'))).toBe(true);
    expect(await state()).toBe('ready');
  });

  it('that fails leaves a state that says why, and is taken up again', async () => {
    python3({ pip: [{ when: 'keras==', code: 1, errors: 'NewConnectionError: Network is unreachable\n' }] });
    fakeEnvironment(home, 'verify');
    const { code, json } = await repair('--yes', '--json');
    expect([code, json().pop()]).toMatchObject([3, { event: 'error', code: 'unreachable' }]);
    expect(await state()).toBe('unfinished');
    python3();
    expect((await repair('--yes')).code).toBe(0);
  });

  it('knows only what can be installed', async () => {
    expect((await commandLine(['engines', 'repair', 'cuda', '--yes'], { home })).code).toBe(2);
  });
});
