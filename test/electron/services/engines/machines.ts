/** What engines find on machines that are not this one: each as its probe tells it. */
import type { PretendEngine } from '../../../drivers/fakeTrainer';
import { notInstalled } from '../../../drivers/fakeTrainer';

const torch = { torch: '2.14.1+cu130', python: '3.12.3' };
const gigabyte = 2 ** 30;

export const wasm: PretendEngine = {
  probe: { device: 'CPU (WebAssembly, one thread)', versions: { 'tfjs-core': '4.22.0' }, seconds: 0.0031 },
};

/** A card that the library was built for. */
export const h200: PretendEngine = {
  probe: {
    ...{ device: 'NVIDIA H200', versions: torch, seconds: 0.00012, accelerated: true },
    ...{ driver: '580.65.06', cuda: '13.0', computeCapability: '9.0', builtFor: ['sm_80', 'sm_90'] },
    memory: { free: 131 * gigabyte, total: 140 * gigabyte },
  },
};

export const noDriver: PretendEngine = {
  probe: {
    ...{ device: 'CPU (8 threads)', versions: torch, seconds: 0.001, cuda: '13.0' },
    whyNotAccelerated: "There is no NVIDIA driver. Install it from your system's packages, then check again.",
  },
};

export const torchWithoutCuda: PretendEngine = {
  probe: {
    ...{ device: 'CPU (8 threads)', versions: { torch: '2.14.1+cpu' }, seconds: 0.001, driver: '580.65.06' },
    whyNotAccelerated: 'This PyTorch was built without CUDA. Repair it: npx netloom engines repair pytorch --yes',
  },
};

export const otherCards: PretendEngine = {
  probe: {
    ...{ device: 'CPU (8 threads)', versions: torch, seconds: 0.001, driver: '580.65.06', cuda: '13.0' },
    ...{ computeCapability: '6.1', builtFor: ['sm_80', 'sm_90'] },
    whyNotAccelerated: 'The GTX 1080 (6.1) is older than what this PyTorch was built for (8.0 and newer).',
  },
};

export const missing: PretendEngine = { probe: notInstalled };
