/** The engines on tfjs: one implementation, told apart by the backend that it loads. */
import type { Engine, EngineId } from '../engine';
import { loadBackend, type BackendName } from './backend';
import { guardAllocation, isOutOfMemory, weightsTooLarge } from './outOfMemory';
import { probeBackend } from './probe';
import { TfjsRunner } from './tfjsRunner';

export function createTfjsEngine(id: EngineId, backend: BackendName, device: string): Engine {
  return {
    id,
    probe: () => probeBackend(backend, device),
    async open(program, options) {
      const core = await loadBackend(backend);
      guardAllocation(core);
      try {
        return new TfjsRunner(core, program, options);
      } catch (error) {
        throw isOutOfMemory(error) ? weightsTooLarge(program) : error;
      }
    },
  };
}
