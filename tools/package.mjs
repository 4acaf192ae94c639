/** `npm run package`: the installers of this platform. For the tests: the packed app in a folder, unfused or fused. */
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readlinkSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { ensureBuilt, stampOf } from './build.mjs';
import { withLock } from './lock.mjs';
import { findRuntime } from './runtime.mjs';
import { cacheFolder, makeAside, settle } from './runtime/cache.mjs';
import { giveUp, root, setUp } from './setup.mjs';

const packages = join(cacheFolder, '..', 'packages');
const kept = 4;
const recipe = join(root, 'electron-builder.yml');

/**
 * `{folder, executable}` of the packed app; packed again only when something in it changed. Playwright drives the
 * unfused one: it needs the inspector that a fuse forbids.
 */
export async function packForTests(runtime, { fused = false } = {}) {
  return withLock(join(packages, 'lock'), async () => {
    await ensureBuilt({ all: true });
    const sources = ['dist/build.json', 'assets', 'electron-builder.yml', 'package-lock.json', 'package.json'];
    const stamp = stampOf([...sources, 'tools/package.mjs']).slice(0, 16);
    const folder = join(packages, `${fused ? 'fused' : 'open'}-${runtime.version}-${stamp}`);
    if (!existsSync(folder)) packAside(runtime, fused, folder);
    utimesSync(folder, new Date(), new Date());
    forgetOldOnes(folder);
    return { folder, executable: join(folder, 'netloom') };
  });
}

/** In a process of its own, because electron-builder talks a lot: what it said is shown when it fails. */
function packAside(runtime, fused, folder) {
  const aside = makeAside(packages);
  try {
    const order = JSON.stringify({ output: aside, runtime, fused });
    const command = [fileURLToPath(import.meta.url), '--folder', order];
    const result = spawnSync(process.execPath, command, { cwd: root, encoding: 'utf8', timeout: 5 * 60_000 });
    if (result.status !== 0) {
      process.stdout.write(`${result.stdout}${result.stderr}`);
      throw new Error('The app could not be packed; electron-builder says why above.');
    }
    settle(join(aside, 'linux-unpacked'), folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

async function packFolder({ output, runtime, fused }) {
  const { build, Platform } = await import('electron-builder');
  const config = {
    extends: recipe,
    directories: { output },
    electronDist: runtime.folder,
    electronVersion: runtime.version,
    ...(fused ? { afterPack: leaveOutUnknownFuses } : { electronFuses: null }),
  };
  await build({ projectDir: root, targets: Platform.LINUX.createTarget('dir'), publish: 'never', config });
}

/** Electron knows the last switch since version 29; before that setting it is an error. Fuses are set after this hook. */
function leaveOutUnknownFuses({ packager }) {
  if (Number.parseInt(packager.config.electronVersion, 10) >= 29) return;
  delete packager.config.electronFuses.grantFileProtocolExtraPrivileges;
}

/** Another run of the tests may still use what it packed: only what is old and not running goes. */
function forgetOldOnes(current) {
  const all = readdirSync(packages)
    .filter((name) => /^(open|fused)-/.test(name))
    .map((name) => join(packages, name))
    .sort((a, b) => statSync(b).mtimeMs - statSync(a).mtimeMs);
  const running = runningPrograms();
  for (const folder of all.slice(kept)) {
    if (folder === current || running.some((program) => program.startsWith(folder))) continue;
    rmSync(folder, { recursive: true, force: true });
  }
}

function runningPrograms() {
  const ids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  return ids.flatMap((id) => {
    try {
      return [readlinkSync(`/proc/${id}/exe`)];
    } catch {
      return [];
    }
  });
}

/** With the Electron that `npm start` uses: the official one, or the one that the user names. */
async function packInstallers() {
  await setUp();
  const runtime = await findRuntime();
  if (runtime.problem) giveUp(runtime.problem);
  const { build } = await import('electron-builder');
  const electron = { electronDist: runtime.folder, electronVersion: runtime.version };
  try {
    await ensureBuilt({ all: true });
    const made = await build({ projectDir: root, publish: 'never', config: { extends: recipe, ...electron } });
    console.log(`\nMade:\n${made.map((file) => `  ${file}`).join('\n')}`);
  } catch (error) {
    giveUp(`The installers could not be made. ${error.message}`);
  }
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  if (process.argv[2] === '--folder') await packFolder(JSON.parse(process.argv[3]));
  else await packInstallers();
}
