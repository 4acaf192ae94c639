/** Every sample is trained to an end on TensorFlow, and has learned what it is there to show. */
import { it } from 'vitest';
import { loadEngine } from '../../../electron/trainer/engines/engines';
import { useTensorflow } from '../../drivers/tensorflow';
import { samplesAtHand, trainSample } from './trainSample';

useTensorflow();

it.each(samplesAtHand)('%s', async (name) => trainSample(name, await loadEngine('tensorflow')), 900_000);
