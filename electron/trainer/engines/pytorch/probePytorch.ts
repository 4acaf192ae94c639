/** What the engine's process says of itself, as a probe: which device works, and where it is none of NVIDIA's, why. */
import { nvidiaDriver } from '../../../services/python/nvidiaDriver';
import { installCommand } from '../../../services/python/environmentState';
import type { Python } from '../../../services/python/findPython';
import { withoutGpu, type Probe } from '../engine';
import type { Hello } from './answers';

export function unavailable(reason: string, remedy: string | null): Probe {
  return { available: false, device: null, versions: {}, seconds: null, reason, remedy, ...withoutGpu };
}

/** `driver`: NVIDIA's on this machine, as it is found without PyTorch. */
export function probeOf(hello: Hello, python: Python, driver: string | null = nvidiaDriver(process)): Probe {
  const { product, devices, builtFor, versions } = hello;
  if (!product.exact) {
    const why = product.reason ?? 'the product of two matrices is wrong';
    return unavailable(
      `PyTorch ${versions.torch ?? ''} in ${python.executable} cannot compute on ${product.device}: ${why}.`,
      `Set NETLOOM_PYTORCH=device=cpu to train on the CPU, or repair it with "${installCommand('pytorch')}".`,
    );
  }
  const [kind = 'cpu', index = '0'] = product.device.split(':');
  const device = devices.find((each) => each.kind === kind && each.index === Number(index));
  const card = devices.find((each) => each.kind === 'cuda');
  const onGpu = kind !== 'cpu';
  const { freeBytes: free = null, totalBytes: total = null } = device ?? {};
  return {
    available: true,
    device: deviceName(kind, device?.name ?? product.device),
    versions: { ...versions, python: hello.python, node: process.versions.node },
    seconds: product.seconds,
    reason: null,
    remedy: null,
    accelerated: onGpu,
    whyNotAccelerated: onGpu ? null : whyOnCpu(hello, python, { driver, card: card?.name ?? null }),
    driver: card?.driver ?? driver,
    cuda: versions.cuda ?? null,
    computeCapability: card?.capability ?? null,
    builtFor: hello.cudaBuilt ? builtFor : null,
    memory: onGpu && free !== null && total !== null ? { free, total } : null,
  };
}

function deviceName(kind: string, name: string): string {
  if (kind === 'cpu') return name === '' ? 'CPU' : `CPU (${name})`;
  return kind === 'mps' ? `${name} (Metal)` : name;
}

function whyOnCpu(
  { cudaBuilt, cudaReason, versions }: Hello,
  { executable, source }: Python,
  { driver, card }: { driver: string | null; card: string | null },
): string {
  if (driver === null && card === null) {
    return 'No NVIDIA driver was found on this machine. Where it has a card of NVIDIA, install its driver.';
  }
  const own = source === 'pytorch' || source === 'verify' || source === 'tensorflow';
  const way = own
    ? `Install the build that fits with "${installCommand('pytorch')}".`
    : `Install a PyTorch that fits, for Netloom alone: "${installCommand('pytorch')}", and unset NETLOOM_PYTHON and any ` +
      'active environment; or put one into that Python.';
  const torch = `PyTorch ${versions.torch ?? ''} in ${executable}`;
  const has = driver === null ? 'a card of NVIDIA' : `NVIDIA's driver ${driver === 'unknown' ? '' : driver}`.trim();
  if (!cudaBuilt) return `This machine has ${has}, but ${torch} was built without CUDA. ${way}`;
  return `${torch} does not use the card: ${(cudaReason ?? 'it was told to use the CPU').replace(/\.$/, '')}. ${way}`;
}
