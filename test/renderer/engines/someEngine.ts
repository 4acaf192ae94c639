/** Engines as the main process tells of them, for stories of the window. */
import type { EngineStatus } from '../../../shared/ipc/studio/engineSchemas';

type Probe = NonNullable<EngineStatus['probe']>;

export const someProbe: Probe = {
  ...{ available: true, device: 'CPU (WebAssembly, one thread)', versions: { 'tfjs-core': '4.22.0' }, seconds: 0.0031 },
  ...{ reason: null, remedy: null, accelerated: false, whyNotAccelerated: null, driver: null, cuda: null },
  ...{ computeCapability: null, builtFor: null, memory: null },
};

export const h200: Probe = {
  ...someProbe,
  ...{ device: 'NVIDIA H200', versions: { torch: '2.14.1+cu130' }, seconds: 0.00012, accelerated: true },
  ...{ driver: '580.65.06', cuda: '13.0', computeCapability: '9.0', builtFor: ['sm_80', 'sm_90'] },
  memory: { free: 131 * 2 ** 30, total: 140 * 2 ** 30 },
};

export const someEnvironment: NonNullable<EngineStatus['environment']> = {
  ...{ purpose: 'for the engine pytorch', holds: 'PyTorch', folder: '/home/me/engines/pytorch' },
  ...{ python: null, packages: {}, bytes: null },
  install: 'npx netloom engines install pytorch --yes',
  repair: 'npx netloom engines repair pytorch --yes',
};

export function someEngine(changes: Partial<EngineStatus> = {}): EngineStatus {
  return {
    ...{ name: 'wasm', trains: true, state: 'ready', probe: someProbe, environment: null },
    ...{ reason: null, remedy: null, installation: null },
    ...changes,
  };
}

export const missingPytorch = someEngine({
  ...{ name: 'pytorch', state: 'missing', environment: someEnvironment },
  probe: {
    ...someProbe,
    available: false,
    device: null,
    versions: {},
    seconds: null,
    reason: 'PyTorch is not installed.',
  },
  ...{ reason: 'PyTorch is not installed.', remedy: 'Install it: npx netloom engines install pytorch --yes' },
});
