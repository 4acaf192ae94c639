/** The engines on tfjs: one implementation, told apart by the backend that it loads. */
import type { Engine, EngineId, Probe } from '../engine';
import { loadBackend, type BackendName } from './backend';
import { guardAllocation, isOutOfMemory, weightsTooLarge } from './outOfMemory';
import { TfjsRunner } from './tfjsRunner';

export function createTfjsEngine(id: EngineId, backend: BackendName, probe: () => Promise<Probe>): Engine {
  return {
    id,
    probe,
    async open(program, options) {
      const core = await loadBackend(backend);
      guardAllocation(core);
      try {
        return new TfjsRunner(core, program, options);
      } catch (error) {
        throw isOutOfMemory(error) ? weightsTooLarge(core, program) : error;
      }
    },
  };
}
