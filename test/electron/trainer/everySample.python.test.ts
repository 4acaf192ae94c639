/** Every sample is trained to an end on PyTorch, and has learned what it is there to show. */
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'vitest';
import { createPytorchEngine } from '../../../electron/trainer/engines/pytorch/pytorchEngine';
import { testPython } from '../../drivers/testPython';
import { samplesAtHand, trainSample } from './trainSample';

const environment = { ...process.env, NETLOOM_PYTHON: testPython(), NETLOOM_PYTORCH: 'device=cpu threads=1' };
const engine = createPytorchEngine({ home: join(tmpdir(), 'netloom-no-home'), environment });

it.each(samplesAtHand)('%s', (name) => trainSample(name, engine), 900_000);
