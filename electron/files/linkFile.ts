/** Gives a whole file a second name instead of writing its bytes again. */
import type { FileSystem } from './fileSystem';
import { temporaryName } from './atomicWrite';

/**
 * Afterwards `name` is the file that `existing` is; what bore the name before is gone. False where the disk knows no
 * second names or anything fails: then `name` is as it was, and the caller writes it. The name lasts over a power loss
 * from the next sync of the folder on; until then its old file may come back.
 */
export function linkFile(files: FileSystem, existing: string, name: string): boolean {
  const temporary = temporaryName(name);
  try {
    files.link(existing, temporary);
    files.rename(temporary, name);
    return true;
  } catch {
    return false;
  } finally {
    // Renaming one name of a file onto another of the same file leaves both.
    removeQuietly(files, temporary);
  }
}

function removeQuietly(files: FileSystem, file: string): void {
  try {
    files.remove(file);
  } catch {
    // It is recognised as a leftover by its name, and cleaned up with the others.
  }
}
