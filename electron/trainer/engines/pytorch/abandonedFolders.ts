/** Folders of sessions whose trainer was killed: nobody else would remove them, and they hold weights, some also data. */
import { lstatSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { isAlive } from '../../../services/runs/processStart';

const beginning = 'netloom-pytorch-';
/** Whoever shares this place from another container or machine counts processes of his own. */
const untouchedMilliseconds = 7 * 24 * 3600 * 1000;

/** How the folders of this process's sessions begin. */
export function folderBeginning(): string {
  return join(tmpdir(), `${beginning}${process.pid}-`);
}

/** Those that nobody has used for a week, and whose trainer is gone. */
export function removeAbandonedFolders(): void {
  for (const path of listed()) {
    try {
      if (Date.now() - lstatSync(path).mtimeMs > untouchedMilliseconds) rmSync(path, { recursive: true, force: true });
    } catch {
      // Somebody else's, or gone meanwhile.
    }
  }
}

function listed(): string[] {
  try {
    return readdirSync(tmpdir()).flatMap((name) => {
      const owner = name.startsWith(beginning) ? /^(\d+)-/.exec(name.slice(beginning.length)) : null;
      return owner && !isAlive(Number(owner[1])) ? [join(tmpdir(), name)] : [];
    });
  } catch {
    return [];
  }
}
