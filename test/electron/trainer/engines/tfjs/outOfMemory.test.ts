/** Memory that runs out in a step ends the submission with advice, and leaves a runner that goes on with less. */
import { afterEach, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import { guardAllocation } from '../../../../../electron/trainer/engines/tfjs/outOfMemory';
import { classifier, tinySteps } from '../../../../contract/runner/tinyDesigns';
import { withRunner } from '../../../../contract/runner/withRunner';

interface WasmModule {
  _malloc: (bytes: number) => number;
}

const calm = { aborted: false };
let restore = (): void => undefined;
afterEach(() => restore());

/** From now on the heap has no room for the `remaining`th allocation from here and any after it. */
async function exhaustAfter(remaining: number): Promise<void> {
  const core = await loadBackend('wasm');
  guardAllocation(core);
  const { wasm } = core.backend() as unknown as { wasm: WasmModule };
  const { _malloc: guarded } = wasm;
  let left = remaining;
  wasm._malloc = (bytes) => {
    left -= 1;
    // What the module itself does is to return the address 0; the guard's own call is asked for more than there is.
    return guarded(left < 0 ? 2 ** 32 - 1 : bytes);
  };
  restore = () => void (wasm._malloc = guarded);
}

describe('a step without room', () => {
  it('ends with advice and changes nothing, whichever of its allocations fails', async () => {
    await withRunner(classifier(), async (runner) => {
      await runner.submit(tinySteps(0, 1), calm);
      const memory = await runner.memory();
      let failures = 0;
      for (;;) {
        await exhaustAfter(failures);
        const done = await runner.submit(tinySteps(1, 1), calm);
        restore();
        if (done.reason === undefined) break;
        expect(done).toMatchObject({ stoppedAt: 1, reason: 'out of memory', columns: { steps: 0 } });
        expect(done.largestBatch).toBeGreaterThanOrEqual(1);
        expect(done.largestBatch).toBeLessThan(8);
        expect(await runner.memory()).toEqual(memory);
        failures += 1;
      }
      expect(failures).toBeGreaterThan(100);
      const { columns } = await runner.submit(tinySteps(2, 2), calm);
      await withRunner(classifier(), async (undisturbed) => {
        const expected = await undisturbed.submit(tinySteps(0, 4), calm);
        expect([...columns.scalars]).toEqual([...expected.columns.scalars].slice(8));
      });
    });
  });
});
