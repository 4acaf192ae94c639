/** Files that are read whole because they are small: designs, records, descriptions. */
import { FileProblem, withFileProblems } from './fileProblem';
import type { FileSystem } from './fileSystem';
import { readAll } from './writeAll';

/**
 * The bytes of a file, in memory of their own. Throws a `FileProblem`: too-large above `most` bytes, ending with
 * `expected` ("a design was expected"), and whatever the system says of a file that cannot be read.
 */
export function readWhole(
  files: FileSystem,
  file: string,
  { most, expected }: { most: number; expected: string },
): Buffer {
  return withFileProblems(file, 'read', () => {
    const handle = files.open(file, 'read');
    try {
      const size = files.size(handle);
      if (size > most) throw new FileProblem('too-large', file, `${file} has ${size} bytes: ${expected} was expected.`);
      const bytes = Buffer.alloc(size);
      return bytes.subarray(0, readAll(files, handle, bytes, 0));
    } finally {
      files.close(handle);
    }
  });
}
