/** What an export may touch in a folder that is there already: its own files as it left them, and nothing else unasked. */
import { join } from 'node:path';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { ServiceProblem } from '../serviceProblem';
import { fileHash, manifestFile, readManifest, verifiedFile } from './manifest';

/** Paths below the folder, with slashes. `others`: files, and folders in which nothing is ours; they stay. */
export interface FolderState {
  ours: readonly string[];
  /** Of ours, those that somebody changed since. */
  changed: readonly string[];
  others: readonly string[];
  /** Whether there is anything, and nothing of it is ours. */
  foreign: boolean;
}

export function folderState(files: FileSystem, folder: string): FolderState {
  const facts = withFileProblems(folder, 'read', () => files.facts(folder));
  if (facts === undefined) return { ours: [], changed: [], others: [], foreign: false };
  if (!facts.isFolder) throw new FileProblem('bad-value', folder, `${folder} is a file; name a folder for the export.`);
  const manifest = readManifest(files, folder);
  const listed = Object.entries(manifest?.files ?? {});
  const present = listed.filter(([path]) => isFile(files, join(folder, path)));
  const changed = present.filter(([path, hash]) => fileHash(files, join(folder, path)) !== hash).map(([path]) => path);
  const notes = manifest ? [manifestFile, verifiedFile].filter((path) => isFile(files, join(folder, path))) : [];
  const ours = [...present.map(([path]) => path), ...notes];
  const others = othersBelow(files, folder, '', new Set(ours));
  return { ours, changed, others, foreign: manifest === null && others.length > 0 };
}

/** Throws `ServiceProblem` folder-taken where the export of `writes` would take something from the user. */
export function refuseTakenFolder(folder: string, state: FolderState, writes: readonly string[]): void {
  const way = 'Name another folder, or add --force to write over';
  if (state.foreign) {
    const message =
      `${folder} is not empty and was not made by an export: it holds ${listed(state.others)}. ` +
      `${way} what the export also has (other files stay).`;
    throw new ServiceProblem('folder-taken', message, [], folder);
  }
  const met = state.others.filter((path) => writes.some((each) => each === path || each.startsWith(`${path}/`)));
  const lost = [...state.changed, ...met];
  if (lost.length === 0) return;
  const were = state.changed.length > 0 ? 'changed since the export' : 'not written by an export';
  const message = `In ${folder}, ${listed(lost)} ${lost.length === 1 ? 'was' : 'were'} ${were}. ${way} ${lost.length === 1 ? 'it' : 'them'}.`;
  throw new ServiceProblem('folder-taken', message, [], folder);
}

function isFile(files: FileSystem, path: string): boolean {
  return withFileProblems(path, 'read', () => files.facts(path))?.isFolder === false;
}

/** Only folders that hold something of ours are looked into. */
function othersBelow(files: FileSystem, folder: string, below: string, ours: ReadonlySet<string>): string[] {
  const names = withFileProblems(folder, 'read', () => files.listFolder(join(folder, below)));
  return names.sort().flatMap((name) => {
    const path = below === '' ? name : `${below}/${name}`;
    if (ours.has(path)) return [];
    const shared = [...ours].some((each) => each.startsWith(`${path}/`));
    return shared ? othersBelow(files, folder, path, ours) : [path];
  });
}

function listed(paths: readonly string[]): string {
  const shown = paths.slice(0, 5).join(', ');
  return paths.length > 5 ? `${shown} and ${paths.length - 5} more` : shown;
}
