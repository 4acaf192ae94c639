/** A second name for a whole file: the old file or the new one under every failure, and no leftovers. */
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { removeLeftovers } from '../../../electron/files/atomicWrite';
import { diskFiles } from '../../../electron/files/fileSystem';
import { linkFile } from '../../../electron/files/linkFile';
import { everyFailure } from './everyFailure';

function textsIn(folder: string): string[] {
  return ['best', 'last'].map((name) => readFileSync(join(folder, name), 'utf8'));
}

function prepare(folder: string): void {
  writeFileSync(join(folder, 'best'), 'new');
  writeFileSync(join(folder, 'last'), 'old');
}

it('makes both names one file, also the second time, and replacing one leaves the other', () => {
  const folder = mkdtempSync(join(tmpdir(), 'netloom-link-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  prepare(folder);
  const link = (): boolean => linkFile(diskFiles, join(folder, 'best'), join(folder, 'last'));
  expect([link(), link()]).toEqual([true, true]);
  expect(textsIn(folder)).toEqual(['new', 'new']);
  expect(readdirSync(folder).sort()).toEqual(['best', 'last']);
  writeFileSync(join(folder, 'aside'), 'newer');
  diskFiles.rename(join(folder, 'aside'), join(folder, 'best'));
  expect(textsIn(folder)).toEqual(['newer', 'new']);
  expect(linkFile(diskFiles, join(folder, 'missing'), join(folder, 'last'))).toBe(false);
  expect(textsIn(folder)).toEqual(['newer', 'new']);
});

it('leaves the old or the new file at every failure', async () => {
  let answer = false;
  await everyFailure({
    prepare,
    write: (files, folder) => {
      answer = linkFile(files, join(folder, 'best'), join(folder, 'last'));
    },
    check: (folder, { finished }) => {
      const [best, last] = textsIn(folder);
      expect(best).toBe('new');
      expect(['old', 'new']).toContain(last);
      if (finished) expect(last).toBe(answer ? 'new' : 'old');
      removeLeftovers(diskFiles, folder);
      expect(readdirSync(folder).sort()).toEqual(['best', 'last']);
    },
  });
});
