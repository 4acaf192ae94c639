/** Reads a run's log while it may still be written: everything up to the first bad record, and from there on next time. */
import { checkLogHeader, frameAt, logHeaderBytes } from './logFormat';
import { decodeRecord } from './decodeRecord';
import { withFileProblems } from './fileProblem';
import type { FileSystem, OpenFile } from './fileSystem';
import type { ColumnNames, LogRecord } from './logRecord';
import { readAll } from './writeAll';

/** How far a log is good. `torn`: there are bytes after that, which are no record (yet); `reason` says why. */
export interface LogReading {
  readonly validBytes: number;
  readonly torn: boolean;
  readonly reason: string | null;
  /** False where the tail is damaged rather than cut short: it may hold more than a half-written record. */
  readonly cut: boolean;
}

export interface LogReader {
  /**
   * Visits the records that were added since the last call. Never throws on bad bytes, only a `FileProblem` where the
   * file cannot be opened or read. A tail that is torn while a writer is at work may be whole the next time.
   */
  read(visit: (record: LogRecord) => void): LogReading;
}

const chunkBytes = 2 ** 20;

export function openLogReader(files: FileSystem, file: string): LogReader {
  let validBytes = 0;
  let names: ColumnNames = { scalarNames: [], groupNames: [] };
  let buffer = new Uint8Array(chunkBytes);

  function readHeader(handle: OpenFile): LogReading | null {
    const header = new Uint8Array(logHeaderBytes);
    const state = checkLogHeader(header.subarray(0, readAll(files, handle, header, 0)));
    if (state === 'whole') {
      validBytes = logHeaderBytes;
      return null;
    }
    if (state === 'cut') return ends(true, 'the file ends within its header');
    return ends(
      false,
      state === 'newer' ? 'a later version of Netloom wrote it' : 'it does not begin as a run log does',
    );
  }

  function ends(cut: boolean, reason: string): LogReading {
    return { validBytes, torn: true, reason: `${reason} (at byte ${validBytes})`, cut };
  }

  /** Visits whole records in the first `end` bytes of the buffer; a reason to stop, or how many bytes are missing. */
  function walk(end: number, visit: (record: LogRecord) => void): { needs: number; used: number } | LogReading {
    let at = 0;
    for (;;) {
      const result = frameAt(buffer, at, end);
      if ('bad' in result) return ends(false, result.bad);
      if ('needs' in result) return { needs: result.needs, used: at };
      const { kind, payloadAt, payloadEnd } = result.frame;
      const record = decodeRecord(kind, buffer.subarray(payloadAt, payloadEnd), names);
      if (record === null) return ends(false, 'a record cannot be understood');
      validBytes += payloadEnd - at;
      at = payloadEnd;
      if (record === 'unknown') continue;
      if (record.kind === 'names') names = record.names;
      visit(record);
    }
  }

  function readOpen(handle: OpenFile, visit: (record: LogRecord) => void): LogReading {
    if (validBytes === 0) {
      const problem = readHeader(handle);
      if (problem) return problem;
    }
    if (files.size(handle) < validBytes) return ends(false, 'the file has become shorter than what was read of it');
    for (;;) {
      const got = readAll(files, handle, buffer, validBytes);
      const result = walk(got, visit);
      if (!('needs' in result)) return result;
      if (got < buffer.length) {
        const rest = got - result.used;
        return rest === 0
          ? { validBytes, torn: false, reason: null, cut: false }
          : ends(true, 'the file ends within a record');
      }
      if (result.used === 0) buffer = new Uint8Array(result.needs);
    }
  }

  return {
    read(visit) {
      return withFileProblems(file, 'read', () => {
        const handle = files.open(file, 'read');
        try {
          return readOpen(handle, visit);
        } finally {
          files.close(handle);
        }
      });
    },
  };
}
