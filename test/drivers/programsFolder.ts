/** An empty folder for one test, to be the whole PATH. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryHome } from './temporaryHome';

export function programsFolder(): string {
  const folder = join(temporaryHome(), 'programs');
  mkdirSync(folder);
  return folder;
}
