/**
 * `npm start`: sets everything up and opens the studio with a sample, ready to train; where no window can be opened it
 * says why and trains the sample in this terminal. `-- --terminal` does so at once, `-- --test-runtime` opens the window
 * with the old Electron of the tests, `-- FILE` opens a design.
 */
import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { packForTests } from './package.mjs';
import { findRuntime } from './runtime.mjs';
import { giveUp, root, setUp } from './setup.mjs';
import { namedLibraries } from './systemLibraries.mjs';
import { canMakeNamespaces } from './unprivileged.mjs';
import { readWords, whyNoWindow } from './startWords.mjs';

const words = readWords(process.argv.slice(2));
if (words.problem) giveUp(words.problem);

async function openOrTrain() {
  const userId = process.getuid?.() ?? null;
  const obstacle = whyNoWindow({ platform: process.platform, userId, environment: process.env });
  const program = obstacle ? { problem: obstacle } : await prepareWindow();
  if (!program.problem) return openWindow(program);
  console.log(`${program.problem}\n`);
  return train();
}

/** `{executable, args}`, or `{problem}`. */
async function prepareWindow() {
  const runtime = await findRuntime({ forTests: words.testRuntime });
  if (runtime.problem) return { problem: `No window: ${runtime.problem}` };
  if (words.testRuntime) {
    console.log(
      `Warning: Electron ${runtime.version} gets no security fixes any more. It is for trying and testing; do not open designs of strangers with it.`,
    );
  }
  if (process.platform === 'linux') {
    const lacking = namedLibraries(runtime.executable);
    if (lacking) return { problem: `No window: ${lacking}` };
    if (!canMakeNamespaces(null) && !hasHelper(runtime.executable)) return { problem: `No window: ${noSandbox}` };
  }
  try {
    await ensureBuilt({ all: true });
    // A runtime without Electron's default app takes no folder to run: it gets the app packed into it.
    if (hasDefaultApp(runtime)) return { executable: runtime.executable, args: [root] };
    return { executable: (await packForTests(runtime)).executable, args: [] };
  } catch (error) {
    return { problem: `No window: it could not be built. ${error.message}` };
  }
}

const noSandbox =
  "this system lets no ordinary program make user namespaces, which Chromium's sandbox is built on. Install Netloom's deb package, which brings the permission along, or run once as root: sysctl -w kernel.apparmor_restrict_unprivileged_userns=0";

const hasDefaultApp = ({ folder }) =>
  process.platform === 'darwin' || existsSync(join(folder, 'resources', 'default_app.asar'));

/** Whether the administrator gave Chromium's own helper its rights. */
function hasHelper(executable) {
  const found = statSync(join(dirname(executable), 'chrome-sandbox'), { throwIfNoEntry: false });
  return found !== undefined && found.uid === 0 && (found.mode & 0o4000) !== 0;
}

function openWindow({ executable, args }) {
  const opened = words.files.length > 0 ? words.files.map((file) => resolve(file)) : ['--sample=digits-cnn'];
  console.log(`Opening the studio${words.files.length > 0 ? '' : ' with digits-cnn: Ctrl+Enter trains it'}.`);
  const environment = { ...process.env };
  // Set by some editors' terminals: with it Electron would be a plain Node.
  delete environment.ELECTRON_RUN_AS_NODE;
  return run(executable, [...args, ...opened], environment);
}

function train() {
  const design = join('assets', 'designs', 'digits-cnn.netloom');
  console.log(`Training ${design} on this machine. Ctrl+C stops and keeps the run.\n`);
  return run(process.execPath, [join(root, 'bin', 'netloom.cjs'), 'train', design, ...words.training], process.env);
}

function run(command, args, env) {
  const child = spawn(command, args, { cwd: root, stdio: 'inherit', env });
  process.on('SIGTERM', () => child.kill());
  return new Promise((done) => {
    child.on('error', (error) => giveUp(`${command} could not be started (${error.message}).`));
    child.on('exit', (code) => done(code ?? 1));
  });
}

await setUp();
// Ctrl+C is the child's to answer: the window asks, the terminal stops the run and says how to go on.
process.on('SIGINT', () => undefined);
process.exit(words.terminal ? await train() : await openOrTrain());
