/** The engine tensorflow, tried as `netloom engines` tries it: that it computes, and what it says where it cannot. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { probeEngines, type Probe } from '../../../../../electron/services/engines/probeEngines';
import { compileBinding } from '../../../../../electron/services/tensorflow/compileBinding';
import { childTrainer } from '../../../../../electron/services/training/childTrainer';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import { isOutOfMemory } from '../../../../../electron/trainer/engines/tfjs/outOfMemory';
import { buildOnce } from '../../../../drivers/buildOnce';
import { temporaryHome } from '../../../../drivers/temporaryHome';
import { tensorflowOfTests, useTensorflow } from '../../../../drivers/tensorflow';
import { cudaBuild } from '../../../services/tensorflow/pretendTensorflow';

const root = join(__dirname, '..', '..', '..', '..', '..');
const packageFolder = join(root, 'node_modules', '@tensorflow', 'tfjs-node-gpu');
const command = 'npx netloom engines install tensorflow --yes';
const { folder: library, version } = tensorflowOfTests();
useTensorflow();

/** In a trainer of its own with this environment. */
async function probe(environment: Record<string, string> = {}): Promise<Probe> {
  const asked = { NETLOOM_HOME: temporaryHome(), NETLOOM_TENSORFLOW: library, ...environment };
  const [listing] = await probeEngines(childTrainer(await buildOnce('trainer'), { environment: asked }), [
    'tensorflow',
  ]);
  return listing!.probe;
}

/** The libraries of the tests in a folder of another kind. */
function linkedLibrary(): string {
  const folder = join(temporaryHome(), 'site-packages', 'tensorflow');
  mkdirSync(join(folder, 'python', 'platform'), { recursive: true });
  for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
    symlinkSync(join(library, name), join(folder, name));
  }
  return folder;
}

describe('a probe', () => {
  it('multiplies on the CPU where there is no card, and does not miss one', async () => {
    expect(await probe()).toEqual({
      available: true,
      device: `CPU (TensorFlow, ${cpus().length} threads)`,
      versions: { tensorflow: version, 'tfjs-node': '4.22.0', 'tfjs-core': '4.22.0', node: process.versions.node },
      seconds: expect.any(Number) as number,
      reason: null,
      remedy: null,
      accelerated: false,
      whyNotAccelerated: null,
      driver: null,
      cuda: null,
      computeCapability: null,
      builtFor: null,
      memory: null,
    });
  });

  it('of a build for CUDA computes on the CPU where there is no card', async () => {
    const folder = linkedLibrary();
    writeFileSync(join(folder, 'python', 'platform', 'build_info.py'), cudaBuild);
    const found = await probe({ NETLOOM_TENSORFLOW: folder });
    expect(found).toMatchObject({ available: true, accelerated: false, cuda: '12.5.1' });
    expect(found.builtFor).toContain('compute_90');
    expect(found.whyNotAccelerated).toBeNull();
  });

  it('says that TensorFlow is not installed, and the command that installs it', async () => {
    const nothing = { NETLOOM_TENSORFLOW: '', NETLOOM_PYTHON: '', VIRTUAL_ENV: '', CONDA_PREFIX: '' };
    const found = await probe(nothing);
    expect(found).toMatchObject({ available: false, accelerated: false, device: null, versions: {} });
    expect(found.reason).toMatch(/^TensorFlow is not installed\. Looked at: Netloom's environment tensorflow is not/);
    expect(found.remedy).toContain(command);
  });

  it('says what the system finds wrong with a library', async () => {
    const folder = join(temporaryHome(), 'tensorflow');
    mkdirSync(folder);
    for (const name of ['libtensorflow_cc.so.2', 'libtensorflow_framework.so.2']) {
      writeFileSync(
        join(folder, name),
        'an interrupted download, longer than the head of an ELF file would have to be ...',
      );
    }
    const found = await probe({ NETLOOM_TENSORFLOW: folder });
    expect(found.available).toBe(false);
    expect(found.reason).toContain(`The TensorFlow in ${folder} cannot be loaded: ${folder}/libtensorflow_cc.so.2`);
    expect(found.remedy).toMatch(/NETLOOM_TENSORFLOW/);
  });
});

it('memory that ran out is known by what TensorFlow says', async () => {
  const core = await loadBackend('tensorflow');
  const before = core.memory().numTensors;
  const tooLarge = (): unknown =>
    core.tidy(() => {
      const column = core.ones([2 ** 20, 1]);
      return core.matMul(column, column, false, true);
    });
  let thrown: unknown;
  try {
    tooLarge();
  } catch (error) {
    thrown = error;
  }
  expect(String(thrown)).toMatch(/OOM when allocating tensor/);
  expect(isOutOfMemory(thrown)).toBe(true);
  expect(core.memory().numTensors).toBe(before);
  expect([...core.add(1, 2).dataSync()], 'and it computes on').toEqual([3]);
});

it('a binding that is compiled here finds the library as the one that is carried does', async () => {
  const links = temporaryHome();
  const wish = { packageFolder, folder: library, library: { folder: library }, links };
  const file = await compileBinding(wish);
  const answer =
    'const binding = require(process.argv[1]); console.log(binding.TF_Version ?? typeof binding.executeOp)';
  const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
  const said = execFileSync(process.execPath, ['-e', answer, file], {
    encoding: 'utf8',
    env,
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  expect(said.trim()).toBe(version);
  expect(await compileBinding({ ...wish, environment: { CXX: '/none' } }), 'is kept').toBe(file);
  await expect(compileBinding({ ...wish, links: temporaryHome(), environment: { CXX: '/none' } })).rejects.toThrow(
    /compiling it failed: \/none says ENOENT\. Install a C\+\+ compiler/,
  );
});
