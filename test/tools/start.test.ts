/** What `npm start` understands, what keeps it from opening a window, and that it can say so before anything is installed. */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadTool } from './load';

interface StartWords {
  readWords: (words: string[]) => Record<string, unknown>;
  whyNoWindow: (machine: {
    platform: string;
    userId: number | null;
    environment: Record<string, string>;
  }) => string | null;
}
const root = join(__dirname, '..', '..');

describe('npm start', () => {
  it('takes designs, the runtime of the tests, and after --terminal what training takes', async () => {
    const { readWords } = await loadTool<StartWords>('startWords.mjs');
    const nothing = { terminal: false, testRuntime: false, files: [], training: [] };
    expect(readWords([])).toEqual(nothing);
    expect(readWords(['--test-runtime', 'a.netloom'])).toEqual({ ...nothing, testRuntime: true, files: ['a.netloom'] });
    const training = ['--epochs', '3'];
    expect(readWords(['--terminal', ...training])).toEqual({ ...nothing, terminal: true, training });
    expect(readWords(training).problem).toMatch(/does not know --epochs.*npm start -- --terminal/);
  });

  it('knows beforehand where no window can be', async () => {
    const { whyNoWindow } = await loadTool<StartWords>('startWords.mjs');
    const linux = { platform: 'linux', userId: 1000, environment: {} };
    expect(whyNoWindow(linux)).toMatch(/there is no display/);
    expect(whyNoWindow({ ...linux, environment: { DISPLAY: ':0' } })).toBeNull();
    expect(whyNoWindow({ ...linux, environment: { WAYLAND_DISPLAY: 'wayland-0' } })).toBeNull();
    expect(whyNoWindow({ ...linux, userId: 0, environment: { DISPLAY: ':0' } })).toMatch(
      /sandbox.*root.*ordinary user/,
    );
    expect(whyNoWindow({ platform: 'win32', userId: null, environment: {} })).toBeNull();
  });

  it('and the stories need no package to begin: a fresh checkout has none', () => {
    const fresh = mkdtempSync(join(tmpdir(), 'netloom-fresh-'));
    try {
      cpSync(join(root, 'tools'), join(fresh, 'tools'), { recursive: true });
      const start = spawnSync(process.execPath, ['tools/start.mjs', '--nonsense'], { cwd: fresh, encoding: 'utf8' });
      expect(start.stderr).toMatch(/npm start does not know --nonsense/);
      const stories = ['--input-type=module', '--eval', "await import('./tools/e2e.mjs'); console.log('loaded')"];
      const { stdout, stderr } = spawnSync(process.execPath, stories, { cwd: fresh, encoding: 'utf8' });
      expect(stderr).toBe('');
      expect(stdout).toContain('loaded');
    } finally {
      rmSync(fresh, { recursive: true, force: true });
    }
  });
});
