/** How much room there is and how much is taken. Node 16 cannot say what is free, so the Python at hand is asked. */
import { promises as fileSystem } from 'node:fs';
import { isAbsolute, join } from 'node:path';
import { fill } from '../../../shared/messages/fill';
import { installFailures } from '../../../shared/messages/installSentences';
import { FileProblem } from '../../files/fileProblem';
import { isolation, safeStart } from './askPython';
import { runProgram } from './childProgram';
import type { EnvironmentBase } from './environmentBase';

const question = `${safeStart}import shutil; print("free", shutil.disk_usage(sys.argv[1]).free)`;

/** Null where nobody can say. */
export async function freeBytes(
  base: EnvironmentBase,
  folder: string,
  environment: NodeJS.ProcessEnv,
): Promise<number | null> {
  // Where uv is to fetch a Python there is none to ask.
  if (!isAbsolute(base.python)) return null;
  const words = [...isolation(environment), '-c', question, folder];
  const ended = await runProgram(base.python, words, { environment, timeLimit: 15_000 });
  const said = /^free (\d+)$/m.exec(ended.output);
  return said ? Number(said[1]) : null;
}

/** Throws `FileProblem` disk-full before anything is downloaded for nothing. */
export function refuseSmallDisk(free: number | null, needed: number, folder: string, command: string): void {
  if (free === null || free >= needed) return;
  const sizes = { needed: gigabytes(needed), free: gigabytes(free) };
  throw new FileProblem('disk-full', folder, fill(installFailures.tooSmall, { folder, ...sizes, command }));
}

/** 7123456789 -> "7.1 GB". */
export function gigabytes(bytes: number): string {
  return `${(bytes / 1e9).toFixed(1)} GB`;
}

/** The bytes of all files below a folder. */
export async function folderSize(folder: string): Promise<number> {
  let bytes = 0;
  for (const entry of await fileSystem.readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) bytes += await folderSize(path);
    else bytes += (await fileSystem.lstat(path)).size;
  }
  return bytes;
}
