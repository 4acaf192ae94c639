/** The window under load: large drawings under the hand, 5,000 steps a second, a million logged points. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');
const command = [
  join(root, 'tools', 'e2e.mjs'),
  '--config',
  'bench/studio/vitest.config.mts',
  ...process.argv.slice(2),
];
process.exitCode = spawnSync(process.execPath, command, { cwd: root, stdio: 'inherit' }).status ?? 1;
