/** Puts pending records at the end of a log: whole ones only, in one write, with the wait for the disk off the event loop. */
import { dirname } from 'node:path';
import { fileProblemFrom, withFileProblems } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { wholeRecords } from './logFormat';
import { openLogForAppend } from './openLogForAppend';
import type { RecordBuffer } from './recordBuffer';
import { writeAll } from './writeAll';

export interface RecordAppender {
  /** One write of all that is pending. On a `FileProblem` the log ends with a whole record, and the rest stays pending. */
  flush(): void;
  /** Waits for the disk off the event loop; a wait that fails shows at the next flush. */
  startSync(): Promise<void>;
  /** Flushes, waits for the disk and closes, also where it then throws. */
  close(): Promise<void>;
}

export function openRecordAppender(files: FileSystem, file: string, buffer: RecordBuffer): RecordAppender {
  const opened = withFileProblems(file, 'write', () => openLogForAppend(files, file));
  const { handle } = opened;
  let size = opened.size;
  let unsynced = false;
  let syncing: Promise<void> | undefined;
  let syncProblem: Error | undefined;

  /** After a write that failed: whole records that arrived count, the rest is taken back and stays pending. */
  function heal(arrived: number): void {
    const whole = wholeRecords(buffer.pending(), arrived);
    buffer.drop(whole);
    size += whole;
    try {
      files.truncate(handle, size);
    } catch {
      // Then the next write covers the half record: it begins at the same byte, with the same record.
    }
  }

  function flush(): void {
    if (syncProblem !== undefined) {
      const problem = syncProblem;
      syncProblem = undefined;
      throw problem;
    }
    const bytes = buffer.pending();
    if (bytes.length === 0) return;
    let arrived = 0;
    unsynced = true;
    try {
      withFileProblems(file, 'write', () => writeAll(files, handle, bytes, size, (total) => (arrived = total)));
    } catch (error) {
      heal(arrived);
      throw error;
    }
    size += bytes.length;
    buffer.drop(bytes.length);
  }

  async function syncOnce(): Promise<void> {
    if (!unsynced) return;
    unsynced = false;
    try {
      await files.syncInBackground(handle);
    } catch (error) {
      syncProblem = fileProblemFrom(error, file, 'write');
    }
  }

  return {
    flush,
    startSync() {
      syncing ??= syncOnce().finally(() => (syncing = undefined));
      return syncing;
    },
    async close() {
      // The descriptor may be closed only when no wait for the disk is under way on it.
      await syncing;
      try {
        flush();
        withFileProblems(file, 'write', () => {
          files.sync(handle);
          files.syncFolder(dirname(file));
        });
      } finally {
        withFileProblems(file, 'write', () => files.close(handle));
      }
    },
  };
}
