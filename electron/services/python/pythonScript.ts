/** Where our own Python scripts lie, in a checkout and in the installed app. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Python reads no archive: in a packed app the script and its modules lie beside it. */
export function pythonScript(name: string, from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    const found = join(folder, 'python', name);
    if (existsSync(found)) return found.replace(/app\.asar(?=[\\/])/, 'app.asar.unpacked');
    if (folder === dirname(folder)) throw new Error(`No python/${name} above ${from}: install Netloom again.`);
  }
}
