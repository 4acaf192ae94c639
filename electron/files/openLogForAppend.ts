/** Opens a run's log for its writer: creates it with a header that is surely on the disk, or heals the tail of an old one. */
import { dirname } from 'node:path';
import { atomicWrite } from './atomicWrite';
import { damaged } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import { checkLogHeader, logHeader, logHeaderBytes } from './logFormat';
import { openLogReader } from './logReader';
import type { LogReading } from './logReader';
import { readAll, writeAll } from './writeAll';

export interface OpenedLog {
  readonly handle: OpenFile;
  /** Bytes of whole records: where the next one goes. */
  readonly size: number;
}

/**
 * A tail that was cut short (a crash while it was written) is cut off. A tail that is damaged is first copied to
 * `FILE.damaged-BYTE`, since it may hold more than the writer's last moments. A file that is no log is left alone.
 */
export function openLogForAppend(files: FileSystem, file: string): OpenedLog {
  if (files.facts(file) === undefined) return createLog(files, file);
  const handle = files.open(file, 'update');
  try {
    const start = new Uint8Array(logHeaderBytes);
    const state = checkLogHeader(start.subarray(0, readAll(files, handle, start, 0)));
    if (state === 'cut') return writeHeader(files, file, handle);
    if (state === 'newer')
      throw damaged(file, 'was written by a later version of Netloom: use that to resume this run.');
    if (state === 'foreign') {
      throw damaged(file, 'does not begin as a run log does. It was left as it is: move it away, or start a new run.');
    }
    const reading = openLogReader(files, file).read(() => undefined);
    if (reading.torn) heal(files, file, handle, reading);
    return { handle, size: reading.validBytes };
  } catch (error) {
    closeQuietly(files, handle);
    throw error;
  }
}

function createLog(files: FileSystem, file: string): OpenedLog {
  const handle = files.open(file, 'create');
  try {
    return writeHeader(files, file, handle);
  } catch (error) {
    closeQuietly(files, handle);
    throw error;
  }
}

function writeHeader(files: FileSystem, file: string, handle: OpenFile): OpenedLog {
  writeAll(files, handle, logHeader(), 0);
  files.sync(handle);
  files.syncFolder(dirname(file));
  return { handle, size: logHeaderBytes };
}

function heal(files: FileSystem, file: string, handle: OpenFile, { validBytes, cut }: LogReading): void {
  if (!cut) {
    const tail = new Uint8Array(files.size(handle) - validBytes);
    const kept = tail.subarray(0, readAll(files, handle, tail, validBytes));
    atomicWrite(files, `${file}.damaged-${validBytes}`, [kept]);
  }
  files.truncate(handle, validBytes);
}

function closeQuietly(files: FileSystem, handle: OpenFile): void {
  try {
    files.close(handle);
  } catch {
    // The error that led here says more.
  }
}
