/** Replaces a file so that whoever looks, after any crash, finds the old one or the new one whole, never neither. */
import { basename, dirname, join } from 'node:path';
import { threadId } from 'node:worker_threads';
import { fileProblemFrom, withFileProblems } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import { writeAll } from './writeAll';

const suffix = '.netloom-tmp';
/** Temporary names, of files and of folders, that this thread is still at. */
export const unfinished = new Set<string>();
let written = 0;

/** A file that is being written aside. Nothing is visible under its name until `commit`. */
export interface AtomicFile {
  write(bytes: Uint8Array): void;
  /** Waits for the disk, then gives the file its name. Throws a `FileProblem` and leaves the old file if that fails. */
  commit(): void;
  /** Gives up and removes what was written; the old file stays. Harmless after `commit`. */
  abandon(): void;
}

/** Bytes up to which parts are laid together: a call for each would take longer. */
const together = 1 << 20;

/** Writes a whole file at once; `parts` stand one after the other in it, and large ones need no copy. */
export function atomicWrite(files: FileSystem, file: string, parts: Iterable<Uint8Array>): void {
  const target = beginAtomicFile(files, file);
  try {
    for (const part of joined(parts)) target.write(part);
    target.commit();
  } finally {
    target.abandon();
  }
}

function* joined(parts: Iterable<Uint8Array>): Iterable<Uint8Array> {
  let small: Uint8Array[] = [];
  let length = 0;
  for (const part of parts) {
    if (length > 0 && length + part.length > together) {
      yield whole(small);
      [small, length] = [[], 0];
    }
    small.push(part);
    length += part.length;
  }
  yield whole(small);
}

function whole(parts: readonly Uint8Array[]): Uint8Array {
  return parts.length === 1 ? (parts[0] as Uint8Array) : Buffer.concat(parts);
}

/** Starts a file that is written in pieces. Every path out must end in `commit` or `abandon`. */
export function beginAtomicFile(files: FileSystem, file: string): AtomicFile {
  const temporary = temporaryName(file);
  let handle: OpenFile | undefined = withFileProblems(file, 'write', () => files.open(temporary, 'replace'));
  unfinished.add(temporary);
  let position = 0;
  let committed = false;

  function close(): void {
    if (handle === undefined) return;
    const closing = handle;
    handle = undefined;
    files.close(closing);
  }

  return {
    write(bytes) {
      const open = handle;
      if (open === undefined) throw new Error(`${file} is no longer being written`);
      withFileProblems(file, 'write', () => writeAll(files, open, bytes, position));
      position += bytes.length;
    },
    commit() {
      const open = handle;
      if (open === undefined) throw new Error(`${file} is no longer being written`);
      withFileProblems(file, 'write', () => {
        // The order is the promise: the bytes reach the disk before the name points to them.
        files.sync(open);
        close();
        files.rename(temporary, file);
        committed = true;
        files.syncFolder(dirname(file));
      });
    },
    abandon() {
      unfinished.delete(temporary);
      if (committed) return;
      try {
        close();
        files.remove(temporary);
      } catch {
        // Whatever made the write fail may keep the clean-up from working too; removeLeftovers comes later.
      }
    },
  };
}

/** The name a file has until it is whole: in the same folder, so that the rename stays on one disk. */
export function temporaryName(file: string): string {
  written += 1;
  return join(dirname(file), `.${basename(file)}.${process.pid}-${threadId}-${written}${suffix}`);
}

export function isLeftover(name: string): boolean {
  return name.startsWith('.') && name.endsWith(suffix);
}

/** Removes files and folders that writers who died left in a folder; those of writers at work stay. Returns the names. */
export function removeLeftovers(files: FileSystem, folder: string): string[] {
  try {
    const stale = files.listFolder(folder).filter((name) => isLeftover(name) && !isBeingWritten(folder, name));
    for (const path of stale.map((name) => join(folder, name))) {
      if (files.facts(path)?.isFolder) files.removeFolder(path);
      else files.remove(path);
    }
    return stale;
  } catch (error) {
    throw fileProblemFrom(error, folder, 'remove');
  }
}

export function isBeingWritten(folder: string, name: string): boolean {
  const owner = /\.(\d+)-(\d+)-\d+\.netloom-tmp$/.exec(name);
  const pid = Number(owner?.[1] ?? 0);
  if (pid === 0) return false;
  if (pid === process.pid && Number(owner?.[2]) === threadId) return unfinished.has(join(folder, name));
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
