/** The folder where runtimes are kept, filled aside and renamed, so that what lies in it is whole. */
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const cacheFolder = join(fileURLToPath(new URL('../..', import.meta.url)), '.cache', 'runtime');

export function makeAside(cache) {
  mkdirSync(cache, { recursive: true });
  return mkdtempSync(join(cache, 'aside-'));
}

/** Puts a finished folder in its place; where another process was quicker, its result stays. */
export function settle(aside, folder) {
  try {
    renameSync(aside, folder);
  } catch (error) {
    if (!existsSync(folder)) throw error;
    rmSync(aside, { recursive: true, force: true });
  }
}
