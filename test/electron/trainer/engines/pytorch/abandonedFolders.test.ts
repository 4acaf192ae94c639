/** What killed trainers left is removed after a week, and nothing else. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import {
  folderBeginning,
  removeAbandonedFolders,
} from '../../../../../electron/trainer/engines/pytorch/abandonedFolders';
import { temporaryHome } from '../../../../drivers/temporaryHome';

it('removes folders of processes that are gone, once they are old', () => {
  const home = temporaryHome();
  onTestFinished(() => void vi.unstubAllEnvs());
  for (const name of ['TMPDIR', 'TMP', 'TEMP']) vi.stubEnv(name, home);
  const { pid: gone } = spawnSync(process.execPath, ['-e', '']);
  const own = basename(mkdtempSync(folderBeginning()));
  const names = [own, `netloom-pytorch-${gone}-fresh`, `netloom-pytorch-${gone}-old`, 'netloom-pytorch-x', 'other'];
  for (const name of names) {
    mkdirSync(join(home, name), { recursive: true });
    writeFileSync(join(home, name, 'start.safetensors'), 'weights');
    const days = name.endsWith('fresh') ? 6 : 8;
    const then = Date.now() / 1000 - days * 24 * 3600;
    utimesSync(join(home, name), then, then);
  }
  removeAbandonedFolders();
  expect(readdirSync(home).sort()).toEqual(names.filter((name) => !name.endsWith('-old')).sort());
  vi.stubEnv('TMPDIR', join(home, 'nowhere'));
  expect(removeAbandonedFolders).not.toThrow();
});
