/** A disk that fails when told to: at the nth operation, with an error, half a write, the end of the process or of the power. */
import * as fs from 'node:fs';
import { diskFiles } from '../../../electron/files/fileSystem';
import type { FileSystem, OpenFile } from '../../../electron/files/fileSystem';

/**
 * - `short`: a write takes half its bytes and says so, which is no error; other operations work.
 * - `error`: the operation fails once, as with `code`; the next ones work again.
 * - `full`: from there on every operation that needs space fails; a write has taken half its bytes first.
 * - `torn`: a write takes half its bytes, then the process is gone; other operations: as `died`.
 * - `died`: the process is gone: nothing from this operation on reaches the disk.
 * - `power`: as `died`, and what was never synced is gone from the files as well.
 */
export type FaultKind = 'short' | 'error' | 'full' | 'torn' | 'died' | 'power';

export interface Fault {
  readonly kind: FaultKind;
  /** Which operation fails, counted from 1; 0 fails none and only counts. */
  readonly at: number;
  readonly code?: 'EIO' | 'ENOSPC' | 'EACCES';
}

export interface FaultyFileSystem extends FileSystem {
  /** What was asked for, in order: `write metrics.log`. */
  readonly operations: readonly string[];
  /** A cut counts, too, as long as `at` was reached. */
  readonly struck: boolean;
  /** Closes what a process that died has left open. */
  release(): void;
}

/** Thrown where the process would be gone: code under test must not mistake it for an error it can handle. */
export class ProcessDied extends Error {
  override readonly name = 'ProcessDied';
}

interface Opened {
  file: string;
  /** Bytes that surely are on the disk, or undefined where the file was only read. */
  synced: number;
  dirty: boolean;
}

const needsSpace = new Set(['open', 'write', 'sync', 'syncInBackground', 'link', 'rename', 'makeFolder', 'syncFolder']);

export function faultyFileSystem(fault: Fault, disk: FileSystem = diskFiles): FaultyFileSystem {
  const operations: string[] = [];
  const opened = new Map<OpenFile, Opened>();
  const everWritten: Opened[] = [];
  let struck = false;
  let dead = false;

  function losePower(): void {
    for (const entry of everWritten) {
      if (entry.dirty && fs.existsSync(entry.file))
        fs.truncateSync(entry.file, Math.min(entry.synced, fs.statSync(entry.file).size));
    }
  }

  /** Decides what becomes of an operation; `half` does half of it where that is possible. */
  function step(name: string, file: string, half?: () => void): void {
    if (dead) throw new ProcessDied('the process is gone');
    operations.push(`${name} ${file.slice(file.lastIndexOf('/') + 1)}`);
    const now = operations.length === fault.at;
    if (now) struck = true;
    if (fault.kind === 'full' && struck && needsSpace.has(name)) {
      half?.();
      throw failure('ENOSPC', name);
    }
    if (!now || fault.kind === 'full' || fault.kind === 'short') return;
    if (fault.kind === 'error') throw failure(fault.code ?? 'EIO', name);
    if (fault.kind === 'torn') half?.();
    if (fault.kind === 'power') losePower();
    dead = true;
    throw new ProcessDied(`the process is gone at ${name}`);
  }

  const pathOf = (handle: OpenFile): string => opened.get(handle)?.file ?? '?';
  /** What is true of a file is true for every handle that was ever opened on it. */
  const touched = (handle: OpenFile, change: (entry: Opened) => void): void => {
    const file = opened.get(handle)?.file;
    for (const entry of everWritten) if (entry.file === file) change(entry);
  };

  return {
    operations,
    get struck() {
      return struck;
    },
    release() {
      for (const handle of opened.keys()) disk.close(handle);
      opened.clear();
    },
    open(file, mode) {
      step('open', file);
      const existed = disk.facts(file)?.size ?? 0;
      const handle = disk.open(file, mode);
      const entry = { file, synced: mode === 'replace' ? 0 : existed, dirty: mode === 'replace' || mode === 'create' };
      opened.set(handle, entry);
      if (mode !== 'read') everWritten.push(entry);
      return handle;
    },
    close(handle) {
      step('close', pathOf(handle));
      disk.close(handle);
      opened.delete(handle);
    },
    size(handle) {
      step('size', pathOf(handle));
      return disk.size(handle);
    },
    read(handle, target, position) {
      step('read', pathOf(handle));
      return disk.read(handle, target, position);
    },
    write(handle, bytes, position) {
      const half = bytes.subarray(0, bytes.length >> 1);
      touched(handle, (entry) => (entry.dirty = true));
      step('write', pathOf(handle), () => void disk.write(handle, half, position));
      const short = fault.kind === 'short' && operations.length === fault.at && half.length > 0;
      return disk.write(handle, short ? half : bytes, position);
    },
    truncate(handle, size) {
      step('truncate', pathOf(handle));
      touched(handle, (entry) => (entry.synced = Math.min(entry.synced, size)));
      disk.truncate(handle, size);
    },
    sync(handle) {
      step('sync', pathOf(handle));
      disk.sync(handle);
      touched(handle, (entry) => Object.assign(entry, { synced: disk.size(handle), dirty: false }));
    },
    async syncInBackground(handle) {
      step('syncInBackground', pathOf(handle));
      const size = disk.size(handle);
      await disk.syncInBackground(handle);
      touched(handle, (entry) => Object.assign(entry, { synced: size, dirty: disk.size(handle) > size }));
    },
    link(existing, name) {
      step('link', name);
      disk.link(existing, name);
      everWritten.push(
        ...everWritten.filter(({ file }) => file === existing).map((entry) => ({ ...entry, file: name })),
      );
    },
    rename(from, to) {
      step('rename', to);
      disk.rename(from, to);
      // The entry follows its file; whatever bore the name before is gone.
      for (const entry of everWritten) {
        if (entry.file === to) entry.dirty = false;
        if (entry.file === from) entry.file = to;
        else if (entry.file.startsWith(`${from}/`)) entry.file = to + entry.file.slice(from.length);
      }
    },
    remove(file) {
      step('remove', file);
      disk.remove(file);
    },
    makeFolder(folder) {
      step('makeFolder', folder);
      disk.makeFolder(folder);
    },
    removeFolder(folder) {
      step('removeFolder', folder);
      disk.removeFolder(folder);
    },
    listFolder(folder) {
      step('listFolder', folder);
      return disk.listFolder(folder);
    },
    syncFolder(folder) {
      step('syncFolder', folder);
      disk.syncFolder(folder);
    },
    facts(file) {
      step('facts', file);
      return disk.facts(file);
    },
  };
}

function failure(code: string, name: string): Error {
  return Object.assign(new Error(`${code}: made to fail, ${name}`), { code, syscall: name });
}
