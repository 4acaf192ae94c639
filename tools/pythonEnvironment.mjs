/**
 * `node tools/pythonEnvironment.mjs`: the Python that tests check exported code with; made on first use by the command that
 * users have (`netloom engines install verify`), kept outside the checkout for all clones. Prints its path.
 */
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { root, setUp } from './setup.mjs';

/** Root's own folders are closed to the user without rights that the end-to-end stories run as; this one is open. */
const forEverybody = '/var/cache/netloom';
const systemPython = '/usr/bin/python3';

/** The home of Netloom that the environment lies in. */
export function environmentHome(environment = process.env, platform = process.platform, user = process.getuid?.()) {
  if (platform === 'win32') {
    return join(environment.LOCALAPPDATA ?? join(homedir(), 'AppData', 'Local'), 'Netloom', 'Cache');
  }
  if (platform === 'darwin') return join(homedir(), 'Library', 'Caches', 'Netloom');
  if (environment.XDG_CACHE_HOME) return join(environment.XDG_CACHE_HOME, 'netloom');
  return user === 0 ? forEverybody : join(homedir(), '.cache', 'netloom');
}

/**
 * `{python}`, or `{problem}`: one sentence that says what is missing and the way out. `NETLOOM_TEST_PYTHON` names another
 * Python. `command` is `netloom` with its first words.
 */
export async function pythonForTests({
  environment = process.env,
  home = environmentHome(environment),
  command = [process.execPath, join(root, 'bin', 'netloom.cjs')],
  say = console.log,
  system = systemPython,
} = {}) {
  const named = environment.NETLOOM_TEST_PYTHON;
  if (named) {
    if (existsSync(named)) return { python: named };
    return { problem: `NETLOOM_TEST_PYTHON names ${named}, which is not there. Name a Python, or unset the variable.` };
  }
  const own = { ...environment, NETLOOM_HOME: home };
  if (home !== forEverybody || environment.NETLOOM_PYTHON || !existsSync(system)) return install(own, command, say);
  // Everybody can start the system's Python, but it may be too old or lack a part.
  const made = await install({ ...own, NETLOOM_PYTHON: system }, command, say);
  return made.code === 'python-unavailable' ? install(own, command, say) : made;
}

function install(environment, [program, ...words], say) {
  const child = spawn(program, [...words, 'engines', 'install', 'verify', '--yes', '--json'], {
    env: environment,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let rest = '';
  let errors = '';
  let last = null;
  child.stderr.setEncoding('utf8').on('data', (text) => (errors += text));
  child.stdout.setEncoding('utf8').on('data', (text) => {
    const lines = (rest + text).split('\n');
    rest = lines.pop();
    for (const line of lines) last = tell(line, say) ?? last;
  });
  return new Promise((resolve) => {
    child.on('error', (error) => resolve({ problem: `netloom could not be started (${error.message}).` }));
    child.on('close', () => resolve(outcomeOf(last, errors)));
  });
}

/** What the command said last counts; progress is for the person who waits. */
function tell(line, say) {
  const event = readEvent(line);
  if (event?.event === 'plan') say(`${whose}: ${sizesOf(event)} in ${event.folder}, once for all checkouts`);
  if (event?.event === 'progress') say(`${whose}: ${event.step} ...`);
  return ['plan', 'progress'].includes(event?.event) ? null : event;
}

const whose = 'Python environment for checking exported code';

/** "0.6 to 3.4 GB to download, 2.4 to 7.3 GB": which it is shows on the way. */
function sizesOf({ sizes: { usual, lean } }) {
  const range = (bytes) => [...new Set([lean ?? usual, usual].map(bytes))].map((size) => (size / 1e9).toFixed(1));
  return `${range(({ download }) => download).join(' to ')} GB to download, ${range(({ disk }) => disk).join(' to ')} GB`;
}

/** Whatever is no JSON, such as a warning of the build, is no event. */
function readEvent(line) {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function outcomeOf(last, errors) {
  if (last?.event === 'done') return { python: last.python, outcome: last.outcome };
  if (last?.event === 'error') return { problem: last.message, code: last.code };
  return { problem: `netloom engines install ended without an answer: ${errors.trim().split('\n').at(-1)}` };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  const found = await pythonForTests({ say: (line) => console.error(line) });
  console.log(found.problem ?? found.python);
  process.exit(found.problem ? 3 : 0);
}
