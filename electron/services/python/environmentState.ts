/** What became of an environment of Netloom's: whole, missing, left in the middle, of an older list, being made. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { fill } from '../../../shared/messages/fill';
import { pythonPredicates } from '../../../shared/messages/pythonSentences';
import { atomicWrite } from '../../files/atomicWrite';
import { withFileProblems } from '../../files/fileProblem';
import { diskFiles } from '../../files/fileSystem';
import { lockOwner } from '../runs/runLock';
import {
  environmentFolder,
  environmentPython,
  environments,
  requirementsStamp,
  venvFolder,
  type EnvironmentName,
} from './environments';
import type { Machine } from './machine';

const stampSchema = z.object({
  /** `requirementsStamp` of what was installed. */
  list: z.string(),
  python: z.string(),
  /** Versions by distribution, as they were found in it. */
  installed: z.record(z.string(), z.string()),
  bytes: z.number(),
  seconds: z.number(),
  made: z.string(),
});
export type EnvironmentStamp = z.output<typeof stampSchema>;

/** Stands there from before the first change until the stamp is written. */
const markerSchema = z.object({ began: z.string(), failed: z.string().nullable() });

export type EnvironmentState =
  | { kind: 'ready'; folder: string; python: string; stamp: EnvironmentStamp }
  | { kind: 'missing' | 'installing' | 'outdated'; folder: string }
  /** `reason`: the sentence that the installation ended in; null where it was cut off. */
  | { kind: 'unfinished'; folder: string; reason: string | null };

export const stampFile = (folder: string): string => join(folder, 'installed.json');
export const markerFile = (folder: string): string => join(folder, 'installing.json');

/** Only looks at files: whether what is there still runs is what `askPython` finds. */
export function environmentState(home: string, name: EnvironmentName, machine: Machine = process): EnvironmentState {
  const folder = environmentFolder(home, name);
  if (lockOwner(diskFiles, folder) !== null) return { kind: 'installing', folder };
  return stateOnDisk(home, name, machine);
}

/** The same for the process that holds the lock. */
export function stateOnDisk(home: string, name: EnvironmentName, machine: Machine = process): EnvironmentState {
  const folder = environmentFolder(home, name);
  const there = (file: string): boolean => diskFiles.facts(file) !== undefined;
  if (there(markerFile(folder))) return { kind: 'unfinished', folder, reason: failureIn(folder) };
  const stamp = readJson(stampFile(folder), stampSchema);
  if (stamp === null) {
    const begun = there(stampFile(folder)) || there(venvFolder(folder));
    return begun ? { kind: 'unfinished', folder, reason: null } : { kind: 'missing', folder };
  }
  if (stamp.list !== requirementsStamp(name, machine)) return { kind: 'outdated', folder };
  return { kind: 'ready', folder, python: environmentPython(folder, machine), stamp };
}

/** The same as a predicate: "is not installed". */
export function stateSentence(state: EnvironmentState): string {
  switch (state.kind) {
    case 'ready':
      return fill(pythonPredicates.installed, { folder: state.folder });
    case 'missing':
    case 'installing':
    case 'outdated':
      return pythonPredicates[state.kind];
    case 'unfinished':
      return state.reason === null
        ? pythonPredicates.unfinished
        : fill(pythonPredicates.unfinishedBecause, { why: state.reason.replace(/\.$/, '') });
  }
}

/** What people type to get the environment, or to have what is left of one mended. */
export function installCommand(name: EnvironmentName): string {
  return `npx netloom engines install ${name} --yes`;
}

/** What people type to have it removed and made anew. */
export function repairCommand(name: EnvironmentName): string {
  return `npx netloom engines repair ${name} --yes`;
}

export function writeStamp(folder: string, stamp: EnvironmentStamp): void {
  atomicWrite(diskFiles, stampFile(folder), [Buffer.from(`${JSON.stringify(stamp, null, 1)}\n`)]);
}

export function writeMarker(folder: string, failed: string | null): void {
  const marker = { began: new Date().toISOString(), failed };
  atomicWrite(diskFiles, markerFile(folder), [Buffer.from(`${JSON.stringify(marker)}\n`)]);
}

export function removeNote(file: string): void {
  withFileProblems(file, 'remove', () => diskFiles.remove(file));
}

function failureIn(folder: string): string | null {
  return readJson(markerFile(folder), markerSchema)?.failed ?? null;
}

function readJson<Value>(file: string, schema: z.ZodType<Value>): Value | null {
  try {
    return schema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}

export interface EnvironmentListing {
  name: EnvironmentName;
  holds: string;
  purpose: string;
  state: EnvironmentState;
}

/** Every environment that there can be, as it stands. */
export function listEnvironments(home: string): EnvironmentListing[] {
  return (Object.keys(environments) as EnvironmentName[]).map((name) => ({
    name,
    holds: environments[name].holds,
    purpose: environments[name].purpose,
    state: environmentState(home, name),
  }));
}
