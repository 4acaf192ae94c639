/** Finds an Electron to run with: one that the user names, the official download, or (for tests) an old one from a wheel. */
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { officialRuntime } from './runtime/official.mjs';
import { testRuntime } from './runtime/fromWheel.mjs';

/** Where Electron's archive keeps its program. */
export function executableIn(folder, platform = process.platform) {
  if (platform === 'darwin') return join(folder, 'Electron.app', 'Contents', 'MacOS', 'Electron');
  return join(folder, platform === 'win32' ? 'electron.exe' : 'electron');
}

/** `{folder, executable, version}`, or `{problem}`: one sentence that says what is missing and the way out. */
export async function findRuntime({ forTests = false, environment = process.env } = {}) {
  const named = environment.ELECTRON_OVERRIDE_DIST_PATH;
  if (named) return namedRuntime(named);
  const found = forTests ? testRuntime() : await officialRuntime();
  return found.problem ? found : { ...found, executable: executableIn(found.folder) };
}

function namedRuntime(folder) {
  const executable = executableIn(folder);
  if (!existsSync(executable)) {
    return {
      problem: `ELECTRON_OVERRIDE_DIST_PATH names ${folder}, but there is no Electron in it (${executable} is missing). Name the folder of an unpacked Electron, or unset the variable.`,
    };
  }
  const stated = join(folder, 'version');
  return { folder, executable, version: existsSync(stated) ? readFileSync(stated, 'utf8').trim() : 'unknown' };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await findRuntime({ forTests: process.argv.includes('--test-runtime') });
  console.log(found.problem ?? `Electron ${found.version}: ${found.executable}`);
  process.exit(found.problem ? 1 : 0);
}
