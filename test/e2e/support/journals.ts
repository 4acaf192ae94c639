/** The journals of unsaved drawings in a home folder: whole ones only, none that is still being written aside. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { until } from './waiting';

export function journalFolder(home: string): string {
  return join(home, 'journal');
}

/** Names of the files. */
export function journalsIn(home: string): string[] {
  const folder = journalFolder(home);
  const names = existsSync(folder) ? readdirSync(folder) : [];
  return names.filter((name) => name.endsWith('.json') && !name.startsWith('.'));
}

/** The drawing is on disk a moment after it was changed; before that a crash may cost that moment. */
export async function journalHolds(home: string, text: string): Promise<void> {
  await until(`a journal with ${text}`, () =>
    journalsIn(home).some((name) => readFileSync(join(journalFolder(home), name), 'utf8').includes(text)),
  );
}
