/** Brings a fresh checkout to where it can run: checks Node, installs what the lock file names, builds what changed. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const root = fileURLToPath(new URL('..', import.meta.url));
const oldestNode = [20, 20];

/** Ends the process with one plain sentence: set-up problems are for people, not for debuggers. */
export function giveUp(sentence) {
  console.error(`\n${sentence}`);
  process.exit(1);
}

export function checkNode(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number);
  if (major > oldestNode[0] || (major === oldestNode[0] && minor >= oldestNode[1])) return null;
  return `Netloom needs Node ${oldestNode.join('.')} or newer; this is Node ${version}. Install a newer Node and run the command again.`;
}

/** The packages that the lock file names and that are missing or of another version in node_modules. */
export function missingPackages(folder = root) {
  const lock = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8'));
  return Object.entries(lock.packages)
    .filter(([path, entry]) => path !== '' && !entry.optional)
    .filter(([path, entry]) => installedVersion(join(folder, path)) !== entry.version)
    .map(([path]) => path.replace(/^.*node_modules\//, ''));
}

function installedVersion(folder) {
  const file = join(folder, 'package.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).version : null;
}

/** Installs the locked packages if any is missing. No package may run a script of its own while it is installed. */
export function installPackages() {
  const missing = missingPackages();
  if (missing.length === 0) return;
  console.log(`Installing ${missing.length} packages from the lock file (about 640 MB on disk) ...`);
  const started = Date.now();
  const npm = process.platform === 'win32' ? 'npm.cmd' : 'npm';
  const result = spawnSync(npm, ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
    shell: process.platform === 'win32',
  });
  if (result.error)
    giveUp(`npm could not be started (${result.error.message}). It comes with Node: repair that installation.`);
  if (result.status !== 0) {
    giveUp(
      'The packages could not be installed; npm says why above. Most often there is no way to the package registry: check the network or the proxy settings of npm, then run the same command again.',
    );
  }
  console.log(`Installed in ${((Date.now() - started) / 1000).toFixed(0)} s.`);
}

/** Everything before the first line of Netloom's own code runs. */
export async function setUp() {
  const problem = checkNode();
  if (problem) giveUp(problem);
  installPackages();
  const { ensureBuilt } = await import('./build.mjs');
  await ensureBuilt();
}
