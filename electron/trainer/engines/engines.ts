/** The closed list of engines; each is loaded only when it is asked for, because tensor libraries are heavy. */
import { engineSentences } from '../../../shared/messages/engineSentences';
import type { Engine } from './engine';

const loaders = {
  wasm: async (): Promise<Engine> => {
    const { createTfjsEngine } = await import('./tfjs/tfjsEngine');
    const { probeBackend } = await import('./tfjs/probe');
    return createTfjsEngine('wasm', 'wasm', () => probeBackend('wasm', engineSentences.wasmDevice));
  },
  tensorflow: async (): Promise<Engine> => {
    const { createTfjsEngine } = await import('./tfjs/tfjsEngine');
    const { probeTensorflow } = await import('./tfjs/tensorflow/probeTensorflow');
    return createTfjsEngine('tensorflow', 'tensorflow', probeTensorflow);
  },
  pytorch: async (): Promise<Engine> => (await import('./pytorch/pytorchEngine')).createPytorchEngine(),
  fake: async (): Promise<Engine> => (await import('./fake/fakeEngine')).createFakeEngine(),
};

export type AvailableEngine = keyof typeof loaders;
export const engineIds = Object.keys(loaders) as AvailableEngine[];

export function isEngineId(id: string): id is AvailableEngine {
  return (engineIds as string[]).includes(id);
}

export function loadEngine(id: AvailableEngine): Promise<Engine> {
  return loaders[id]();
}
