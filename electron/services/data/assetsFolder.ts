/** Where bundled data lies: `assets` beside the package's own package.json, in a checkout as when installed. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** `from`: a folder inside the package; by default the one of this code, in `dist` or among the sources. */
export function assetsFolder(from: string = __dirname): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'assets', 'digits', 'digits.bin'))) return join(folder, 'assets');
    if (folder === dirname(folder)) throw new Error(`No assets folder above ${from}: install Netloom again.`);
  }
}
