/** Makes a folder of several files so that whoever looks finds all of it under its name, or nothing. */
import { dirname } from 'node:path';
import { temporaryName, unfinished } from './atomicWrite';
import { fileProblemFrom, systemCode, withFileProblems } from './fileProblem';
import type { FileSystem } from './fileSystem';

/** A folder that is being filled aside. Its files must be synced and closed before `commit`. */
export interface AtomicFolder {
  /** Where to write until then. */
  readonly path: string;
  /**
   * Gives the folder its name. Where there is one of that name that `isWhole` accepts, that one stays and this one is
   * dropped: another process was faster. One that `isWhole` refuses is replaced. Throws a `FileProblem`.
   */
  commit(isWhole: (folder: string) => boolean): 'made' | 'found';
  /** Gives up and removes what was written. Harmless after `commit`. */
  abandon(): void;
}

/** Every path out must end in `commit` or `abandon`. */
export function beginAtomicFolder(files: FileSystem, folder: string): AtomicFolder {
  const path = temporaryName(folder);
  withFileProblems(folder, 'write', () => files.makeFolder(path));
  unfinished.add(path);
  let ended = false;
  const drop = (): void => {
    try {
      files.removeFolder(path);
    } catch {
      // Whatever made the write fail may keep the clean-up from working too; removeLeftovers comes later.
    }
  };
  return {
    path,
    commit(isWhole) {
      const outcome = withFileProblems(folder, 'write', () => takeName(files, path, folder, isWhole));
      if (outcome === 'found') drop();
      ended = true;
      return outcome;
    },
    abandon() {
      unfinished.delete(path);
      if (!ended) drop();
    },
  };
}

function takeName(
  files: FileSystem,
  path: string,
  folder: string,
  isWhole: (folder: string) => boolean,
): 'made' | 'found' {
  files.syncFolder(path);
  for (let attempt = 1; ; attempt += 1) {
    try {
      files.rename(path, folder);
      files.syncFolder(dirname(folder));
      return 'made';
    } catch (error) {
      // A folder that is not empty is never replaced by a rename; Windows says EPERM.
      if (!['ENOTEMPTY', 'EEXIST', 'EPERM', 'EACCES'].includes(systemCode(error) ?? '')) throw error;
      if (files.facts(folder) === undefined || attempt === 5) throw fileProblemFrom(error, folder, 'write');
      if (isWhole(folder)) return 'found';
      moveAway(files, folder);
    }
  }
}

/** Renames before it removes, so that nobody ever opens half of what is being deleted. */
function moveAway(files: FileSystem, folder: string): void {
  const aside = temporaryName(folder);
  try {
    files.rename(folder, aside);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return;
    throw error;
  }
  files.removeFolder(aside);
}
