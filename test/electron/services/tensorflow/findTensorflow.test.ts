/** Which TensorFlow the engine takes, and what it says where there is none that it can take. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from 'vitest';
import { environmentFolder, requirementsStamp, venvFolder } from '../../../../electron/services/python/environments';
import { stampFile } from '../../../../electron/services/python/environmentState';
import type { EnvironmentName } from '../../../../electron/services/python/environments';
import type { EngineMissing } from '../../../../electron/services/tensorflow/engineMissing';
import { findTensorflow, type TensorflowWish } from '../../../../electron/services/tensorflow/findTensorflow';
import type { FoundTensorflow } from '../../../../electron/services/tensorflow/tensorflowLibrary';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { cudaBuild, inPython, pretendTensorflow } from './pretendTensorflow';

const machine = { platform: 'linux', arch: 'x64', nvidiaDriver: null };
const command = 'npx netloom engines install tensorflow --yes';
let home = '';
let mine = '';
beforeEach(() => {
  home = temporaryHome();
  mine = temporaryHome();
});

function find(environment: NodeJS.ProcessEnv = {}, more: Partial<TensorflowWish> = {}): FoundTensorflow {
  const packageFolder = join(home, 'tfjs-node-gpu');
  return findTensorflow({ home, packageFolder, capability: null, environment, machine, ...more });
}

function missing(environment: NodeJS.ProcessEnv = {}, more: Partial<TensorflowWish> = {}): EngineMissing {
  try {
    find(environment, more);
  } catch (error) {
    return error as EngineMissing;
  }
  throw new Error('one was found');
}

/** An environment of Netloom's as a finished installation leaves it. */
function installed(name: EnvironmentName): string {
  const folder = environmentFolder(home, name);
  const library = inPython(venvFolder(folder));
  const stamp = {
    list: requirementsStamp(name, machine),
    python: '3.11.7',
    installed: {},
    bytes: 1,
    seconds: 1,
    made: '',
  };
  writeFileSync(stampFile(folder), JSON.stringify(stamp));
  return library;
}

describe('where there is none', () => {
  it('says so, what was looked at, and the command that installs it', () => {
    const { code, reason, remedy, message } = missing({ VIRTUAL_ENV: mine });
    expect(code).toBe('engine-unavailable');
    expect(reason).toBe(
      "TensorFlow is not installed. Looked at: Netloom's environment tensorflow is not installed; " +
        `VIRTUAL_ENV (${mine}) has no TensorFlow; Netloom's environment verify is not installed.`,
    );
    expect(remedy).toContain(`"${command}"`);
    expect(message).toBe(`${reason} ${remedy}`);
  });

  it('says that an installation was left in the middle', () => {
    const library = installed('tensorflow');
    rmSync(stampFile(environmentFolder(home, 'tensorflow')));
    expect(missing().reason).toContain('environment tensorflow was not installed to the end');
    expect(library).toContain(home);
  });

  it.each(['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2'])('says that the library has gone: %s', (name) => {
    const library = installed('tensorflow');
    rmSync(join(library, name));
    expect(missing().reason).toContain(`environment tensorflow (${library})`);
    expect(missing().reason).toMatch(new RegExp(`(holds no|lacks) .*${name.replace(/\./g, '\\.')}`));
    writeFileSync(join(library, name), '');
    expect(missing().reason, 'a file without bytes is none').toContain(name);
  });

  it.each(['darwin-arm64', 'win32-x64', 'linux-ia32'])('says on %s where it runs, and what else there is', (name) => {
    const [platform = '', arch = ''] = name.split('-');
    const found = missing({}, { machine: { platform, arch } });
    expect(found.reason).toBe(`The engine tensorflow runs on Linux; this is ${name}.`);
    expect(found.remedy).toContain('wasm');
  });
});

describe('NETLOOM_TENSORFLOW', () => {
  it.each(['.', 'site-packages', 'archive'])('may name the folder, the one above, or the archive for C: %s', (kind) => {
    const inner = { '.': '', 'site-packages': 'tensorflow', archive: 'lib' }[kind] ?? '';
    const main = kind === 'archive' ? 'libtensorflow.so.2' : undefined;
    const library = pretendTensorflow(join(mine, inner), { main, version: null });
    installed('tensorflow');
    expect(find({ NETLOOM_TENSORFLOW: mine })).toMatchObject({
      source: 'NETLOOM_TENSORFLOW',
      library: { folder: library, main: main ?? 'libtensorflow_cc.so.2', version: null },
    });
  });

  it.each(['libtensorflow_cc.so.2', 'libtensorflow_cc.so.2/lib'])('may be no file: %s', (name) => {
    const library = pretendTensorflow(join(mine, 'tensorflow'));
    const named = join(library, name);
    const { reason, remedy } = missing({ NETLOOM_TENSORFLOW: named });
    const why = name.endsWith('lib') ? 'is not there' : 'is a file; name the folder that it lies in';
    expect(reason).toBe(`NETLOOM_TENSORFLOW names ${named}, which ${why}.`);
    expect(remedy).toBe(
      `Name the folder "tensorflow" of a Python's site-packages, or unset NETLOOM_TENSORFLOW and run "${command}".`,
    );
  });

  it('is never passed over: what is wrong with it is the error', () => {
    installed('tensorflow');
    expect(missing({ NETLOOM_TENSORFLOW: join(mine, 'none') }).reason).toMatch(/names .*none, which is not there\.$/);
    expect(missing({ NETLOOM_TENSORFLOW: mine }).reason).toContain('which holds no TensorFlow library');
    pretendTensorflow(join(mine, 'tensorflow'), { version: '2.9.1' });
    const old = missing({ NETLOOM_TENSORFLOW: join(mine, 'tensorflow') });
    expect(old.reason).toContain('which holds TensorFlow 2.9.1; 2.15 or a newer one of 2 is needed');
    expect(old.remedy).toContain(command);
  });
});

describe('what is taken first', () => {
  it("is what was installed for the engine, then the user's, then what checks exported code", () => {
    const own = installed('tensorflow');
    const checking = installed('verify');
    const users = inPython(mine, { version: '2.20.0' });
    expect(find({ VIRTUAL_ENV: mine }).library).toMatchObject({ folder: own, version: '2.21.0', cuda: null });
    rmSync(environmentFolder(home, 'tensorflow'), { recursive: true });
    expect(find({ VIRTUAL_ENV: mine })).toMatchObject({ source: 'VIRTUAL_ENV', library: { folder: users } });
    expect(find({ NETLOOM_PYTHON: join(mine, 'bin', 'python') })).toMatchObject({ source: 'NETLOOM_PYTHON' });
    expect(find()).toMatchObject({ source: "Netloom's environment verify", library: { folder: checking } });
  });

  it('is a TensorFlow that is young enough', () => {
    inPython(mine, { version: '2.14.0' });
    installed('verify');
    expect(find({ CONDA_PREFIX: mine }).source).toBe("Netloom's environment verify");
  });

  it('tells of CUDA what the package notes of its own build', () => {
    inPython(mine, { build: cudaBuild });
    expect(find({ VIRTUAL_ENV: mine }).library.cuda).toEqual({
      version: '12.5.1',
      capabilities: ['sm_60', 'sm_70', 'sm_80', 'sm_89', 'compute_90'],
    });
  });
});

describe('the official library', () => {
  function official(): string {
    const packageFolder = join(home, 'tfjs-node-gpu');
    pretendTensorflow(join(packageFolder, 'deps', 'lib'), { main: 'libtensorflow.so.2', version: null });
    const binding = join(packageFolder, 'lib', 'napi-v8', 'tfjs_binding.node');
    mkdirSync(join(binding, '..'), { recursive: true });
    writeFileSync(binding, 'a binding');
    return binding;
  }

  it('is taken, with its own binding, where it is whole and fits the card', () => {
    const binding = official();
    installed('tensorflow');
    expect(find()).toMatchObject({ binding, library: { version: '2.9.1', cuda: { version: '11.2' } } });
    expect(find({}, { capability: '7.5' }).binding).toBe(binding);
    expect(find({}, { capability: '8.6' }).binding).toBe(binding);
  });

  it.each(['9.0', '12.0', '3.0'])('is passed over on a card of compute capability %s', (capability) => {
    official();
    expect(missing({}, { capability }).reason).toContain(
      `was built for other cards than this one (compute capability ${capability})`,
    );
    installed('tensorflow');
    expect(find({}, { capability }).binding).toBeNull();
  });

  it('is passed over where its binding is missing', () => {
    rmSync(official());
    expect(missing().reason).toContain('lacks its binding');
  });
});
