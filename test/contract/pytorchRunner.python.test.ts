/** The story of runners, told to PyTorch in a process of its own. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createPytorchEngine } from '../../electron/trainer/engines/pytorch/pytorchEngine';

import { testPython } from '../drivers/testPython';
import { tellRunnerStory } from './runner/runnerStory';
import { openOptions, tinySamples } from './runner/tinyDesigns';

const engine = createPytorchEngine({
  home: join(tmpdir(), 'netloom-no-home'),
  environment: { ...process.env, NETLOOM_PYTHON: testPython(), NETLOOM_PYTORCH: 'device=cpu threads=1' },
});

tellRunnerStory('pytorch', {
  engine: Promise.resolve(engine),
  computes: true,
  async poisoned(program) {
    // Step 1 takes samples 8 to 15.
    const data = tinySamples((image, sample) => sample === 9 && image.fill(Infinity));
    return { runner: await engine.open(program, openOptions({ data })), node: 'in' };
  },
});
