/** The package as somebody gets it: packed, installed into an empty folder without any script, and used from there. */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { netloomProcess } from '../../drivers/netloomProcess';
import { temporaryHome } from '../../drivers/temporaryHome';

const root = join(__dirname, '..', '..', '..');

interface Manifest {
  version: string;
  dependencies: Record<string, string>;
}

interface Locked {
  packages: Record<string, { dev?: boolean }>;
}

const read = <Content>(file: string): Content => JSON.parse(readFileSync(file, 'utf8')) as Content;

interface Packed {
  filename: string;
  files: { path: string }[];
}

function pack(into: string): Packed {
  const words = ['pack', '--json', '--ignore-scripts', '--pack-destination', into];
  const [packed] = JSON.parse(execFileSync('npm', words, { cwd: root, encoding: 'utf8', stdio: 'pipe' })) as [Packed];
  return packed;
}

/** What `npm install` of the archive would write, from our own lock file: nothing is looked up, archives are cached. */
function lockFile(archive: string, name: string): object {
  const { version, dependencies } = read<Manifest>(join(root, 'package.json'));
  const integrity = `sha512-${createHash('sha512').update(readFileSync(archive)).digest('base64')}`;
  const needed = Object.entries(read<Locked>(join(root, 'package-lock.json')).packages).filter(([path, { dev }]) => {
    return path !== '' && !dev;
  });
  const own = { version, resolved: `file:${name}`, integrity, dependencies, bin: { netloom: 'bin/netloom.cjs' } };
  const packages = {
    '': { name: 'user', dependencies: { netloom: `file:${name}` } },
    'node_modules/netloom': own,
    ...Object.fromEntries(needed),
  };
  return { name: 'user', lockfileVersion: 3, requires: true, packages };
}

describe('the package', () => {
  it('holds what is needed and no more, installs without scripts, and works', async () => {
    const home = temporaryHome();
    const folder = realpathSync(temporaryHome());
    // Builds what is not built yet.
    await netloomProcess(['--version'], { home }).ended;
    const { filename, files } = pack(folder);
    const outside = files.filter(
      ({ path }) =>
        !/^(bin|dist|assets|python\/(verify|engine))\/|^(python\/(verify_exports|run_engine)\.py|python\/README\.md|README\.md|LICENSE|package\.json)$/.test(
          path,
        ),
    );
    expect(outside).toEqual([]);
    expect(files.filter(({ path }) => /\.(map|ts)$/.test(path))).toEqual([]);
    // A command that trains nothing starts in a moment: the tensor library is the trainer's alone.
    expect(readFileSync(join(root, 'dist', 'cli.cjs'), 'utf8')).not.toMatch(/require\("@tensorflow\//);

    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'user', dependencies: { netloom: `file:${filename}` } }),
    );
    writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockFile(join(folder, filename), filename)));
    execFileSync('npm', ['ci', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund'], {
      cwd: folder,
      stdio: 'pipe',
    });

    const run = async (...words: string[]): Promise<string> => {
      const shell = netloomProcess(words, { home, folder, command: ['npx', '--no-install', 'netloom'] });
      expect([await shell.ended, words, shell.errors()]).toEqual([
        { code: 0, signal: null },
        words,
        expect.any(String),
      ]);
      return shell.output();
    };
    mkdirSync(join(folder, 'work'));
    expect(await run('--version')).toContain(read<Manifest>(join(root, 'package.json')).version);
    expect(await run('new', 'spiral-mlp', 'work/mine')).toContain('mine.netloom');
    expect(await run('check', 'work/mine.netloom')).toContain('ready to train');
    const lines = (await run('train', 'work/mine.netloom', '--epochs', '2', '--json')).trim().split('\n');
    expect(JSON.parse(lines[lines.length - 1] ?? '')).toMatchObject({ event: 'done', state: 'finished' });
    expect(await run('runs')).toContain('finished');
    expect(await run('data', 'fetch', 'digits')).toContain('digits is ready');
    expect(await run('engines')).toContain('● ready  wasm');
  });
});
