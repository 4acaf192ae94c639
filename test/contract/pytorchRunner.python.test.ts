/** The story of runners, told to PyTorch in processes of its own. */
import { afterAll } from 'vitest';
import { warmEngine } from '../drivers/warmEngine';
import { tellRunnerStory } from './runner/runnerStory';
import { openOptions, tinySamples } from './runner/tinyDesigns';

const warm = warmEngine('device=cpu threads=1');
const engine = warm.then((one) => one.engine);
afterAll(async () => (await warm).stop());

tellRunnerStory('pytorch', {
  engine,
  computes: true,
  async poisoned(program) {
    // Step 1 takes samples 8 to 15.
    const data = tinySamples((image, sample) => sample === 9 && image.fill(Infinity));
    return { runner: await (await engine).open(program, openOptions({ data })), node: 'in' };
  },
});
