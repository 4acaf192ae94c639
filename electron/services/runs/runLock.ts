/** One writer a run: the lock names the process that trains it, so that others can tell running from interrupted. */
import { join } from 'node:path';
import { z } from 'zod';
import { fileProblemFrom, systemCode } from '../../files/fileProblem';
import type { FileSystem } from '../../files/fileSystem';
import { readAll, writeAll } from '../../files/writeAll';
import { ServiceProblem } from '../serviceProblem';
import { isAlive, processStart } from './processStart';

const lockSchema = z.strictObject({ pid: z.int().min(1), started: z.string().nullable() });
export type LockOwner = z.output<typeof lockSchema>;

export interface RunLock {
  release: () => void;
}

/** A lock whose text is not whole yet is that of a writer who takes it this very moment, unless it has stayed so. */
const unfinishedMilliseconds = 5000;

export function lockFile(folder: string): string {
  return join(folder, 'lock');
}

/** The living process that trains the run, or null. `unknown`: somebody is taking the lock right now. */
export function lockOwner(files: FileSystem, folder: string): LockOwner | 'unknown' | null {
  const file = lockFile(folder);
  const facts = files.facts(file);
  if (facts === undefined) return null;
  const owner = readLock(files, file);
  if (owner === null) return Date.now() - facts.modifiedMs < unfinishedMilliseconds ? 'unknown' : null;
  return isOwnerAlive(owner) ? owner : null;
}

/** Throws `ServiceProblem` run-busy while another process has it; a lock whose owner is gone is replaced. */
export function acquireLock(files: FileSystem, folder: string, id: string): RunLock {
  const file = lockFile(folder);
  for (let attempt = 0; attempt < 3; attempt += 1) {
    if (tryCreate(files, file)) return { release: () => files.remove(file) };
    const owner = lockOwner(files, folder);
    if (owner !== null) throw busy(id, owner);
    setAside(files, file);
  }
  throw busy(id, 'unknown');
}

function busy(id: string, owner: LockOwner | 'unknown'): ServiceProblem {
  const by = owner === 'unknown' ? 'another process' : `process ${owner.pid}`;
  return new ServiceProblem('run-busy', `The run ${id} is being trained by ${by}. Stop it first, or wait for its end.`);
}

function tryCreate(files: FileSystem, file: string): boolean {
  try {
    const handle = files.open(file, 'create');
    try {
      const text = JSON.stringify({ pid: process.pid, started: processStart(process.pid) });
      writeAll(files, handle, Buffer.from(text), 0);
      return true;
    } finally {
      files.close(handle);
    }
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return false;
    throw fileProblemFrom(error, file, 'write');
  }
}

/** A rename, since only one of several that find the lock stale can rename it. */
function setAside(files: FileSystem, file: string): void {
  const aside = `${file}.stale-${process.pid}`;
  try {
    files.rename(file, aside);
    const owner = readLock(files, aside);
    // Somebody else was quicker and this is a new lock: give it back.
    if (owner && isOwnerAlive(owner)) files.rename(aside, file);
    else files.remove(aside);
  } catch (error) {
    if (systemCode(error) !== 'ENOENT') throw fileProblemFrom(error, file, 'write');
  }
}

function readLock(files: FileSystem, file: string): LockOwner | null {
  try {
    const handle = files.open(file, 'read');
    try {
      const bytes = new Uint8Array(Math.min(files.size(handle), 4096));
      return lockSchema.parse(JSON.parse(Buffer.from(bytes.subarray(0, readAll(files, handle, bytes, 0))).toString()));
    } finally {
      files.close(handle);
    }
  } catch {
    return null;
  }
}

function isOwnerAlive(owner: LockOwner): boolean {
  if (!isAlive(owner.pid)) return false;
  const now = processStart(owner.pid);
  // Where the system does not tell start times, the id alone has to do.
  return now === null || owner.started === null || now === owner.started;
}
