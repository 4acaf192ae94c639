/** The story of runners, told to TensorFlow. */
import { loadEngine } from '../../../electron/trainer/engines/engines';
import { useTensorflow } from '../../drivers/tensorflow';
import { tellRunnerStory } from '../runner/runnerStory';
import { openOptions, tinySamples } from '../runner/tinyDesigns';

useTensorflow();

tellRunnerStory('tensorflow', {
  engine: loadEngine('tensorflow'),
  computes: true,
  async poisoned(program) {
    // Step 1 takes samples 8 to 15.
    const data = tinySamples((image, sample) => sample === 9 && image.fill(Infinity));
    return { runner: await (await this.engine).open(program, openOptions({ data })), node: 'in' };
  },
});
