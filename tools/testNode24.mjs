/** `npm run test:node24`: the tests of services, trainer, main process, files and contracts once more, on Node 24. */
import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { findNode24 } from './runtime/node24.mjs';
import { root, setUp } from './setup.mjs';

const folders = ['services', 'trainer', 'main', 'files'].map((name) => `test/electron/${name}`);

/** Resolves to vitest's exit status, or to null where there is no Node 24, having said so. */
export function runOnNode24(args = [], environment = {}) {
  const found = findNode24();
  if (found.problem) {
    console.log(`NOT RUN Node 24: ${found.problem}`);
    return Promise.resolve(null);
  }
  console.log(`On Node ${found.version}:`);
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const child = spawn(found.executable, [vitest, 'run', ...args, ...folders, 'test/shared/ipc'], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, ...environment },
  });
  return new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  process.exitCode = (await runOnNode24(process.argv.slice(2))) ?? 1;
}
