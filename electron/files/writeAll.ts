// The system may take fewer bytes than it was given (a disk that is nearly full does); the rest has to be offered again.
import type { FileSystem, OpenFile } from './fileSystem';

/** Writes all bytes at a position. `onWritten` hears how many bytes have arrived, also before a later piece fails. */
export function writeAll(
  files: FileSystem,
  handle: OpenFile,
  bytes: Uint8Array,
  position: number,
  onWritten?: (total: number) => void,
): void {
  let done = 0;
  while (done < bytes.length) {
    const count = files.write(handle, done === 0 ? bytes : bytes.subarray(done), position + done);
    if (count === 0) throw Object.assign(new Error('the system took no bytes'), { code: 'ENOSPC' });
    done += count;
    onWritten?.(done);
  }
}

/** Fills `target` from a position, as far as the file goes; returns how many bytes there were. */
export function readAll(files: FileSystem, handle: OpenFile, target: Uint8Array, position: number): number {
  let done = 0;
  while (done < target.length) {
    const count = files.read(handle, done === 0 ? target : target.subarray(done), position + done);
    if (count === 0) break;
    done += count;
  }
  return done;
}
