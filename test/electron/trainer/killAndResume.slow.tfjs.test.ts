/** kill -9 of a trainer that computes with TensorFlow, then resume: the same losses to the bit. */
import { it } from 'vitest';
import { killSeed } from '../../drivers/killing';
import { useTensorflow } from '../../drivers/tensorflow';
import { digitsCnn, expectSameBits } from './killedTrainer';

useTensorflow();
const kills = process.env.NETLOOM_LONG === '1' ? 20 : 3;

it(`${kills} kills change no bit of digits-cnn on TensorFlow (NETLOOM_SEED=${killSeed})`, async () => {
  await expectSameBits({
    engine: 'tensorflow',
    design: digitsCnn(3),
    kills,
    killsOfRun: kills % 4 || 4,
    milliseconds: 60,
  });
}, 900_000);
