/**
 * `node tools/pythonTools.mjs`: ruff and pyright, which `*.pythontools.test.ts` hold exported Python against; made on first
 * use beside the Python of the tests, for all checkouts. Prints their folder.
 */
import { createHash } from 'node:crypto';
import { copyFileSync, existsSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { withLock } from './lock.mjs';
import { environmentHome } from './pythonEnvironment.mjs';
import { makeAside, settle } from './runtime/cache.mjs';
import { perform, tellingLine } from './tfjsNode/perform.mjs';

const parts = fileURLToPath(new URL('pythonTools/', import.meta.url));
const lists = ['package.json', 'package-lock.json', 'requirements.txt'];

/**
 * `{tools}`, a folder, or `{problem}`: one sentence that says what is missing and the way out. ruff is a program in a wheel,
 * which the pip of `NETLOOM_TEST_PYTHON` puts there; pyright is JavaScript, so that it runs on this Node.
 */
export async function findPythonTools({
  environment = process.env,
  cache = join(environmentHome(environment), 'python-tools'),
} = {}) {
  const named = environment.NETLOOM_TEST_PYTHON_TOOLS;
  if (named) {
    if (isWhole(named)) return { tools: named };
    const way = 'Name a folder that node tools/pythonTools.mjs made, or unset the variable.';
    return { problem: `NETLOOM_TEST_PYTHON_TOOLS names ${named}, which has no ruff and pyright. ${way}` };
  }
  const folder = join(cache, versionName());
  if (isWhole(folder)) return { tools: folder };
  try {
    return await withLock(join(cache, 'lock'), () => make(folder, cache, environment));
  } catch (error) {
    return { problem: `ruff and pyright could not be installed for the tests: ${error.message}` };
  }
}

/** Other versions are another folder. */
function versionName() {
  const hash = createHash('sha256');
  for (const file of lists) hash.update(readFileSync(join(parts, file)));
  return hash.digest('hex').slice(0, 12);
}

function isWhole(folder) {
  return [join('bin', ruff), join('node_modules', 'pyright', 'index.js')].every((file) =>
    existsSync(join(folder, file)),
  );
}
const ruff = process.platform === 'win32' ? 'ruff.exe' : 'ruff';

/** It appears in its place whole: what an interrupted one left is cleared away. */
function make(folder, cache, environment) {
  if (isWhole(folder)) return { tools: folder };
  for (const name of readdirSync(cache)) {
    if (name.startsWith('aside-')) rmSync(join(cache, name), { recursive: true, force: true });
  }
  rmSync(folder, { recursive: true, force: true });
  const aside = makeAside(cache);
  try {
    console.log('Installing ruff and pyright for the tests (60 MB on disk, once) ...');
    installPyright(aside, environment);
    installRuff(aside, environment);
    if (!isWhole(aside)) throw new Error('npm and pip ended well, and the programs are not there.');
    settle(aside, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
  return { tools: folder };
}

function installPyright(folder, environment) {
  for (const name of lists) copyFileSync(join(parts, name), join(folder, name));
  perform('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'], {
    cwd: folder,
    environment,
    missing: 'npm is not there. It comes with Node: repair that installation.',
    failed: (output) =>
      `npm could not install pyright (${tellingLine(output)}). Check the network or the proxy settings of npm, then run the command again.`,
  });
}

function installRuff(folder, environment) {
  const python = environment.NETLOOM_TEST_PYTHON || 'python3';
  const quiet = ['--quiet', '--disable-pip-version-check', '--timeout', '20', '--retries', '2'];
  const exact = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--requirement', join(folder, lists[2])];
  perform(python, ['-m', 'pip', 'install', ...quiet, ...exact, '--target', folder], {
    environment,
    missing: `${python} is not there. Install Python 3 with pip, then run the command again.`,
    failed: (output) =>
      /No module named pip/.test(output)
        ? `${python} has no pip. Name another in NETLOOM_TEST_PYTHON, or unset the variable.`
        : `pip could not install ruff (${tellingLine(output).replace(/^ERROR:\s*/, '')}). Check the network and the configuration of pip, then run the command again.`,
  });
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const found = await findPythonTools();
  console.log(found.problem ?? found.tools);
  process.exit(found.problem ? 1 : 0);
}
