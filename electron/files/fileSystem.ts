/** The only file operations writers may use: narrow, so that tests can fail any one of them and look at what is left. */
import * as fs from 'node:fs';

/** A file descriptor; what `open` returns and the other operations take. */
export type OpenFile = number;

/** `create` refuses an existing file, `replace` empties it, `update` needs it and keeps its bytes. */
export type OpenMode = 'read' | 'create' | 'replace' | 'update';

export interface FileFacts {
  readonly size: number;
  readonly isFolder: boolean;
  readonly modifiedMs: number;
}

export interface FileSystem {
  open(file: string, mode: OpenMode): OpenFile;
  close(handle: OpenFile): void;
  size(handle: OpenFile): number;
  /** Reads into `target` from a position in the file; how many bytes came, 0 at the end. */
  read(handle: OpenFile, target: Uint8Array, position: number): number;
  /** Hands bytes to the system at a position in the file; may take fewer than it was given. */
  write(handle: OpenFile, bytes: Uint8Array, position: number): number;
  truncate(handle: OpenFile, size: number): void;
  /** Waits until the disk has the file: milliseconds, and seconds on a busy disk. */
  sync(handle: OpenFile): void;
  /** The same off the event loop, so that a training step never waits for the disk. */
  syncInBackground(handle: OpenFile): Promise<void>;
  rename(from: string, to: string): void;
  /** Gives a file a second name; an error where the disk cannot, or the name is taken. */
  link(existing: string, name: string): void;
  /** Removes a file; no error when there is none. */
  remove(file: string): void;
  makeFolder(folder: string): void;
  /** Removes a folder with all that it holds; no error when there is none. */
  removeFolder(folder: string): void;
  listFolder(folder: string): string[];
  /** Makes names that were created, renamed or removed in a folder last over a power loss. */
  syncFolder(folder: string): void;
  /** Undefined when there is nothing of that name. */
  facts(file: string): FileFacts | undefined;
}

const flags: Record<OpenMode, string> = { read: 'r', create: 'wx', replace: 'w', update: 'r+' };

/** The disk itself. */
export const diskFiles: FileSystem = {
  open: (file, mode) => fs.openSync(file, flags[mode]),
  close: (handle) => fs.closeSync(handle),
  size: (handle) => fs.fstatSync(handle).size,
  read: (handle, target, position) => fs.readSync(handle, target, 0, target.length, position),
  write: (handle, bytes, position) => fs.writeSync(handle, bytes, 0, bytes.length, position),
  truncate: (handle, size) => fs.ftruncateSync(handle, size),
  sync: (handle) => fs.fsyncSync(handle),
  syncInBackground: (handle) =>
    new Promise((resolve, reject) => fs.fsync(handle, (error) => (error ? reject(error) : resolve()))),
  rename: (from, to) => fs.renameSync(from, to),
  link: (existing, name) => fs.linkSync(existing, name),
  remove: (file) => fs.rmSync(file, { force: true }),
  makeFolder,
  removeFolder: (folder) => fs.rmSync(folder, { force: true, recursive: true }),
  listFolder: (folder) => fs.readdirSync(folder),
  syncFolder: syncFolderOnDisk,
  facts: (file) => {
    const found = fs.statSync(file, { throwIfNoEntry: false });
    return found && { size: found.size, isFolder: found.isDirectory(), modifiedMs: found.mtimeMs };
  },
};

/** For files that are handed to another process and need not survive a power loss: nothing waits for the disk. */
export const passingFiles: FileSystem = { ...diskFiles, sync: () => undefined, syncFolder: () => undefined };

/** A file in the way is ENOTDIR on every Node: newer ones call it EEXIST. */
function makeFolder(folder: string): void {
  try {
    fs.mkdirSync(folder, { recursive: true });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw code === 'EEXIST' ? Object.assign(new Error(`${folder} is a file`), { code: 'ENOTDIR' }) : error;
  }
}

function syncFolderOnDisk(folder: string): void {
  // Windows opens no folders and needs none: NTFS keeps names in its own journal.
  if (process.platform === 'win32') return;
  const handle = fs.openSync(folder, 'r');
  try {
    fs.fsyncSync(handle);
  } finally {
    fs.closeSync(handle);
  }
}
