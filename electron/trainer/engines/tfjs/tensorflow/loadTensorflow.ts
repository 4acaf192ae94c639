/** Loads TensorFlow into this process through tfjs-node's backend, which is tfjs-core's for the same operations. */
import type * as tf from '@tensorflow/tfjs-core';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { tensorflowSentences } from '../../../../../shared/messages/engineSentences';
import { fill } from '../../../../../shared/messages/fill';
import { netloomHome } from '../../../../files/home';
import { EngineMissing } from '../../../../services/tensorflow/engineMissing';
import { findTensorflow } from '../../../../services/tensorflow/findTensorflow';
import { linkBinding } from '../../../../services/tensorflow/linkBinding';
import { usedCard, type NvidiaCard } from '../../../../services/tensorflow/nvidiaCards';
import type { FoundTensorflow } from '../../../../services/tensorflow/tensorflowLibrary';
import { whyNotLoaded } from '../../../../services/tensorflow/whyNotLoaded';

import { registerTensorflowKernels } from './registerTensorflowKernels';

const packageName = '@tensorflow/tfjs-node-gpu';

/** What this process computes with, once it is loaded: a second library could not be. */
export interface LoadedTensorflow extends FoundTensorflow {
  /** Of tfjs-node. */
  version: string;
  /** The one on which TensorFlow computes where it can. */
  card: NvidiaCard | null;
}

/** Of its own, because the package's declarations name the whole of tfjs. */
interface BackendModule {
  NodeJSKernelBackend: new (binding: unknown, packageName: string) => tf.KernelBackend;
}

const loaded = new WeakMap<object, LoadedTensorflow>();

/** Throws `EngineMissing` where there is no TensorFlow that can be loaded. */
export async function loadTensorflow(core: typeof tf): Promise<void> {
  if (loaded.has(core)) return;
  const load = createRequire(__filename);
  const packageFolder = folderOfPackage(load);
  const home = netloomHome();
  const card = await usedCard();
  const found = findTensorflow({ home, packageFolder, capability: card?.computeCapability ?? null });
  const file = found.binding ?? (await linkBinding({ library: found.library, home, packageFolder }));
  prepareProcess();
  const binding = loadBinding(load, file, found);
  load(join(packageFolder, 'dist', 'register_all_kernels.js'));
  registerTensorflowKernels(core);
  const { NodeJSKernelBackend } = load(join(packageFolder, 'dist', 'nodejs_kernel_backend.js')) as BackendModule;
  core.registerBackend('tensorflow', () => new NodeJSKernelBackend(binding, packageName), 1);
  const { version } = load(join(packageFolder, 'package.json')) as { version: string };
  loaded.set(core, { ...found, version, card });
}

/** Null before it was loaded. */
export function loadedTensorflow(core: typeof tf): LoadedTensorflow | null {
  return loaded.get(core) ?? null;
}

/** Whether it computes on a card, as TensorFlow itself says; for the backend that is current. */
export function onGpu(core: typeof tf): boolean {
  return (core.backend() as { isUsingGpuDevice?: boolean }).isUsingGpuDevice === true;
}

function folderOfPackage(load: NodeRequire): string {
  try {
    const folder = dirname(load.resolve(`${packageName}/package.json`));
    if (existsSync(join(folder, 'dist', 'nodejs_kernel_backend.js'))) return folder;
  } catch {
    // Said below: it is optional, so an installation without it is a whole one.
  }
  throw new EngineMissing(
    fill(tensorflowSentences.noPackage, { name: packageName }),
    tensorflowSentences.installOptional,
  );
}

/** Before the library is loaded, which reads these once. What the user set stays. */
function prepareProcess(): void {
  const wanted = {
    // Warnings about instruction sets and missing cards would go to the terminal of whoever trains.
    TF_CPP_MIN_LOG_LEVEL: '2',
    // Else it takes all of the card's memory at once, from everybody.
    TF_FORCE_GPU_ALLOW_GROWTH: 'true',
  };
  for (const [name, value] of Object.entries(wanted)) process.env[name] ??= value;
  // Node 23 took this function away, which tfjs-node 4.22.0 calls still.
  const shared = createRequire(__filename)('node:util') as { isNullOrUndefined?: (value: unknown) => boolean };
  shared.isNullOrUndefined ??= (value) => value === null || value === undefined;
}

function loadBinding(load: NodeRequire, file: string, { library }: FoundTensorflow): unknown {
  try {
    return load(file);
  } catch (error) {
    throw whyNotLoaded(error, library.folder);
  }
}
