/** The drawing as it was a moment ago, in the home folder: what comes back after a crash. One file a document. */
import { join } from 'node:path';
import { z } from 'zod';
import type { Json } from '../../../shared/messages/define';
import { atomicWrite, isLeftover, removeLeftovers } from '../../files/atomicWrite';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readWhole } from '../../files/readWhole';
import { isAlive, processStart } from '../runs/processStart';
import { setAside } from './homeFile';

const json: z.ZodType<Json> = z.json();

const entrySchema = z.strictObject({
  version: z.literal(1),
  key: z.string().regex(/^[0-9a-f-]{1,64}$/),
  /** ISO 8601. */
  written: z.string(),
  file: z.string().nullable(),
  /** Of the file as it was read or written last, so that a change of it is noticed after the crash too. */
  fingerprint: z.string().nullable(),
  owner: z.strictObject({ pid: z.int().min(1), started: z.string().nullable() }),
  design: json,
});
export type JournalEntry = Omit<z.output<typeof entrySchema>, 'version' | 'owner' | 'written'>;
export type FoundJournal = z.output<typeof entrySchema>;

const largest = 512 * 2 ** 20;

/** Throws `FileProblem`; the journal of before then still stands. */
export function writeJournal(files: FileSystem, home: string, entry: JournalEntry): void {
  const file = journalFile(home, entry.key);
  const owner = { pid: process.pid, started: processStart(process.pid) };
  const whole: FoundJournal = { version: 1, written: new Date().toISOString(), owner, ...entry };
  withFileProblems(file, 'write', () => files.makeFolder(journalFolder(home)));
  atomicWrite(files, file, [Buffer.from(JSON.stringify(whole))]);
}

/** No error where there is none. Throws `FileProblem`. */
export function removeJournal(files: FileSystem, home: string, key: string): void {
  const file = journalFile(home, key);
  withFileProblems(file, 'remove', () => files.remove(file));
}

/** What processes that are gone left behind, oldest first. A damaged one is set aside and said, never deleted. */
export function orphanedJournals(files: FileSystem, home: string): { found: FoundJournal[]; problems: string[] } {
  const folder = journalFolder(home);
  if (!files.facts(folder)?.isFolder) return { found: [], problems: [] };
  const found: FoundJournal[] = [];
  const problems: string[] = [];
  const names = withFileProblems(folder, 'read', () => files.listFolder(folder));
  for (const name of names.filter((one) => one.endsWith('.json') && !isLeftover(one)).sort()) {
    const file = join(folder, name);
    const entry = readEntry(files, file);
    if (!entry || `${entry.key}.json` !== name)
      problems.push(setAside(files, file, 'The journal of an unsaved drawing'));
    else if (!isOwned(entry)) found.push(entry);
  }
  removeLeftovers(files, folder);
  return { found: found.sort((a, b) => (a.written < b.written ? -1 : 1)), problems };
}

function readEntry(files: FileSystem, file: string): FoundJournal | null {
  try {
    const text = readWhole(files, file, { most: largest, expected: 'a journal' }).toString('utf8');
    return entrySchema.parse(JSON.parse(text));
  } catch {
    return null;
  }
}

/** By another process that lives, or by this one. */
function isOwned({ owner }: FoundJournal): boolean {
  if (!isAlive(owner.pid)) return false;
  const now = processStart(owner.pid);
  return now === null || owner.started === null || now === owner.started;
}

function journalFolder(home: string): string {
  return join(home, 'journal');
}

function journalFile(home: string, key: string): string {
  return join(journalFolder(home), `${key}.json`);
}
