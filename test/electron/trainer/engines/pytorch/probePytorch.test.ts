/** What people are told of their PyTorch: the device that works, or exactly why the card is not used and what to do. */
import { describe, expect, it } from 'vitest';
import type { Hello } from '../../../../../electron/trainer/engines/pytorch/answers';
import { probeOf } from '../../../../../electron/trainer/engines/pytorch/probePytorch';
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

describe('a probe of PyTorch', () => {
  it('names the card with driver, CUDA, capability, builds and memory', () => {
    expect(probeOf(onCard, python, '580.1')).toEqual({
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

  it('says of a machine without NVIDIA that there is no driver', () => {
    const probe = probeOf(onCpu, python, null);
    expect(probe).toMatchObject({
      available: true,
      device: 'CPU (x86_64)',
      accelerated: false,
      memory: null,
      driver: null,
    });
    expect(probe.whyNotAccelerated).toBe(
      'No NVIDIA driver was found on this machine. Where it has a card of NVIDIA, install its driver.',
    );
  });

  it('says of a torch without CUDA on a machine with a card which command installs one that has it', () => {
    expect(probeOf(onCpu, python, '550.54').whyNotAccelerated).toBe(
      "This machine has NVIDIA's driver 550.54, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. " +
        `Install a PyTorch that fits, for Netloom alone: ${install}, and unset NETLOOM_PYTHON and any active ` +
        'environment; or put one into that Python.',
    );
    expect(probeOf(onCpu, { ...python, source: 'verify' }, 'unknown').whyNotAccelerated).toBe(
      "This machine has NVIDIA's driver, but PyTorch 2.14.1+cpu in /usr/bin/python3 was built without CUDA. " +
        `Install the build that fits with ${install}.`,
    );
  });

  it('says of a torch that was built for other cards which, and what to do', () => {
    const old = { ...card, name: 'Tesla K80', capability: '3.7' };
    const hello: Hello = {
      ...onCard,
      devices: [old, ...onCpu.devices],
      cudaReason: 'Tesla K80 has compute capability 3.7; this PyTorch was built for sm_80, sm_90.',
      product: onCpu.product,
    };
    expect(probeOf(hello, { ...python, source: 'pytorch' }, '470.1')).toMatchObject({
      accelerated: false,
      computeCapability: '3.7',
      builtFor: ['sm_80', 'sm_90'],
      whyNotAccelerated:
        'PyTorch 2.14.1+cu130 in /usr/bin/python3 does not use the card: Tesla K80 has compute capability 3.7; this ' +
        `PyTorch was built for sm_80, sm_90. Install the build that fits with ${install}.`,
    });
  });

  it('is not available where the product is wrong, or cannot be computed', () => {
    const wrong = probeOf({ ...onCard, product: { device: 'cuda:0', seconds: 1, exact: false } }, python, null);
    expect(wrong).toMatchObject({ available: false, device: null, seconds: null });
    expect(wrong.reason).toBe(
      'PyTorch 2.14.1+cu130 in /usr/bin/python3 cannot compute on cuda:0: the product of two matrices is wrong.',
    );
    expect(wrong.remedy).toContain('NETLOOM_PYTORCH=device=cpu');
    const broken = { device: 'cuda:0', seconds: null, exact: false, reason: 'RuntimeError: no kernel image' };
    expect(probeOf({ ...onCard, product: broken }, python, null).reason).toContain('RuntimeError: no kernel image');
  });
});
