/** Puts a folder that was written aside in its place, with what the user keeps beside our files. */
import { basename, dirname, join } from 'node:path';
import { isBeingWritten, isLeftover } from '../../files/atomicWrite';
import type { AtomicFolder } from '../../files/atomicFolder';
import { withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { manifestFile } from './manifest';
import { folderState, type FolderState } from './ownership';

/**
 * Files of others are moved into the new folder before it takes the name, and back again where that fails: at every
 * moment each of them lies in one of the two. What the export has too is written over.
 */
export function placeFolder(files: FileSystem, aside: AtomicFolder, folder: string, { others }: FolderState): void {
  const moved: string[] = [];
  try {
    withFileProblems(folder, 'write', () => {
      for (const path of others) moved.push(...moveWhereFree(files, path, folder, aside.path));
    });
    aside.commit(() => false);
  } catch (error) {
    if (files.facts(aside.path) !== undefined) for (const path of moved) moveWhereFree(files, path, aside.path, folder);
    throw error;
  }
}

/** After a crash in between: what an earlier export had moved aside comes back; the rest of it is removed. */
export function takeBack(files: FileSystem, folder: string): void {
  const parent = dirname(folder);
  if (withFileProblems(parent, 'read', () => files.facts(parent))?.isFolder !== true) return;
  withFileProblems(folder, 'write', () => {
    const mark = `.${basename(folder)}.`;
    const left = files.listFolder(parent).filter((name) => name.startsWith(mark) && isLeftover(name));
    for (const name of left.filter((each) => !isBeingWritten(parent, each))) {
      const aside = join(parent, name);
      if (!files.facts(aside)?.isFolder) continue;
      // Its list is written last: without it, nothing had been moved there.
      const whole = files.facts(join(aside, manifestFile)) !== undefined;
      const others = whole ? folderState(files, aside).others : [];
      for (const path of others) moveWhereFree(files, path, aside, folder);
      files.removeFolder(aside);
    }
  });
}

/** Moves a file or folder, or, where the folder is in both, what it holds. Gives the paths that were moved. */
function moveWhereFree(files: FileSystem, path: string, from: string, to: string): string[] {
  const there = files.facts(join(to, path));
  if (there === undefined) {
    files.makeFolder(dirname(join(to, path)));
    files.rename(join(from, path), join(to, path));
    return [path];
  }
  if (!there.isFolder || !files.facts(join(from, path))?.isFolder) return [];
  return files.listFolder(join(from, path)).flatMap((name) => moveWhereFree(files, `${path}/${name}`, from, to));
}
