/** ruff and pyright for the tests: what is missing is said in a sentence, and nothing half done is taken for whole. */
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
  tools?: string;
  problem?: string;
}
type Find = (options: { cache: string; environment: NodeJS.ProcessEnv }) => Promise<Found>;

let folder: string;
let cache: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'netloom-python-tools-'));
  cache = join(folder, 'cache');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** A program that answers as told, first in the path, and keeps what it was asked. */
function pretend(name: string, script: string): string {
  const file = join(folder, name);
  writeFileSync(file, `#!/bin/sh\necho ${name} "$@" >> ${folder}/asked\n${script}\n`);
  chmodSync(file, 0o755);
  return file;
}

async function find(more: NodeJS.ProcessEnv = {}): Promise<Found> {
  const { findPythonTools } = await loadTool<{ findPythonTools: Find }>('pythonTools.mjs');
  return findPythonTools({ cache, environment: { PATH: `${folder}:/usr/bin:/bin`, ...more } });
}

const putPyright = 'mkdir -p node_modules/pyright && touch node_modules/pyright/index.js';
/** Where pip is told to install: the last of its words. */
const putRuff = 'for last; do :; done; mkdir -p "$last/bin" && touch "$last/bin/ruff"';
const left = (): string[] => (existsSync(cache) ? readdirSync(cache) : []);

describe('the tools for exported Python', () => {
  it('are made once, by npm and by the pip of the tests, with exactly the files that the lists name', async () => {
    pretend('npm', putPyright);
    const python = pretend('python-of-tests', putRuff);
    const { tools } = await find({ NETLOOM_TEST_PYTHON: python });
    expect(existsSync(join(tools ?? '', 'bin', 'ruff'))).toBe(true);
    expect(readFileSync(join(tools ?? '', 'requirements.txt'), 'utf8')).toMatch(/^ruff==\S+ \\\n +--hash=sha256:/m);
    const asked = readFileSync(join(folder, 'asked'), 'utf8');
    expect(asked).toContain('npm ci --ignore-scripts');
    expect(asked).toContain('--no-deps --only-binary=:all: --require-hashes --requirement');
    expect(await find({ NETLOOM_TEST_PYTHON: python }), 'the second time they are there').toEqual({ tools });
    expect(readFileSync(join(folder, 'asked'), 'utf8')).toBe(asked);
  });

  it('are those of a folder that is named, if it has both', async () => {
    pretend('npm', putPyright);
    const { tools } = await find({ NETLOOM_TEST_PYTHON: pretend('python-of-tests', putRuff) });
    expect(await find({ NETLOOM_TEST_PYTHON_TOOLS: tools })).toEqual({ tools });
    expect((await find({ NETLOOM_TEST_PYTHON_TOOLS: folder })).problem).toBe(
      `NETLOOM_TEST_PYTHON_TOOLS names ${folder}, which has no ruff and pyright. Name a folder that node tools/pythonTools.mjs made, or unset the variable.`,
    );
  });

  it('are missing with a sentence where npm, pip or the network are, and nothing half done stays', async () => {
    pretend('npm', 'echo "npm error network request to the registry failed" >&2; exit 1');
    expect((await find()).problem).toMatch(/npm could not install pyright \(npm error network .* failed\)/);
    pretend('npm', putPyright);
    const python = pretend('python-of-tests', 'echo "ERROR: No matching distribution found" >&2; exit 1');
    expect((await find({ NETLOOM_TEST_PYTHON: python })).problem).toMatch(
      /could not be installed for the tests: pip could not install ruff \(No matching distribution found\)/,
    );
    pretend('python-of-tests', 'echo "python: No module named pip" >&2; exit 1');
    expect((await find({ NETLOOM_TEST_PYTHON: python })).problem).toContain(`${python} has no pip.`);
    pretend('python-of-tests', 'exit 0');
    expect((await find({ NETLOOM_TEST_PYTHON: python })).problem).toContain('the programs are not there');
    expect(left()).toEqual([]);
  });

  it('are made anew where somebody ended a making, whose rest is cleared away', async () => {
    pretend('npm', putPyright);
    mkdirSync(join(cache, 'aside-killed'), { recursive: true });
    const { tools } = await find({ NETLOOM_TEST_PYTHON: pretend('python-of-tests', putRuff) });
    expect(left()).toHaveLength(1);
    rmSync(join(tools ?? '', 'bin', 'ruff'));
    expect(await find({ NETLOOM_TEST_PYTHON: join(folder, 'python-of-tests') })).toEqual({ tools });
    expect(existsSync(join(tools ?? '', 'bin', 'ruff'))).toBe(true);
  });
});
