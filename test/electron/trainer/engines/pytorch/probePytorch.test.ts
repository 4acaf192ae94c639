/** What people are told of their PyTorch: the device that works, or exactly why the card is not used and what to do. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Hello } from '../../../../../electron/trainer/engines/pytorch/answers';
import { probeOf, type MachineFacts } from '../../../../../electron/trainer/engines/pytorch/probePytorch';
import { pytorchSentences } from '../../../../../shared/messages/engineSentences';
import type { Python } from '../../../../../electron/services/python/findPython';

const python: Python = { source: 'PATH', executable: '/usr/bin/python3', version: '3.11.7', packages: {} };
const onCpu: Hello = {
  python: '3.11.7',
  versions: { torch: '2.14.1+cpu', numpy: '2.2.6' },
  devices: [{ kind: 'cpu', index: 0, name: 'x86_64' }],
  builtFor: [],
  cudaBuilt: false,
  cudaReason: 'This PyTorch was built without CUDA.',
  product: { device: 'cpu', seconds: 0.001, exact: true },
};
const card = {
  kind: 'cuda' as const,
  index: 0,
  name: 'NVIDIA H200',
  capability: '9.0',
  driver: '580.1',
  freeBytes: 7,
  totalBytes: 9,
};
const onCard: Hello = {
  ...onCpu,
  versions: { torch: '2.14.1+cu130', numpy: '2.2.6', cuda: '13.0' },
  devices: [card, ...onCpu.devices],
  builtFor: ['sm_80', 'sm_90'],
  cudaBuilt: true,
  cudaReason: null,
  product: { device: 'cuda:0', seconds: 0.0001, exact: true },
};
const install = '"npx netloom engines install pytorch --yes"';
const repair = '"npx netloom engines repair pytorch --yes"';
const without = { driver: null, cardThere: false };
const withDriver = (driver: string): MachineFacts => ({ driver, cardThere: true });

it('says in Python what is known in other languages', () => {
  expect(readFileSync('python/engine/device.py', 'utf8')).toContain(`"${pytorchSentences.noDevice}."`);
});

describe('a probe of PyTorch', () => {
  it('names the card with driver, CUDA, capability, builds and memory', () => {
    expect(probeOf(onCard, python, withDriver('580.1'))).toEqual({
      available: true,
      device: 'NVIDIA H200',
      versions: { ...onCard.versions, python: '3.11.7', node: process.versions.node },
      seconds: 0.0001,
      reason: null,
      remedy: null,
      accelerated: true,
      whyNotAccelerated: null,
      driver: '580.1',
      cuda: '13.0',
      computeCapability: '9.0',
      builtFor: ['sm_80', 'sm_90'],
      memory: { free: 7, total: 9 },
    });
  });

  it('misses no card on a machine without one', () => {
    expect(probeOf(onCpu, python, without)).toMatchObject({
      available: true,
      device: 'CPU (x86_64)',
      accelerated: false,
      whyNotAccelerated: null,
      memory: null,
      driver: null,
    });
  });

  it.each<[string, Hello, Partial<Python>, MachineFacts, string]>([
    [
      'of a card without a driver where to get it',
      onCpu,
      {},
      { driver: null, cardThere: true },
      "This machine has a card of NVIDIA, but no driver for it. Install NVIDIA's driver from your system's packages and " +
        `restart (nvidia-smi shows the card then), then run ${install}.`,
    ],
    [
      'of a driver for which there is no build which one is needed',
      onCpu,
      { source: 'pytorch' },
      withDriver('470.42'),
      "NVIDIA's driver 470.42 is too old for any build of PyTorch for NVIDIA cards: install 525 or newer, restart, then run " +
        `${install}.`,
    ],
    [
      "of a user's torch without CUDA which command installs one that has it",
      onCpu,
      {},
      withDriver('550.54'),
      "This machine has NVIDIA's driver 550.54, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. " +
        `Install a PyTorch that fits, for Netloom alone: ${install}, and unset NETLOOM_PYTHON and any active ` +
        'environment; or put one into that Python.',
    ],
    [
      'of that of the environment that checks exported code the same, shorter',
      onCpu,
      { source: 'verify' },
      withDriver('unknown'),
      "This machine has NVIDIA's driver, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. " +
        `Install the build that fits with ${install}.`,
    ],
    [
      'of its own environment that it is to be made anew',
      onCpu,
      { source: 'pytorch' },
      withDriver('580.1'),
      "This machine has NVIDIA's driver 580.1, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. " +
        `Install the build that fits with ${repair}.`,
    ],
    [
      'of a build that finds no card what it said itself',
      { ...onCard, devices: onCpu.devices, cudaReason: 'PyTorch finds no CUDA device.', product: onCpu.product },
      { source: 'pytorch' },
      withDriver('580.1'),
      'PyTorch 2.14.1+cu130 in /usr/bin/python3 does not use the card: PyTorch finds no CUDA device. Install the build ' +
        `that fits with ${repair}.`,
    ],
    [
      'of a card that is not wanted by which setting',
      { ...onCard, product: onCpu.product },
      {},
      withDriver('580.1'),
      'PyTorch 2.14.1+cu130 in /usr/bin/python3 does not use the card, because NETLOOM_PYTORCH says device=cpu. Unset it ' +
        'to train on the card.',
    ],
  ])('says %s', (_, hello, found, machine, sentence) => {
    expect(probeOf(hello, { ...python, ...found }, machine).whyNotAccelerated).toBe(sentence);
  });

  it('says of a torch that was built for other cards which, and what to do', () => {
    const old = { ...card, name: 'Tesla K80', capability: '3.7' };
    const hello: Hello = {
      ...onCard,
      devices: [old, ...onCpu.devices],
      cudaReason: 'Tesla K80 has compute capability 3.7; this PyTorch was built for sm_80, sm_90.',
      product: onCpu.product,
    };
    expect(probeOf(hello, { ...python, source: 'pytorch' }, withDriver('550.1'))).toMatchObject({
      accelerated: false,
      computeCapability: '3.7',
      builtFor: ['sm_80', 'sm_90'],
      whyNotAccelerated:
        'PyTorch 2.14.1+cu130 in /usr/bin/python3 was built for other cards than Tesla K80, which has compute capability ' +
        '3.7: for sm_80, sm_90. Name a Python whose PyTorch was built for this card in NETLOOM_PYTHON, or train on the ' +
        'engine tensorflow or wasm.',
    });
  });

  it('is not available where the product is wrong, or cannot be computed', () => {
    const wrong = probeOf({ ...onCard, product: { device: 'cuda:0', seconds: 1, exact: false } }, python, without);
    expect(wrong).toMatchObject({ available: false, device: null, seconds: null });
    expect(wrong.reason).toBe(
      'PyTorch 2.14.1+cu130 in /usr/bin/python3 cannot compute on cuda:0: the product of two matrices is wrong.',
    );
    expect(wrong.remedy).toBe(`Set NETLOOM_PYTORCH=device=cpu to train on the CPU, or repair it with ${repair}.`);
    const broken = { device: 'cuda:0', seconds: null, exact: false, reason: 'RuntimeError: no kernel image' };
    expect(probeOf({ ...onCard, product: broken }, python, without).reason).toContain('RuntimeError: no kernel image');
  });
});
