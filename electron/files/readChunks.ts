// A large file, piece by piece: what streams are fed from, through the same narrow interface as everything else.
import type { FileSystem } from './fileSystem';

/** Pieces of a file in order; each owns its memory. The file is closed at the end, or when the reader gives up. */
export function* readChunks(files: FileSystem, file: string, chunkBytes = 2 ** 18): Generator<Buffer> {
  const handle = files.open(file, 'read');
  try {
    for (let position = 0; ;) {
      const chunk = Buffer.allocUnsafeSlow(chunkBytes);
      const count = files.read(handle, chunk, position);
      if (count === 0) return;
      position += count;
      yield chunk.subarray(0, count);
    }
  } finally {
    files.close(handle);
  }
}
