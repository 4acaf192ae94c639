/**
 * Packages that had come whole when an installation broke off. pip throws them away, and not every index lets it keep a
 * copy; what was half a gigabyte to download is taken from here the next time.
 */
import { promises as fileSystem } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The four bytes that begin the end of an archive, which is this long where it has no comment. */
const endMark = 0x06054b50;
const endBytes = 22;

/** `from`: a folder for each list of packages, in which pip worked; `to`: a folder of the same name for each. */
export async function keepWheels(from: string, to: string): Promise<void> {
  for (const list of await namesIn(from)) {
    for (const work of await namesIn(join(from, list))) {
      for (const name of await namesIn(join(from, list, work))) {
        const file = join(from, list, work, name);
        if (!name.endsWith('.whl') || !(await isWhole(file))) continue;
        await fileSystem.mkdir(join(to, list), { recursive: true });
        await fileSystem.rename(file, join(to, list, name));
      }
    }
  }
}

/** A file for pip that names what is kept in `folder` as the only build of each package; null where nothing is. */
export async function writeConstraints(folder: string): Promise<string | null> {
  const wheels = (await namesIn(folder)).filter((name) => name.endsWith('.whl'));
  if (wheels.length === 0) return null;
  const lines = wheels.map((name) => {
    const [distribution = ''] = name.split('-');
    return `${distribution.replace(/_/g, '-')} @ ${pathToFileURL(join(folder, name)).href}\n`;
  });
  const file = join(folder, 'constraints.txt');
  await fileSystem.writeFile(file, lines.join(''));
  return file;
}

/** One that was cut off lacks its end. */
async function isWhole(file: string): Promise<boolean> {
  const open = await fileSystem.open(file, 'r');
  try {
    const { size } = await open.stat();
    const end = Buffer.alloc(endBytes);
    if (size < endBytes) return false;
    await open.read(end, 0, endBytes, size - endBytes);
    return end.readUInt32LE(0) === endMark && end.readUInt16LE(endBytes - 2) === 0;
  } finally {
    await open.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await fileSystem.readdir(folder);
  } catch {
    // It is not there, or is a file.
    return [];
  }
}
