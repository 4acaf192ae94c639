/** The user's own file: where it is, and a hash of its content, so that a changed file is prepared anew. */
import { createHash } from 'node:crypto';
import { isAbsolute, resolve } from 'node:path';
import { FileProblem, withFileProblems } from '../../files/fileProblem';
import { breathe } from './dataSource';
import type { SourceContext } from './dataSource';

const pieceBytes = 1 << 22;

/** Relative paths count from the design's folder. */
export function userFile(context: SourceContext, file: string): string {
  if (file === '') {
    const { type, title } = context.definition;
    throw new FileProblem('not-found', type, `${title}: no file is named. Set data.file to the path of your file.`);
  }
  return isAbsolute(file) ? file : resolve(context.places.folder, file);
}

/** SHA-256 of a file of any size, read in pieces. */
export async function contentHash(context: SourceContext, file: string): Promise<string> {
  const { files, onProgress } = context;
  const handle = withFileProblems(file, 'read', () => files.open(file, 'read'));
  try {
    const hash = createHash('sha256');
    const total = withFileProblems(file, 'read', () => files.size(handle));
    const piece = new Uint8Array(pieceBytes);
    for (let at = 0; ;) {
      const count = withFileProblems(file, 'read', () => files.read(handle, piece, at));
      if (count === 0) return hash.digest('hex');
      hash.update(piece.subarray(0, count));
      at += count;
      onProgress({ step: 'reading the file', done: at, total });
      await breathe(context);
    }
  } finally {
    files.close(handle);
  }
}
