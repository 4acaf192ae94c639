/** Bundles programs and window into dist/, and knows whether dist/ is still true to the sources. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** What runs in Node or in Electron's main and utility processes: packages stay outside. */
const programs = {
  main: 'electron/main/app.ts',
  cli: 'electron/cli/main.ts',
  trainer: 'electron/trainer/entry.ts',
  prepare: 'electron/services/prepareProcess.ts',
  reader: 'electron/services/reader/readerProcess.ts',
  exporter: 'electron/services/exporter/exporterProcess.ts',
  runExported: 'electron/services/export/tfjs/runExported.ts',
};
/** What runs in the sandbox, where nothing but `electron` can be required. */
const sandboxed = { preload: 'electron/preload/preload.ts' };

/** Each part is built on its own: the terminal does not wait for the window. */
const parts = {
  programs: { sources: ['shared', 'electron'], make: makePrograms },
  window: { sources: ['shared', 'renderer'], make: makeWindow },
};

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(md|tsbuildinfo)$/.test(entry.name) ? [] : [path];
  });
}

/** Changes whenever a file changes, is added or goes away. */
export function stampOf(places) {
  const hash = createHash('sha256');
  const files = places.flatMap((place) =>
    /\.\w+$/.test(place) ? [join(root, place)] : sourceFiles(join(root, place)),
  );
  for (const file of files.sort()) hash.update(`${file}\0`).update(readFileSync(file));
  return hash.digest('hex');
}

const stampOfPart = (part) => stampOf([...parts[part].sources, 'package-lock.json', 'tools/build.mjs']);

function readStamps() {
  const file = join(dist, 'build.json');
  return existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
}

const present = (entries) =>
  Object.fromEntries(Object.entries(entries).filter(([, source]) => existsSync(join(root, source))));

/** CommonJS for Electron 22's Node 16 and everything newer. */
async function makePrograms(aside) {
  const { build: bundle } = await import('esbuild');
  const common = {
    absWorkingDir: root,
    outdir: aside,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16.17',
    // What is loaded later is loaded by require: import() finds no package inside of an asar archive in Electron 22.
    supported: { 'dynamic-import': false },
    sourcemap: true,
    logLevel: 'warning',
  };
  // What is installed beside the programs is loaded from there; all else becomes part of them.
  const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const external = [...Object.keys(dependencies), 'electron'];
  await bundle({ ...common, entryPoints: present(programs), external });
  await bundle({ ...common, entryPoints: present(sandboxed), external: ['electron'] });
}

async function makeWindow(aside) {
  const { build: bundle } = await import('vite');
  await bundle({
    configFile: join(root, 'renderer', 'vite.config.mts'),
    logLevel: 'warn',
    build: { outDir: join(aside, 'renderer') },
  });
}

/** Builds aside and renames each piece, so that a process that starts meanwhile never reads half a bundle. */
async function buildPart(part) {
  const stamp = stampOfPart(part);
  const aside = join(root, '.cache', `build-${randomUUID()}`);
  mkdirSync(aside, { recursive: true });
  try {
    await parts[part].make(aside);
    mkdirSync(dist, { recursive: true });
    for (const name of readdirSync(aside)) replace(join(aside, name), join(dist, name));
    const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
    writeFileSync(join(aside, 'build.json'), `${JSON.stringify({ ...readStamps(), version, [part]: stamp })}\n`);
    renameSync(join(aside, 'build.json'), join(dist, 'build.json'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

/** A file is replaced in one step; a folder has to make room first. */
function replace(made, place) {
  if (made.endsWith('renderer') && existsSync(place)) renameSync(place, join(made, '..', `old-${randomUUID()}`));
  renameSync(made, place);
}

/** `all`: also the window, which the terminal needs not. */
export async function ensureBuilt({ all = false } = {}) {
  const stamps = readStamps();
  const wanted = all ? Object.keys(parts) : ['programs'];
  for (const part of wanted.filter((name) => stamps[name] !== stampOfPart(name))) await buildPart(part);
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) {
  for (const part of Object.keys(parts)) await buildPart(part);
}
