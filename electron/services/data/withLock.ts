/** Lets one process at a time do something, such as continuing a download that others could also continue. */
import { fileProblemFrom, systemCode, withFileProblems } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readAll, writeAll } from '../../files/writeAll';
import { breathe } from './dataSource';
import type { SourceContext } from './dataSource';

const pollMs = 100;
/** A lock without an owner in it is one that is being written, unless it stays so. */
const patienceMs = 5000;

/** Waits while the process that holds the lock lives; a lock that a dead one left is taken over. */
export async function withLock<Result>(
  context: SourceContext,
  lock: string,
  work: () => Promise<Result>,
): Promise<Result> {
  const { files } = context;
  while (!take(files, lock)) {
    context.onProgress({ step: 'waiting for another process that prepares the same data', done: 0, total: null });
    await new Promise((resolve) => setTimeout(resolve, pollMs));
    await breathe(context);
  }
  try {
    return await work();
  } finally {
    withFileProblems(lock, 'remove', () => files.remove(lock));
  }
}

function take(files: FileSystem, lock: string): boolean {
  try {
    const handle = files.open(lock, 'create');
    try {
      writeAll(files, handle, Buffer.from(String(process.pid)), 0);
    } finally {
      files.close(handle);
    }
    return true;
  } catch (error) {
    if (systemCode(error) !== 'EEXIST') throw fileProblemFrom(error, lock, 'write');
    if (isAbandoned(files, lock)) files.remove(lock);
    return false;
  }
}

function isAbandoned(files: FileSystem, lock: string): boolean {
  const facts = files.facts(lock);
  if (!facts) return false;
  const owner = ownerOf(files, lock);
  if (owner === null) return Date.now() - facts.modifiedMs > patienceMs;
  try {
    process.kill(owner, 0);
    return false;
  } catch (error) {
    return systemCode(error) === 'ESRCH';
  }
}

function ownerOf(files: FileSystem, lock: string): number | null {
  try {
    const handle = files.open(lock, 'read');
    try {
      const bytes = new Uint8Array(32);
      const text = Buffer.from(bytes.subarray(0, readAll(files, handle, bytes, 0))).toString('latin1');
      return /^\d+$/.test(text) ? Number(text) : null;
    } finally {
      files.close(handle);
    }
  } catch {
    return null;
  }
}
