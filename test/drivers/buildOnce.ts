/** The bundles that tests start as processes: built once for each state of the sources, whoever asks first. */
import { build } from 'esbuild';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';

const root = join(__dirname, '..', '..');

const entries = {
  trainer: 'electron/trainer/entry.ts',
  prepare: 'electron/services/prepareProcess.ts',
  reader: 'electron/services/reader/readerProcess.ts',
  exporter: 'electron/services/exporter/exporterProcess.ts',
  runExported: 'electron/services/export/tfjs/runExported.ts',
} as const;

const building = new Map<string, Promise<string>>();

/** The path of a bundle, such as that of `dist/trainer.cjs`; its folder lies in `.cache`. */
export function buildOnce(entry: keyof typeof entries): Promise<string> {
  const folder = join(root, '.cache', `test-bundles-${sourceStamp()}`);
  const file = join(folder, `${entry}.cjs`);
  const known = building.get(file);
  if (known) return known;
  const made = existsSync(file) ? Promise.resolve(file) : bundle(entry, folder, file);
  building.set(file, made);
  return made;
}

/** Built aside and renamed: another test file may build the same at the same time. */
async function bundle(entry: keyof typeof entries, folder: string, file: string): Promise<string> {
  const aside = `${folder}-${process.pid}`;
  mkdirSync(folder, { recursive: true });
  await build({
    absWorkingDir: root,
    entryPoints: { [entry]: entries[entry] },
    outdir: aside,
    outExtension: { '.js': '.cjs' },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node16.17',
    packages: 'external',
    logLevel: 'error',
  });
  renameSync(join(aside, `${entry}.cjs`), file);
  rmSync(aside, { recursive: true, force: true });
  removeOlder(folder);
  return file;
}

/** Of other states of the sources; those of the last few may still be in use. */
function removeOlder(current: string): void {
  const cache = join(root, '.cache');
  const others = readdirSync(cache).filter((name) => /^test-bundles-[0-9a-f]+$/.test(name) && !current.endsWith(name));
  for (const name of others.slice(0, -8)) rmSync(join(cache, name), { recursive: true, force: true });
}

function sourceStamp(): string {
  const hash = createHash('sha256');
  for (const file of [...sourceFiles(join(root, 'shared')), ...sourceFiles(join(root, 'electron'))].sort()) {
    hash.update(`${file}\0`).update(readFileSync(file));
  }
  return hash.digest('hex').slice(0, 12);
}

function sourceFiles(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sourceFiles(path) : path.endsWith('.ts') ? [path] : [];
  });
}
