/** Two terminals that build at once take turns, and a dead one blocks nobody. */
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTool } from './load';

type WithLock = <Result>(folder: string, work: () => Promise<Result>) => Promise<Result>;

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-lock-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the lock around packing', () => {
  it('lets one in at a time, and the next after a failure too', async () => {
    const { withLock } = await loadTool<{ withLock: WithLock }>('lock.mjs');
    const lock = join(folder, 'lock');
    let inside = 0;
    let most = 0;
    const work = (fails: boolean) => async (): Promise<string> => {
      most = Math.max(most, ++inside);
      await pause(20);
      inside -= 1;
      if (fails) throw new Error('packing failed');
      return 'done';
    };
    const turns = [true, false, false].map((fails) =>
      withLock(lock, work(fails)).catch((error: Error) => error.message),
    );
    expect((await Promise.all(turns)).sort()).toEqual(['done', 'done', 'packing failed']);
    expect(most).toBe(1);
    expect(existsSync(lock)).toBe(false);
  });

  it('is taken over from a process that died with it', async () => {
    const { withLock } = await loadTool<{ withLock: WithLock }>('lock.mjs');
    const lock = join(folder, 'lock');
    const { pid } = spawnSync(process.execPath, ['--eval', '']);
    mkdirSync(lock);
    writeFileSync(join(lock, 'holder'), String(pid));
    expect(await withLock(lock, () => Promise.resolve('mine now'))).toBe('mine now');
  });
});
