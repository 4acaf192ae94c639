/** Bundles what runs outside the tests into dist/, and knows whether dist/ is still true to the sources. */
import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const dist = join(root, 'dist');

/** One bundle a process: CommonJS for Electron 22's Node 16 and everything newer; packages stay outside. */
const entries = {
  cli: 'electron/cli/main.ts',
  trainer: 'electron/trainer/entry.ts',
  prepare: 'electron/services/prepareProcess.ts',
};

function sourceFiles(folder) {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return sourceFiles(path);
    return /\.(ts|json)$/.test(entry.name) ? [path] : [];
  });
}

/** Changes whenever a source file changes, is added or goes away. */
function sourceStamp() {
  const hash = createHash('sha256');
  const files = [...sourceFiles(join(root, 'shared')), ...sourceFiles(join(root, 'electron'))];
  for (const file of [...files.sort(), join(root, 'package-lock.json'), fileURLToPath(import.meta.url)]) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

export function isBuilt() {
  const stamp = join(dist, 'build.json');
  if (!existsSync(stamp)) return false;
  return JSON.parse(readFileSync(stamp, 'utf8')).sources === sourceStamp();
}

/** Builds aside and renames each file, so that a process that runs meanwhile never reads half a bundle. */
export async function build() {
  const { build: bundle } = await import('esbuild');
  const sources = sourceStamp();
  const aside = join(root, '.cache', `build-${randomUUID()}`);
  mkdirSync(aside, { recursive: true });
  try {
    await bundle({
      absWorkingDir: root,
      entryPoints: entries,
      outdir: aside,
      outExtension: { '.js': '.cjs' },
      bundle: true,
      platform: 'node',
      format: 'cjs',
      target: 'node16.17',
      packages: 'external',
      sourcemap: true,
      logLevel: 'warning',
    });
    const version = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).version;
    writeFileSync(join(aside, 'build.json'), `${JSON.stringify({ version, sources })}\n`);
    mkdirSync(dist, { recursive: true });
    const made = readdirSync(aside).filter((name) => statSync(join(aside, name)).isFile());
    for (const name of made.filter((file) => file !== 'build.json')) renameSync(join(aside, name), join(dist, name));
    renameSync(join(aside, 'build.json'), join(dist, 'build.json'));
  } finally {
    rmSync(aside, { recursive: true, force: true });
  }
}

export async function ensureBuilt() {
  if (!isBuilt()) await build();
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) await build();
