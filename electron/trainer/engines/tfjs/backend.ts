/**
 * Loads tfjs-core with the backend that is asked for, and nothing else: the one place that knows where each backend comes from.
 * The packages stay outside the bundle, so that the `.wasm` files are found beside their own package.
 */
import type * as tf from '@tensorflow/tfjs-core';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { registerGradients } from './gradients/registerGradients';
import { registerKernels } from './kernels/registerKernels';
import { loadTensorflow } from './tensorflow/loadTensorflow';

export type TensorLibrary = typeof tf;

/** `wasm` is the embedded default; `cpu` is plain JavaScript: slow, the reference that tests compare with. */
export type BackendName = 'wasm' | 'tensorflow' | 'cpu';

const loaders: Record<BackendName, (core: TensorLibrary) => Promise<void>> = {
  wasm: loadWasm,
  tensorflow: loadTensorflow,
  cpu: async () => void (await import('@tensorflow/tfjs-backend-cpu')),
};

/** Loads the named backend, makes it current and returns tfjs-core; loading twice is cheap. Throws if it cannot start. */
export async function loadBackend(name: BackendName): Promise<TensorLibrary> {
  const core = namespaceOf(await import('@tensorflow/tfjs-core'));
  if (core.getBackend() === name) return core;
  await loaders[name](core);
  registerGradients(core);
  // Without this the plain backend advises the user, on every start, to install another package.
  core.enableProdMode();
  const started = await core.setBackend(name);
  if (!started) throw new Error(`The tensor backend '${name}' could not be started.`);
  await core.ready();
  return core;
}

async function loadWasm(core: TensorLibrary): Promise<void> {
  const backend = namespaceOf(await import('@tensorflow/tfjs-backend-wasm'));
  if (core.findBackend('wasm') !== null) return;
  const home = dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  backend.setWasmPaths(join(home, 'dist') + sep);
  // A second thread measured no gain in Node, and its workers outlive the run.
  core.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  registerKernels(core);
}

/** A CommonJS package imported from an ES module may keep its names under `default`. */
function namespaceOf<T extends object>(module: T): T {
  return 'default' in module ? (module.default as T) : module;
}
