/** NVIDIA's cards as their driver tells of them, and why TensorFlow does not compute on one: each case with its way out. */
import { mkdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { driverIn } from '../../../../electron/services/python/nvidiaDriver';
import { fits, nvidiaCards, type NvidiaCard } from '../../../../electron/services/tensorflow/nvidiaCards';
import { whyNotAccelerated, builtForOthers } from '../../../../electron/services/tensorflow/whyNotAccelerated';
import type { TensorflowLibrary } from '../../../../electron/services/tensorflow/tensorflowLibrary';
import { whyNotLoaded } from '../../../../electron/services/tensorflow/whyNotLoaded';
import { writeProgram } from '../../../drivers/fakePython';
import { temporaryHome } from '../../../drivers/temporaryHome';

const wheel = ['sm_60', 'sm_70', 'sm_80', 'sm_89', 'compute_90'];

function smi(script: string): NodeJS.ProcessEnv {
  const folder = temporaryHome();
  writeProgram(join(folder, 'nvidia-smi'), `#!/bin/sh\n${script}\n`);
  return { PATH: `${folder}:/usr/bin:/bin` };
}

describe('cards', () => {
  it('are read from what nvidia-smi prints', async () => {
    const lines = 'NVIDIA H200, 550.54.15, 9.0, 142000, 143771\\nTesla K80, 470.42, [N/A], 11000, 11441\\n';
    expect(await nvidiaCards(smi(`printf '${lines}'`))).toEqual([
      {
        name: 'NVIDIA H200',
        driver: '550.54.15',
        computeCapability: '9.0',
        memory: { free: 142000 * 2 ** 20, total: 143771 * 2 ** 20 },
      },
      expect.objectContaining({ name: 'Tesla K80', computeCapability: null }),
    ]);
  });

  it.each(['echo "No devices were found"; exit 6', 'echo "NVIDIA-SMI has failed because ..."; exit 9', 'exit 0'])(
    'are none where it has none to tell of: %s',
    async (script) => expect(await nvidiaCards(smi(script))).toEqual([]),
  );

  it('are none where there is no such program', async () => {
    vi.stubEnv('PATH', temporaryHome());
    expect(await nvidiaCards()).toEqual([]);
    vi.unstubAllEnvs();
  });

  it.each([
    ['8.6', 'natively'],
    ['8.9', 'natively'],
    ['7.5', 'natively'],
    ['9.0', 'translated'],
    ['12.0', 'translated'],
    ['5.2', 'no'],
  ])('of compute capability %s run what TensorFlow is built for: %s', (capability, expected) => {
    expect(fits(capability, wheel)).toBe(expected);
  });

  it('older than all that is in a library do not run it, however near', () => {
    expect(fits('8.0', ['sm_86'])).toBe('no');
    expect(fits('9.0', ['sm_80', 'sm_90a'])).toBe('natively');
    expect(fits('10.0', ['sm_90'])).toBe('no');
  });
});

it.each([
  [
    'NVRM version: NVIDIA UNIX x86_64 Kernel Module  550.54.15  Tue Mar  5 22:23:56 UTC 2024\nGCC version: 12',
    '550.54.15',
  ],
  ['NVRM version: NVIDIA UNIX Open Kernel Module for x86_64  580.65.06  Release Build  (x)\n', '580.65.06'],
  ['something else', 'unknown'],
])('the driver is read from its own note', (note, version) => expect(driverIn(note)).toBe(version));

describe('why no card is used', () => {
  const card: NvidiaCard = {
    name: 'NVIDIA H200',
    driver: '550.54.15',
    computeCapability: '9.0',
    memory: { free: 1, total: 2 },
  };
  const cpu: TensorflowLibrary = { folder: '/tf', main: 'libtensorflow_cc.so.2', version: '2.21.0', cuda: null };
  const gpu: TensorflowLibrary = { ...cpu, cuda: { version: '12.5.1', capabilities: wheel } };
  const driver = '550.54.15';
  const some = { source: 'VIRTUAL_ENV', cardThere: true, arch: 'x64' };

  it.each([
    [
      'a card without a driver',
      { library: cpu, driver: null, card: null },
      /^This machine has a card of NVIDIA, but no driver for it\. Install NVIDIA's driver .* then run "npx .* tensorflow --yes"\.$/,
    ],
    [
      'a card without a driver for a CUDA build',
      { library: gpu, driver: null, card: null },
      /^This machine has a card of NVIDIA, but no driver for it, so this TensorFlow for CUDA computes on the CPU\. Install/,
    ],
    [
      'built without CUDA, and a driver for which there is no build',
      { library: cpu, driver: '470.42.01', card },
      /^NVIDIA's driver 470\.42\.01 is too old for the build of TensorFlow for NVIDIA cards: install 525 or newer, restart/,
    ],
    [
      'built without CUDA, for a processor that has no other build',
      { library: cpu, driver, card, arch: 'arm64' },
      /^TensorFlow is not published for NVIDIA cards on this processor.*pytorch/,
    ],
    [
      'named by the user, and built without CUDA',
      { library: cpu, driver, card, source: 'NETLOOM_TENSORFLOW' },
      /\(\/tf\) was built without CUDA\. Name one that was built with it in NETLOOM_TENSORFLOW, or unset that and run "npx/,
    ],
    [
      'built without CUDA',
      { library: cpu, driver, card },
      /\(\/tf\) was built without CUDA\. Run "npx .* tensorflow --yes"/,
    ],
    [
      'an old driver',
      { library: gpu, driver: '470.42.01', card: { ...card, driver: '470.42.01' } },
      /^NVIDIA's driver 470\.42\.01 is too old for CUDA 12\.5\.1: install 525 or newer/,
    ],
    ['no card to be seen', { library: gpu, driver, card: null }, /shows no card .*nvidia-smi.*CUDA_VISIBLE_DEVICES/],
    [
      'another card',
      { library: gpu, driver, card: { ...card, name: 'GTX 980', computeCapability: '5.2' } },
      /^TensorFlow 2\.21\.0 was built for other cards than GTX 980, which has compute capability 5\.2: for sm_60, .*pytorch or wasm/,
    ],
    [
      'no CUDA libraries',
      { library: gpu, driver, card },
      /^The CUDA libraries are not beside this TensorFlow .* which brings them/,
    ],
  ])('%s', (_, state, sentence) => expect(whyNotAccelerated({ ...some, ...state })).toMatch(sentence));

  it.each([cpu, gpu])('is nothing to speak of on a machine without a card', (library) => {
    expect(whyNotAccelerated({ ...some, library, driver: null, card: null, cardThere: false })).toBeNull();
  });

  it('is not known where all is there', () => {
    const folder = join(temporaryHome(), 'site-packages', 'tensorflow');
    mkdirSync(join(dirname(folder), 'nvidia', 'cudnn'), { recursive: true });
    expect(whyNotAccelerated({ ...some, library: { ...gpu, folder }, driver, card })).toContain(
      'TensorFlow found no card that it can use, although NVIDIA H200 is there.',
    );
  });

  it('is not the card where the library runs on it, or nobody knows', () => {
    expect(builtForOthers(gpu, card)).toBeNull();
    expect(builtForOthers(gpu, { ...card, computeCapability: null })).toBeNull();
    expect(builtForOthers(cpu, card)).toBeNull();
  });
});

it.each([
  ["/lib/libstdc++.so.6: version `GLIBCXX_3.4.32' not found", 'needs a newer Linux'],
  ['/tf/libtensorflow_cc.so.2: undefined symbol: TFE_NewContext', 'It is not a TensorFlow 2.15 or newer'],
  [
    'libtensorflow_cc.so.2: cannot open shared object file: No such file or directory',
    'npx netloom engines repair tensorflow --yes',
  ],
])('a library that the system refuses is told with a way out: %s', (said, remedy) => {
  const found = whyNotLoaded(new Error(`${said}\nat somewhere`), '/tf');
  expect(found.reason).toBe(`The TensorFlow in /tf cannot be loaded: ${said}.`);
  expect(found.remedy).toContain(remedy);
});
