/** The tfjs-node of the tests: what is missing is said in a sentence, and nothing half done is taken for whole. */
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { loadTool } from './load';

interface Found {
  folder?: string;
  nodeModules?: string;
  tensorflow?: { folder: string; version: string };
  problem?: string;
}
type FindTfjsNode = (options: { cache: string; platform?: string; environment?: NodeJS.ProcessEnv }) => Promise<Found>;

let folder: string;
let programs: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-tfjs-node-'));
  programs = join(folder, 'programs');
  cache = join(folder, 'cache');
  mkdirSync(programs);
});
afterEach(() => {
  chmodSync(folder, 0o755);
  rmSync(folder, { recursive: true, force: true });
});

/** A program that answers as told, first in the path. */
function pretend(name: string, script: string): string {
  const file = join(programs, name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function find(more: NodeJS.ProcessEnv = {}, platform = 'linux-x64'): Promise<Found> {
  const { findTfjsNode } = await loadTool<{ findTfjsNode: FindTfjsNode }>('tfjsNode.mjs');
  const environment = { PATH: `${programs}:/usr/bin:/bin`, XDG_CACHE_HOME: join(folder, 'home'), ...more };
  return findTfjsNode({ cache, platform, environment });
}

/** What a folder of TensorFlow has, as far as the tool looks before it compiles. */
function pretendTensorFlow(): string {
  const library = join(folder, 'tensorflow');
  const headers = join(library, 'include', 'tensorflow', 'c', 'eager');
  mkdirSync(headers, { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) writeFileSync(join(library, name), '');
  writeFileSync(join(headers, 'c_api.h'), '');
  return library;
}

/** A Python that has it. */
function pythonWith(library: string, version = '2.21.0'): string {
  const answer = `echo '${JSON.stringify({ folder: library, version })}'`;
  return pretend('python-of-mine', `test "$1" = -m && echo "ERROR: no network" >&2 && exit 1\n${answer}`);
}

const left = (): string[] => (existsSync(cache) ? readdirSync(cache) : []);

describe('what is missing', () => {
  it('is said on other systems than Linux on x86-64', async () => {
    expect((await find({}, 'darwin-arm64')).problem).toMatch(/Linux on x86-64 only, this is darwin-arm64/);
  });

  it('is said before anything is downloaded: a compiler', async () => {
    const none = await find({ PATH: programs });
    expect(none.problem).toMatch(/no C\+\+ compiler g\+\+\. Install one \(on Debian: apt-get install g\+\+\)/);
    pretend('g++', 'echo "cannot find cc1plus" >&2; exit 1');
    expect((await find()).problem).toMatch(/compiler g\+\+ does not work \(cannot find cc1plus\)/);
    expect(left(), 'nothing half done is left').toEqual([]);
  });

  it('is said of Python, of pip and of the network', async () => {
    pretend('g++', 'exit 0');
    expect((await find({ PATH: programs })).problem).toContain('python3 is not there');
    pretend('python3', 'echo "/usr/bin/python3: No module named pip" >&2; exit 1');
    expect((await find()).problem).toContain('python3 has no pip');
    pretend('python3', 'echo "ERROR: No matching distribution found" >&2; exit 1');
    expect((await find()).problem).toMatch(
      /could not download tensorflow-cpu==2\.21\.0 \(No matching distribution found\)/,
    );
    const environment = { NETLOOM_PYTHON: pythonWith(pretendTensorFlow()) };
    pretend('npm', 'echo "npm error network request to the registry failed" >&2; exit 1');
    expect((await find(environment)).problem).toMatch(
      /npm could not install tfjs-node \(npm error network .* failed\)/,
    );
    expect(left(), 'nothing half done is left').toEqual([]);
  });

  it('is said of a cache that cannot be written', async () => {
    writeFileSync(cache, 'a file');
    expect((await find()).problem).toMatch(/could not be made: .*EEXIST|ENOTDIR/);
  });
});

describe('the library', () => {
  it('is asked of pip as exactly one file, by its checksum', async () => {
    pretend('g++', 'exit 0');
    const asked = join(folder, 'asked');
    pretend('python3', `echo "$@" >> ${asked}; cat ${cache}/aside-*/wanted.txt >> ${asked}; exit 1`);
    await find();
    const text = readFileSync(asked, 'utf8');
    expect(text).toContain('--require-hashes');
    expect(text).toMatch(/tensorflow-cpu==2\.21\.0 --hash=sha256:[0-9a-f]{64}/);
  });

  it('is that of a Python which has it, unless it is too old', async () => {
    const seen = join(folder, 'seen');
    pretend('g++', `echo "$@" >> ${seen}; test "$1" = --version`);
    pretend('npm', 'mkdir -p node_modules/@tensorflow/tfjs-node');
    const library = pretendTensorFlow();
    const old = await find({ NETLOOM_PYTHON: pythonWith(library, '1.15.0') });
    expect(old.problem, 'asks pip').toContain('pip could not download');
    const recent = await find({ NETLOOM_PYTHON: pythonWith(library) });
    expect(recent.problem).toContain('binding of tfjs-node could not be compiled');
    expect(readFileSync(seen, 'utf8')).toContain(`-Wl,-rpath,${library}`);
    expect(left()).toEqual([]);
  });
});

describe('what was made', () => {
  /** A folder with a stamp, as a finished build leaves it. */
  async function finished(library: string): Promise<string> {
    pretend('g++', 'exit 1');
    await find();
    const made = join(cache, await nameOfFolder());
    mkdirSync(made, { recursive: true });
    writeFileSync(join(made, 'stamp.json'), JSON.stringify({ tensorflow: { folder: library, version: '2.21.0' } }));
    return made;
  }
  async function nameOfFolder(): Promise<string> {
    const { folderName } = await loadTool<{ folderName: () => string }>('tfjsNode.mjs');
    return folderName();
  }

  it('is taken as it is while its library is there', async () => {
    const library = pretendTensorFlow();
    const made = await finished(library);
    const tensorflow = { folder: library, version: '2.21.0' };
    expect(await find()).toEqual({ folder: made, nodeModules: join(made, 'node_modules'), tensorflow });
  });

  it('is made anew where the library has gone, the stamp is torn, or a build was interrupted', async () => {
    const library = pretendTensorFlow();
    const made = await finished(library);
    rmSync(join(library, 'libtensorflow_cc.so.2'));
    mkdirSync(join(cache, 'aside-killed'));
    expect((await find()).problem).toContain('compiler g++ does not work');
    expect(existsSync(made)).toBe(false);
    expect(left(), 'what a killed build left is cleared away').toEqual([]);
    mkdirSync(made);
    writeFileSync(join(made, 'stamp.json'), '{"tens');
    expect((await find()).problem).toContain('compiler g++ does not work');
  });
});
