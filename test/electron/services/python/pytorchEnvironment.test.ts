/** Which Python trains with PyTorch, which build a machine gets, and the exact sentences where there is none. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import {
  environmentFolder,
  environments,
  requirementsStamp,
  type EnvironmentName,
} from '../../../../electron/services/python/environments';
import { environmentState } from '../../../../electron/services/python/environmentState';
import { findPython } from '../../../../electron/services/python/findPython';
import type { Machine } from '../../../../electron/services/python/machine';
import { pytorchBuild } from '../../../../electron/services/python/pytorchBuild';
import type { Probe } from '../../../../electron/trainer/engines/engine';
import { createPytorchEngine } from '../../../../electron/trainer/engines/pytorch/pytorchEngine';
import { fakePython, writeProgram, type FakePython } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

const enough = { torch: '2.14.1', numpy: '2.2.6', safetensors: '0.8.0' };
const command = '"npx netloom engines install pytorch --yes"';

let home = '';
let onPath = '';
beforeEach(() => {
  home = temporaryHome();
  onPath = join(home, 'on path');
  mkdirSync(onPath);
});

/** An environment as the installation leaves it. */
function own(name: EnvironmentName, fake: FakePython = {}): string {
  const folder = environmentFolder(home, name);
  const { python } = fakePython(join(folder, 'python', 'bin'), { installed: enough, ...fake }, 'python');
  const list = requirementsStamp(name, process);
  const stamp = { list, python: '3.11.7', installed: enough, bytes: 1, seconds: 1, made: '2026-11-21' };
  writeFileSync(join(folder, 'installed.json'), JSON.stringify(stamp));
  return python;
}

/** Fakes answer what a Python is asked, and are no engine: that it was them who were started shows in what is said. */
function probe(environment: Record<string, string> = {}): Promise<Probe> {
  return createPytorchEngine({ home, environment: { PATH: onPath, ...environment }, script: 'run_engine.py' }).probe();
}

async function reason(environment: Record<string, string> = {}): Promise<string> {
  const { available, reason: said } = await probe(environment);
  expect(available).toBe(false);
  return said ?? '';
}

describe('the engine for PyTorch', () => {
  it('without any Python says what was looked at and which command installs one', async () => {
    expect(await reason()).toBe(
      'Training with PyTorch needs a Python 3.10 or newer with torch, numpy and safetensors; none was found: python3 is ' +
        "not on the PATH; Netloom's own environment pytorch is not installed; Netloom's own environment verify is not " +
        `installed. Install one for Netloom alone with ${command}, or name yours in NETLOOM_PYTHON.`,
    );
  });

  it('passes a Python without torch over, and names it', async () => {
    fakePython(onPath, { installed: { numpy: '2.2.6' } });
    expect(await reason()).toContain('none was found: python3 (Python 3.11.7) lacks torch and safetensors; ');
  });

  it('says of a named Python that is none, or has no torch, what to do', async () => {
    const none = writeProgram(join(home, 'none'), '#!/bin/sh\necho "no such luck" >&2\nexit 4\n');
    const way = `Name a Python 3.10 or newer that has torch, numpy and safetensors, or unset NETLOOM_PYTHON and run ${command}.`;
    expect(await reason({ NETLOOM_PYTHON: none })).toBe(
      `NETLOOM_PYTHON names ${none}, which is no Python: it ended with exit code 4 and said "no such luck". ${way}`,
    );
    const { python } = fakePython(join(home, 'bare'), { installed: {} });
    expect(await reason({ NETLOOM_PYTHON: python })).toBe(
      `NETLOOM_PYTHON names ${python}, which (Python 3.11.7) lacks torch, numpy and safetensors. ${way}`,
    );
  });

  it('takes its own environment before the one that checks exported code, and that where its own is damaged', async () => {
    const find = (): ReturnType<typeof findPython> =>
      findPython({ targets: ['pytorch'], environments: ['pytorch', 'verify'], home, environment: { PATH: onPath } });
    own('verify');
    expect(await find()).toMatchObject({ kind: 'found', python: { source: 'verify' } });
    const executable = own('pytorch');
    expect(await find()).toMatchObject({ kind: 'found', python: { source: 'pytorch', executable } });
    writeProgram(executable, '#!/bin/sh\nexit 9\n');
    const { kind, passedOver } = await find();
    expect(kind).toBe('found');
    expect(passedOver[1]).toBe(
      "Netloom's own environment pytorch is damaged: its Python is no Python: it ended with exit code 9 and said nothing",
    );
  });

  it('that does not speak is an error in the words of what was started', async () => {
    const { python } = fakePython(join(home, 'mute'), { installed: enough });
    const said = await reason({ NETLOOM_PYTHON: python });
    expect(said).toMatch(/^The process of the engine "pytorch" is gone: /);
    expect((await probe({ NETLOOM_PYTHON: python })).remedy).toBe(
      `Mend that Python, or name another one in NETLOOM_PYTHON; ${command} installs one for Netloom alone.`,
    );
    own('pytorch');
    expect((await probe()).remedy).toBe('Repair it with "npx netloom engines repair pytorch --yes".');
  });

  it('is told by NETLOOM_PYTORCH what it cannot be told', async () => {
    expect(await reason({ NETLOOM_PYTORCH: 'device=tpu' })).toContain('device takes auto, cpu, mps, cuda');
  });
});

describe('the build of PyTorch', () => {
  const linux: Machine = { platform: 'linux', arch: 'x64' };
  const builds: [string, Machine, string | null, boolean][] = [
    ['without a driver', { ...linux, nvidiaDriver: null }, 'cpu', false],
    ['with a driver for CUDA 13', { ...linux, nvidiaDriver: '580.65.06' }, null, true],
    ['with a newer driver', { ...linux, nvidiaDriver: '601.1' }, null, true],
    ['with a driver that does not say its version', { ...linux, nvidiaDriver: 'unknown' }, null, true],
    ['with a driver for CUDA 12', { ...linux, nvidiaDriver: '550.54.15' }, 'cu126', true],
    ['with a driver that is too old', { ...linux, nvidiaDriver: '470.256.02' }, 'cpu', false],
    [
      'on ARM with a driver for CUDA 12 alone',
      { platform: 'linux', arch: 'arm64', nvidiaDriver: '550.1' },
      'cpu',
      false,
    ],
    ['on Windows without a driver', { platform: 'win32', arch: 'x64', nvidiaDriver: null }, null, false],
    ['on Windows with one', { platform: 'win32', arch: 'x64', nvidiaDriver: '581.0' }, 'cu130', true],
    ['on a Mac', { platform: 'darwin', arch: 'arm64', nvidiaDriver: null }, null, false],
  ];

  it.each(builds)('%s is the one that its driver runs', (_, machine, index, cuda) => {
    expect(pytorchBuild(machine)).toMatchObject({ index, cuda });
    const address = index === null ? undefined : `https://download.pytorch.org/whl/${index}`;
    expect(environments.pytorch.buildIndex(machine)?.address).toBe(address);
    const { usual, lean } = environments.pytorch.size(machine);
    // Several gigabytes with CUDA, a few hundred megabytes without.
    expect((lean ?? usual).download > 1e9).toBe(cuda);
    expect((lean ?? usual).needed).toBeGreaterThan((lean ?? usual).disk);
  });

  it('counts as outdated once another one fits, such as after a driver was installed', () => {
    const before: Machine = { ...linux, nvidiaDriver: null };
    const folder = environmentFolder(home, 'pytorch');
    mkdirSync(join(folder, 'python'), { recursive: true });
    const stamp = {
      list: requirementsStamp('pytorch', before),
      python: '3.11.7',
      installed: enough,
      bytes: 1,
      seconds: 1,
      made: '',
    };
    writeFileSync(join(folder, 'installed.json'), JSON.stringify(stamp));
    expect(environmentState(home, 'pytorch', before).kind).toBe('ready');
    expect(environmentState(home, 'pytorch', { ...before, nvidiaDriver: '580.1' }).kind).toBe('outdated');
    // What checks exported code is the same with any build.
    expect(requirementsStamp('verify', before)).toBe(requirementsStamp('verify', { ...before, nvidiaDriver: '580.1' }));
  });
});
