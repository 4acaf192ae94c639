/** The environment of the engine: the build that fits the machine, in full or not at all. */
import { existsSync } from 'node:fs';
import { beforeEach, describe, expect, it } from 'vitest';
import { environmentFolder, environments, venvFolder } from '../../../../electron/services/python/environments';
import { environmentState } from '../../../../electron/services/python/environmentState';
import { installEnvironment } from '../../../../electron/services/python/installEnvironment';
import type { Installation, Installed } from '../../../../electron/services/python/installEnvironment';
import { findTensorflow } from '../../../../electron/services/tensorflow/findTensorflow';
import { fakePython } from '../../../drivers/fakePython';
import { programsFolder } from '../../../drivers/programsFolder';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { inPython } from './pretendTensorflow';

const machine = { platform: 'linux', arch: 'x64', nvidiaDriver: null };
const withDriver = { ...machine, nvidiaDriver: '550.54.15' };
let home = '';
let onPath = '';
beforeEach(() => {
  home = temporaryHome();
  onPath = programsFolder();
});

const folder = (): string => environmentFolder(home, 'tensorflow');
const install = (more: Partial<Installation> = {}): Promise<Installed> =>
  installEnvironment('tensorflow', { home, environment: { PATH: onPath }, machine, ...more });

describe('the build', () => {
  it.each([
    ['without a driver', machine, 'tensorflow-cpu==2.21.0'],
    ['with a driver', withDriver, 'tensorflow[and-cuda]==2.21.0'],
    ['with a driver that says no version', { ...machine, nvidiaDriver: 'unknown' }, 'tensorflow[and-cuda]==2.21.0'],
    ['with a driver that is too old for CUDA 12', { ...machine, nvidiaDriver: '470.42' }, 'tensorflow-cpu==2.21.0'],
    ['on ARM', { ...withDriver, arch: 'arm64' }, 'tensorflow==2.20.0'],
  ])('%s', async (_, of, requirement) => {
    const { calls } = fakePython(onPath);
    await install({ machine: of });
    expect(calls().pop()?.slice(-1)).toEqual([requirement]);
    expect(environmentState(home, 'tensorflow', of).kind).toBe('ready');
  });

  it('is another one, to be installed anew, once a driver is there', async () => {
    fakePython(onPath);
    await install();
    expect(environmentState(home, 'tensorflow', withDriver).kind).toBe('outdated');
  });

  it('with CUDA needs more room, and says so before anything is downloaded', async () => {
    const { calls } = fakePython(onPath, { free: environments.tensorflow.size(machine).usual.needed });
    await expect(install({ machine: withDriver })).rejects.toMatchObject({ code: 'disk-full' });
    expect(calls()).toEqual([]);
    expect((await install()).outcome).toBe('made');
  });
});

it('what was installed is what the engine finds', async () => {
  fakePython(onPath);
  await install();
  const library = inPython(venvFolder(folder()));
  const found = findTensorflow({ home, packageFolder: '/none', capability: null, environment: {}, machine });
  expect(found).toMatchObject({ source: "Netloom's environment tensorflow", library: { folder: library } });
});

describe('an installation that fails', () => {
  it.each([
    [
      'without a network',
      "WARNING: Retrying after connection broken by 'NewConnectionError(...)'\nERROR: No matching distribution found\n",
      'unreachable',
    ],
    ['on a disk that becomes full', 'ERROR: [Errno 28] No space left on device\n', 'disk-full'],
  ])('%s says so, is no TensorFlow for the engine, and the next one repairs it', async (_, errors, code) => {
    fakePython(onPath, { pip: [{ when: 'tensorflow', code: 1, errors }] });
    await expect(install()).rejects.toMatchObject({ code });
    expect(existsSync(venvFolder(folder()))).toBe(false);
    expect(() => findTensorflow({ home, packageFolder: '/none', capability: null, environment: {}, machine })).toThrow(
      /environment tensorflow was not installed to the end/,
    );
    fakePython(onPath);
    expect((await install()).outcome).toBe('made');
  });

  it('cancelled, keeps what was downloaded', async () => {
    fakePython(onPath, { pip: [{ when: 'tensorflow', forever: true }] });
    const abort = new AbortController();
    const running = install({
      signal: abort.signal,
      onProgress: ({ step }) => step.startsWith('making') && setTimeout(() => abort.abort(), 1000),
    });
    await expect(running).rejects.toMatchObject({ code: 'cancelled' });
  });
});
