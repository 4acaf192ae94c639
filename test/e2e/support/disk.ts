/** A disk that the story fills: a small one of its own where we may make it, else folders that take nothing any more. */
import { spawnSync } from 'node:child_process';
import { chmodSync, closeSync, lstatSync, openSync, readdirSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { freshFolder } from './stage';

export interface Disk {
  folder: string;
  /** From now on nothing more is taken. */
  fill: () => void;
  free: () => void;
  remove: () => void;
  /** What the app must say of it. */
  says: RegExp;
}

export function smallDisk(): Disk {
  const folder = freshFolder('disk');
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=16m,mode=0777', 'tmpfs', folder]);
  return mounted.status === 0 ? mountedDisk(folder) : closedFolders(folder);
}

function mountedDisk(folder: string): Disk {
  const ballast = join(folder, 'ballast');
  return {
    folder,
    fill: () => fillUp(ballast),
    free: () => rmSync(ballast),
    remove: () => void spawnSync('umount', ['--lazy', folder]),
    says: /The disk is full: .* could not be written\. Nothing that was complete before is lost\. Free space/,
  };
}

/** Writes until nothing more is taken: the app writes to the same disk meanwhile. */
function fillUp(file: string): void {
  const handle = openSync(file, 'a');
  let piece = 2 ** 20;
  while (piece > 0) {
    try {
      writeSync(handle, Buffer.alloc(piece));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error;
      piece = Math.floor(piece / 2);
    }
  }
  closeSync(handle);
}

/** Only who may mount has a disk to fill. Refused new files are the nearest that others can make. */
function closedFolders(folder: string): Disk {
  const change = (place: string, mode: number): void => {
    if (!lstatSync(place).isDirectory()) return;
    chmodSync(place, 0o700);
    for (const name of readdirSync(place)) change(join(place, name), mode);
    chmodSync(place, mode);
  };
  return {
    folder,
    fill: () => change(folder, 0o500),
    free: () => change(folder, 0o700),
    remove: () => undefined,
    says: /could not be written: the system does not allow it/,
  };
}
