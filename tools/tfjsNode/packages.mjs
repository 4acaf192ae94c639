/** tfjs-node and what goes with it, as the lock file beside this one names them; no package runs a script of its own. */
import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import { perform, tellingLine } from './perform.mjs';

export function installPackages(from, folder, environment) {
  for (const name of ['package.json', 'package-lock.json']) copyFileSync(join(from, name), join(folder, name));
  console.log('Installing tfjs-node for the tests (270 MB on disk, once) ...');
  perform('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    environment,
    missing: 'npm is not there. It comes with Node: repair that installation.',
    failed: (output) =>
      `npm could not install tfjs-node (${tellingLine(output)}). Check the network or the proxy settings of npm, then run the command again.`,
  });
}
