/** Which Python is taken, what is passed over and why, and the one sentence for those who have none. */
import { chmodSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { environmentFolder, requirementsStamp } from '../../../../electron/services/python/environments';
import { findPython, type PythonFinding } from '../../../../electron/services/python/findPython';
import type { PythonTarget } from '../../../../electron/services/python/pythonPackages';
import { everything, fakePython, writeProgram, type FakePython } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

let home = '';
/** The PATH of these tests has nothing in it but what they put there. */
let onPath = '';
beforeEach(() => {
  home = temporaryHome();
  onPath = join(home, 'on path');
  mkdirSync(onPath);
});

const find = (
  environment: Record<string, string> = {},
  targets: readonly PythonTarget[] = ['pytorch', 'keras', 'onnx'],
  timeLimit = 5000,
): Promise<PythonFinding> =>
  findPython({ targets, home, environment: { PATH: onPath, ...environment }, platform: 'linux', timeLimit });

const system = (fake: FakePython = {}): string => fakePython(onPath, { installed: everything, ...fake }).python;
const virtual = (fake: FakePython = {}, name = 'venv'): string =>
  fakePython(join(home, name, 'bin'), { installed: everything, ...fake }, 'python').python;

/** An environment as the installation leaves it. */
function own(fake: FakePython = {}): string {
  const folder = environmentFolder(home, 'verify');
  const { python } = fakePython(join(folder, 'python', 'bin'), { installed: everything, ...fake }, 'python');
  const list = requirementsStamp('verify', process);
  const stamp = { list, python: '3.11.7', installed: everything, bytes: 1, seconds: 1, made: '2026-11-21' };
  writeFileSync(join(folder, 'installed.json'), JSON.stringify(stamp));
  return python;
}

function taken(finding: PythonFinding): { source: string; executable: string } {
  if (finding.kind !== 'found') throw finding.problem;
  return { source: finding.python.source, executable: finding.python.executable };
}

function sentence(finding: PythonFinding): string {
  if (finding.kind !== 'none') throw new Error(`found ${finding.python.executable}`);
  expect(finding.problem.code).toBe('python-unavailable');
  expect(finding.problem.message).toContain('npx netloom engines install verify --yes');
  return finding.problem.message;
}

describe('the order', () => {
  it('is NETLOOM_PYTHON, the active environment, python3, the one that Netloom installed', async () => {
    const named = fakePython(join(home, 'named'), { installed: everything }).python;
    const environment = { NETLOOM_PYTHON: named, VIRTUAL_ENV: join(home, 'venv'), CONDA_PREFIX: join(home, 'conda') };
    const places = { venv: virtual(), conda: virtual({}, 'conda'), path: system(), own: own() };
    expect(taken(await find(environment))).toEqual({ source: 'NETLOOM_PYTHON', executable: named });
    const active = without(environment, 'NETLOOM_PYTHON');
    expect(taken(await find(active))).toEqual({ source: 'VIRTUAL_ENV', executable: places.venv });
    const conda = without(active, 'VIRTUAL_ENV');
    expect(taken(await find(conda))).toEqual({ source: 'CONDA_PREFIX', executable: places.conda });
    expect(taken(await find())).toEqual({ source: 'PATH', executable: places.path });
    fakePython(onPath, { installed: {} });
    expect(taken(await find())).toEqual({ source: 'verify', executable: places.own });
  });

  it('passes over what will not do, and keeps why', async () => {
    virtual({ installed: without(everything, 'torch', 'safetensors') });
    system({ version: '3.9.18' });
    own();
    const finding = await find({ VIRTUAL_ENV: join(home, 'venv'), CONDA_PREFIX: join(home, 'no conda') });
    expect(taken(finding).source).toBe('verify');
    expect(finding.passedOver).toEqual([
      `${join(home, 'venv', 'bin', 'python')} (Python 3.11.7) lacks torch and safetensors`,
      `${join(home, 'no conda', 'bin', 'python')} is not there`,
      'python3 is Python 3.9.18; 3.10 or newer is needed',
    ]);
  });

  it('asks only for what the targets need', async () => {
    system({ installed: { torch: '2.9.0+cu128', numpy: '2.0', safetensors: '0.5.0' } });
    expect(taken(await find({}, ['pytorch'])).source).toBe('PATH');
    expect(sentence(await find({}, ['onnx']))).toContain('python3 (Python 3.11.7) lacks onnx and onnxruntime');
    expect(sentence(await find({}, ['keras']))).toContain('lacks keras;');
  });

  it('takes any backend of Keras and any build of ONNX Runtime, but none that is too old', async () => {
    const rest = without(everything, 'onnxruntime', 'tensorflow');
    system({ installed: { ...rest, 'onnxruntime-gpu': '1.20.0', jax: '0.5.0' } });
    expect(taken(await find()).source).toBe('PATH');
    system({ installed: { ...everything, keras: '2.15.0' } });
    expect(sentence(await find())).toContain('lacks keras 3.0 or newer (it has 2.15.0)');
  });
});

describe('a Python that NETLOOM_PYTHON names and that will not do', () => {
  const wrong: [string, string, (home: string) => string, number?][] = [
    ['is not there', 'is not there', (at) => join(at, 'nothing')],
    ['is a folder', 'is a folder; name the program in it, such as', (at) => at],
    ['has no rights', 'may not be started', (at) => notExecutable(at)],
    [
      'is a text',
      'is no Python: it ended with exit code 127',
      (at) => writeProgram(join(at, 'text'), 'Python, I say\n'),
    ],
    ['leads nowhere', 'leads to a program that is no longer there', (at) => danglingLink(at)],
    [
      'is another program',
      'is no Python: it ended with exit code 4 and said "what do you want?"',
      (at) => writeProgram(join(at, 'p'), '#!/bin/sh\necho "what do you want?" >&2\nexit 4\n'),
    ],
    [
      'says nothing',
      'is no Python: it ended with exit code 0 and said nothing',
      (at) => writeProgram(join(at, 'p'), '#!/bin/sh\n'),
    ],
    [
      'hangs',
      'did not answer within 1 s',
      (at) => writeProgram(join(at, 'p'), `#!${process.execPath}\nsetInterval(() => undefined, 999)\n`),
      1000,
    ],
    [
      'floods',
      'is no Python: it writes without end',
      (at) => writeProgram(join(at, 'p'), '#!/bin/sh\nwhile :; do echo yes; done\n'),
      60_000,
    ],
    ['lies', 'is no Python', (at) => writeProgram(join(at, 'p'), '#!/bin/sh\necho netloom-python 3.11\n')],
    ['is too old', 'is Python 2.7.18; 3.10 or newer is needed', (at) => fakePython(at, { version: '2.7.18' }).python],
    ['lacks PyTorch', '(Python 3.11.7) lacks torch', (at) => withoutTorch(at)],
  ];

  it.each(wrong)('is the error and never passed over: it %s', async (_, said, make, timeLimit) => {
    system();
    own();
    const named = make(temporaryHome());
    const message = sentence(await find({ NETLOOM_PYTHON: named }, undefined, timeLimit));
    expect(message).toContain(`NETLOOM_PYTHON names ${named}, which ${said}`);
    expect(message).toMatch(/unset NETLOOM_PYTHON and run "npx netloom engines install verify --yes"\.$/);
  });

  it('may be named by a name of the PATH', async () => {
    fakePython(onPath, { installed: everything }, 'my-python');
    expect(taken(await find({ NETLOOM_PYTHON: 'my-python' })).executable).toBe(join(onPath, 'my-python'));
    expect(sentence(await find({ NETLOOM_PYTHON: 'your-python' }))).toContain('your-python, which is not on the PATH');
  });
});

describe('a search', () => {
  it('that is not wanted any more ends at once', async () => {
    writeProgram(join(onPath, 'python3'), `#!${process.execPath}\nsetInterval(() => undefined, 999)\n`);
    const abort = new AbortController();
    setTimeout(() => abort.abort(), 300);
    const searching = findPython({ targets: ['onnx'], home, environment: { PATH: onPath }, signal: abort.signal });
    await expect(searching).rejects.toMatchObject({ code: 'cancelled' });
  });
});

describe('where there is none', () => {
  it('one sentence names the need, what was looked at, and the command', async () => {
    const message = sentence(await find());
    expect(message).toBe(
      'Checking code for pytorch, keras and onnx needs a Python 3.10 or newer with torch, numpy, safetensors, keras, ' +
        'one of tensorflow, torch or jax, onnx and onnxruntime; none was found: python3 is not on the PATH; ' +
        "Netloom's own environment is not installed. Install one for Netloom alone with " +
        '"npx netloom engines install verify --yes", or name yours in NETLOOM_PYTHON.',
    );
  });

  it('half an environment of our own is never taken for a whole one', async () => {
    const python = own();
    const folder = environmentFolder(home, 'verify');
    const marker = join(folder, 'installing.json');
    expect(taken(await find()).executable).toBe(python);
    writeFileSync(marker, JSON.stringify({ began: 'now', failed: null }));
    expect(sentence(await find())).toContain('was not installed to the end.');
    writeFileSync(marker, JSON.stringify({ began: 'now', failed: 'The disk is full: x.' }));
    expect(sentence(await find())).toContain('was not installed to the end: The disk is full: x.');
    writeFileSync(marker, 'torn');
    expect(sentence(await find())).toContain('was not installed to the end.');
  });

  it('one of another list, a torn stamp and a damaged one are said too', async () => {
    own();
    const stamp = join(environmentFolder(home, 'verify'), 'installed.json');
    const old = { list: 'of old', python: '3.11.7', installed: {}, bytes: 1, seconds: 1, made: '' };
    writeFileSync(stamp, JSON.stringify(old));
    expect(sentence(await find())).toContain('was installed by another version of Netloom, with other packages');
    writeFileSync(stamp, '{"list":');
    expect(sentence(await find())).toContain('was not installed to the end');
    writeFileSync(stamp, JSON.stringify({ ...old, list: requirementsStamp('verify', process) }));
    fakePython(join(environmentFolder(home, 'verify'), 'python', 'bin'), { installed: {} }, 'python');
    expect(sentence(await find())).toContain('is damaged: its Python (Python 3.11.7) lacks torch');
  });
});

function without(all: Record<string, string>, ...names: string[]): Record<string, string> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)));
}

function notExecutable(at: string): string {
  const file = join(at, 'program');
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o644);
  return file;
}

function danglingLink(at: string): string {
  const link = join(at, 'python');
  symlinkSync(join(at, 'gone'), link);
  return link;
}

function withoutTorch(at: string): string {
  const installed = without(everything, 'torch');
  const { python } = fakePython(join(at, 'a folder with ä 世界'), { installed });
  expect(dirname(python)).toContain('世界');
  return python;
}
