/** The Python of the tests: one for all clones, made by the command that users have; where that fails, why is said. */
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { writeProgram } from '../drivers/fakePython';
import { temporaryHome } from '../drivers/temporaryHome';
import { loadTool } from './load';

interface Found {
  python?: string;
  problem?: string;
}
interface Options {
  environment: Record<string, string>;
  home?: string;
  command?: string[];
  say?: (line: string) => void;
  system?: string;
}
interface PythonEnvironment {
  environmentHome: (environment: Record<string, string>, platform: string, user?: number) => string;
  pythonForTests: (options: Options) => Promise<Found>;
}
const load = (): Promise<PythonEnvironment> => loadTool<PythonEnvironment>('pythonEnvironment.mjs');

/** A `netloom` that says this, and keeps how it was called. */
function netloom(script: string): { command: string[]; folder: string } {
  const folder = temporaryHome();
  const program = `#!/bin/sh\necho "$NETLOOM_HOME|$NETLOOM_PYTHON|$@" >> '${folder}/calls'\n${script}\n`;
  return { command: [writeProgram(join(folder, 'netloom'), program)], folder };
}

describe('the home of the environment', () => {
  it('lies outside of every checkout, where each system keeps what can be made again', async () => {
    const { environmentHome } = await load();
    expect(environmentHome({}, 'linux', 1000)).toBe(join(homedir(), '.cache', 'netloom'));
    expect(environmentHome({ XDG_CACHE_HOME: '/x' }, 'linux', 0)).toBe(join('/x', 'netloom'));
    expect(environmentHome({}, 'darwin', 501)).toBe(join(homedir(), 'Library', 'Caches', 'Netloom'));
    expect(environmentHome({ LOCALAPPDATA: '/l' }, 'win32')).toBe(join('/l', 'Netloom', 'Cache'));
  });

  it('is open to the user without rights of the end-to-end stories where root makes it', async () => {
    const { environmentHome } = await load();
    expect(environmentHome({}, 'linux', 0)).toBe('/var/cache/netloom');
  });
});

describe('the Python for tests', () => {
  it('is the one that NETLOOM_TEST_PYTHON names, if it is there', async () => {
    const { pythonForTests } = await load();
    const python = writeProgram(join(temporaryHome(), 'python'), '#!/bin/sh\n');
    expect(await pythonForTests({ environment: { NETLOOM_TEST_PYTHON: python } })).toEqual({ python });
    const { problem } = await pythonForTests({ environment: { NETLOOM_TEST_PYTHON: `${python}4` } });
    expect(problem).toBe(
      `NETLOOM_TEST_PYTHON names ${python}4, which is not there. Name a Python, or unset the variable.`,
    );
  });

  it('is what the command of the users made, whose steps are said', async () => {
    const { pythonForTests } = await load();
    const { command } = netloom(
      'echo "a warning of the build"; echo \'{"event":"plan","folder":"/cache/engines/verify","sizes":{"lean":null,' +
        '"usual":{"download":3400000000,"disk":7300000000}}}\'; echo \'{"event":"progress","step":"unpacking"}\'; ' +
        'echo \'{"event":"done","outcome":"made","python":"/there/python"}\'',
    );
    const said: string[] = [];
    const found = await pythonForTests({ environment: {}, home: '/cache', command, say: (line) => said.push(line) });
    expect(found).toEqual({ python: '/there/python', outcome: 'made' });
    expect(said).toEqual([
      'Python environment for checking exported code: 3.4 GB to download, 7.3 GB in /cache/engines/verify, ' +
        'once for all checkouts',
      'Python environment for checking exported code: unpacking ...',
    ]);
  });

  it('is missed in the sentence of that command, or in its last words', async () => {
    const { pythonForTests } = await load();
    const failing = netloom('echo \'{"event":"error","code":"unreachable","message":"No network."}\'; exit 3');
    const found = await pythonForTests({ environment: {}, home: '/cache', command: failing.command });
    expect(found.problem).toBe('No network.');
    const dying = netloom('echo "Netloom could not be built" >&2; exit 1');
    const died = await pythonForTests({ environment: {}, home: '/cache', command: dying.command });
    expect(died.problem).toContain('ended without an answer: Netloom could not be built');
    const nothing = await pythonForTests({ environment: {}, home: '/cache', command: ['/nowhere/netloom'] });
    expect(nothing.problem).toContain('netloom could not be started');
  });

  it("of root is made with the system's Python, which everybody can start, unless that cannot make one", async () => {
    const { pythonForTests } = await load();
    const { command, folder } = netloom(
      `[ -n "$NETLOOM_PYTHON" ] && echo '{"event":"error","code":"python-unavailable","message":"too old"}' && exit 3\n` +
        `echo '{"event":"done","outcome":"found","python":"/own/python"}'`,
    );
    mkdirSync(join(folder, 'usr'));
    const system = join(folder, 'usr', 'python3');
    writeFileSync(system, '');
    const options = { environment: { PATH: '/usr/bin:/bin' }, home: '/var/cache/netloom', command, system };
    expect((await pythonForTests(options)).python).toBe('/own/python');
    expect(readFileSync(join(folder, 'calls'), 'utf8').split('\n')).toEqual([
      `/var/cache/netloom|${system}|engines install verify --yes --json`,
      '/var/cache/netloom||engines install verify --yes --json',
      '',
    ]);
  });
});
