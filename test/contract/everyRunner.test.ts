/** The engines that need nothing installed, each told the story of runners. */
import type { AvailableEngine } from '../../electron/trainer/engines/engines';
import { loadEngine } from '../../electron/trainer/engines/engines';
import { createFakeEngine } from '../../electron/trainer/engines/fake/fakeEngine';
import { tellRunnerStory, type Bench } from './runner/runnerStory';
import { openOptions, tinySamples } from './runner/tinyDesigns';

/** Told elsewhere: PyTorch where there is a Python (`pytorchRunner.python.test.ts`), TensorFlow where there is its library. */
const benches: Record<Exclude<AvailableEngine, 'pytorch' | 'tensorflow'>, Bench> = {
  wasm: {
    engine: loadEngine('wasm'),
    computes: true,
    async poisoned(program) {
      // Step 1 takes samples 8 to 15.
      const data = tinySamples((image, sample) => sample === 9 && image.fill(Infinity));
      return { runner: await (await this.engine).open(program, openOptions({ data })), node: 'in' };
    },
  },
  fake: {
    engine: loadEngine('fake'),
    computes: false,
    poisoned: async (program) => ({
      runner: await createFakeEngine({ notFiniteAt: 1 }).open(program, openOptions()),
      node: 'conv',
    }),
  },
};

for (const [id, bench] of Object.entries(benches)) tellRunnerStory(id, bench);
