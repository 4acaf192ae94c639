/** Puts a folder that was written aside in its place, with what the user keeps beside our files. */
import { basename, dirname, join } from 'node:path';
import { isBeingWritten, isLeftover, temporaryName } from '../../files/atomicWrite';
import type { AtomicFolder } from '../../files/atomicFolder';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { manifestFile } from './manifest';
import { folderState, type FolderState } from './ownership';

/** In the name that a folder has while another takes its place. */
const beforeMark = '~netloom~before';

/**
 * The old folder steps aside, the new one takes its name, then what is not ours moves over. Whatever fails in between, a
 * file of the user is in one of the two, and `takeBack` brings it home. What the export has too is written over.
 */
export function placeFolder(files: FileSystem, aside: AtomicFolder, folder: string, { others }: FolderState): void {
  const there = withFileProblems(folder, 'read', () => files.facts(folder)) !== undefined;
  const before = temporaryName(folder + beforeMark);
  if (there) withFileProblems(folder, 'write', () => files.rename(folder, before));
  try {
    aside.commit(() => false);
  } catch (error) {
    if (there) withFileProblems(folder, 'write', () => files.rename(before, folder));
    throw error;
  }
  if (there) withFileProblems(folder, 'write', () => empty(files, before, folder, others));
}

/** After a crash or a failure in between: what an export had put aside comes back, and what it left is removed. */
export function takeBack(files: FileSystem, folder: string): void {
  const parent = dirname(folder);
  if (withFileProblems(parent, 'read', () => files.facts(parent))?.isFolder !== true) return;
  withFileProblems(folder, 'write', () => {
    const left = files.listFolder(parent).filter((name) => isLeftover(name) && !isBeingWritten(parent, name));
    for (const name of left.filter((each) => each.startsWith(`.${basename(folder)}${beforeMark}.`))) {
      const before = join(parent, name);
      if (files.facts(folder) === undefined) files.rename(before, folder);
      else empty(files, before, folder, othersOf(files, before));
    }
    for (const name of left.filter((each) => each.startsWith(`.${basename(folder)}.`)))
      if (files.facts(join(parent, name))?.isFolder) files.removeFolder(join(parent, name));
  });
}

function othersOf(files: FileSystem, before: string): readonly string[] {
  const listed = files.facts(join(before, manifestFile)) !== undefined;
  return listed ? folderState(files, before).others : files.listFolder(before);
}

function empty(files: FileSystem, before: string, folder: string, others: readonly string[]): void {
  for (const path of others) moveWhereFree(files, path, before, folder);
  files.removeFolder(before);
}

/** Moves a file or folder, or, where the folder is in both, what it holds. */
function moveWhereFree(files: FileSystem, path: string, from: string, to: string): void {
  const there = files.facts(join(to, path));
  if (there === undefined) {
    files.makeFolder(dirname(join(to, path)));
    files.rename(join(from, path), join(to, path));
  } else if (there.isFolder && files.facts(join(from, path))?.isFolder) {
    for (const name of files.listFolder(join(from, path))) moveWhereFree(files, `${path}/${name}`, from, to);
  }
}
