/**
 * `node tools/e2e.mjs [part of a file's name] [-t part of a story's name] [--repeat 20]`: the end-to-end stories, on the
 * packed app, in a display without a screen. What is missing is fetched, installed, built and packed first.
 */
import { spawn } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { startDisplay } from './display.mjs';
import { packForTests } from './package.mjs';
import { findRuntime } from './runtime.mjs';
import { giveUp, root, setUp } from './setup.mjs';
import { ensureSystemLibraries } from './systemLibraries.mjs';
import { asOrdinaryUser } from './unprivileged.mjs';

const storyConfig = 'test/e2e/vitest.config.mts';

/** This machine lacks something that the stories need and cannot be given here; the message says what to do. */
export class StoriesNeed extends Error {}

/**
 * Runs the stories with these arguments of vitest; resolves to its exit status. Throws `StoriesNeed`, and any other error
 * with one sentence where the app cannot be built or packed.
 */
export async function runStories(args, config = storyConfig) {
  const runtime = orThrow(await findRuntime({ forTests: true }));
  const lacking = ensureSystemLibraries(runtime.executable);
  if (lacking) throw new StoriesNeed(lacking);
  const open = await packForTests(runtime);
  const fused = await packForTests(runtime, { fused: true });
  const work = mkdtempSync(join(tmpdir(), 'netloom-e2e-'));
  chmodSync(work, 0o755);
  const displays = [];
  try {
    displays.push(await startDisplay(), await startDisplay({ pictures: work }));
    const { executable, program, user } = orThrow(asOrdinaryUser(open, makeFolder(work, 'open')));
    const stage = {
      work,
      user,
      executable,
      program,
      display: displays[0].name,
      fused: {
        executable: orThrow(asOrdinaryUser(fused, makeFolder(work, 'fused'))).executable,
        program: fused.executable,
        display: displays[1].name,
        picture: displays[1].picture,
      },
    };
    return await runVitest(args, config, stage);
  } finally {
    for (const display of displays) display.stop();
    clearAway(work);
  }
}

/** Processes of the app that are on their way out may still write; what stays then is the system's to clear. */
function clearAway(folder) {
  try {
    rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 250 });
  } catch (error) {
    console.log(`${folder} was left behind: ${error.message}`);
  }
}

function makeFolder(work, name) {
  mkdirSync(join(work, name), { mode: 0o755 });
  return join(work, name);
}

function orThrow(found) {
  if (found.problem) throw new StoriesNeed(found.problem);
  return found;
}

function runVitest(args, config, stage) {
  const command = [join(root, 'node_modules', 'vitest', 'vitest.mjs'), 'run', '--config', config];
  const child = spawn(process.execPath, [...command, ...args], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, NETLOOM_E2E: JSON.stringify(stage) },
  });
  process.on('SIGINT', () => undefined);
  return new Promise((resolve) => child.on('exit', (code) => resolve(code ?? 1)));
}

/** What is left of the arguments when `--repeat N` is taken out. */
function readRepeat(args) {
  const at = args.indexOf('--repeat');
  if (at < 0) return { times: 1, rest: args };
  const times = Number(args[at + 1]);
  if (!Number.isInteger(times) || times < 1) giveUp('--repeat takes how many times, a whole number: --repeat 20.');
  return { times, rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

/** What else is done on the same stage (bench/studio) has a configuration of vitest of its own: `--config FILE`. */
function readConfig(args) {
  const at = args.indexOf('--config');
  if (at < 0) return { config: storyConfig, rest: args };
  return { config: args[at + 1], rest: [...args.slice(0, at), ...args.slice(at + 2)] };
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  await setUp();
  const { config, rest: others } = readConfig(process.argv.slice(2));
  const { times, rest } = readRepeat(others);
  for (let turn = 1; turn <= times; turn++) {
    if (times > 1) console.log(`\nRun ${turn} of ${times}`);
    const status = await runStories(rest, config).catch((error) => giveUp(error.message));
    if (status !== 0) process.exit(status);
  }
}
