/** Trains the samples whose data need no download to an end, on any engine, and says what each must have learned. */
import { readdirSync } from 'node:fs';
import { expect } from 'vitest';
import type { Engine } from '../../../electron/trainer/engines/engine';
import { designsFolder, sampleDocument, withEpochs } from '../../drivers/sampleDocument';
import { temporaryHome } from '../../drivers/temporaryHome';
import { toldBy } from '../../drivers/toldRun';
import { startStory } from '../../drivers/trainer';

interface Goal {
  /** So many at most in `npm test`; as many as the sample says in `npm run test:long`. */
  epochs: number;
  /** The test part, judged with the best weights. */
  loss: number;
  accuracy: number;
}

const goals: Record<string, Goal> = {
  'digits-attention': { epochs: 3, loss: 0.6, accuracy: 0.8 },
  'digits-cnn': { epochs: 2, loss: 0.4, accuracy: 0.85 },
  'digits-mlp': { epochs: 5, loss: 0.4, accuracy: 0.88 },
  'digits-resnet': { epochs: 2, loss: 1, accuracy: 0.7 },
  // What it shows is that it does not learn: it stays where all ten digits are as likely.
  'digits-sigmoid-deep': { epochs: 2, loss: 2.4, accuracy: 0 },
  'spiral-mlp': { epochs: 25, loss: 0.25, accuracy: 0.9 },
  'xor-mlp': { epochs: 20, loss: 0.1, accuracy: 0.99 },
};
const long = process.env.NETLOOM_LONG === '1';
const downloaded = ['mnist', 'fashionMnist'];

export const samplesAtHand = readdirSync(designsFolder)
  .map((file) => file.replace('.netloom', ''))
  .filter((name) => !downloaded.includes(sampleDocument(name).data.source));

export async function trainSample(name: string, engine: Engine): Promise<void> {
  const goal = goals[name];
  if (!goal) throw new Error(`what ${name} must learn is not said`);
  const design = sampleDocument(name);
  const epochs = long ? design.training.epochs : Math.min(goal.epochs, design.training.epochs);
  const { session } = await startStory(temporaryHome(), withEpochs(design, epochs), { engine });
  const result = await session.result;
  expect(result).toMatchObject({ state: 'finished', epochs, reason: null });
  const told = toldBy(session);
  expect(told.losses).toHaveLength(result.steps);
  expect(told.losses.every((loss) => Number.isFinite(loss))).toBe(true);
  expect(told.epochs).toHaveLength(epochs);
  expect(told.evaluations.map(({ part }) => part)).toEqual(['validation', 'test']);
  expect(result.test?.loss).toBeLessThanOrEqual(goal.loss);
  expect(result.test?.accuracy).toBeGreaterThanOrEqual(goal.accuracy);
}
