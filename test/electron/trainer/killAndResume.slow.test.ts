/** kill -9 at any moment, then resume: the same losses to the bit as a run that nobody disturbed. */
import { describe, expect, it } from 'vitest';
import { randomStream } from '../../../shared/training/random';
import { killSeed } from '../../drivers/killing';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { toldBy, type Told } from '../../drivers/toldRun';
import { resumeProcess, startProcess } from '../../drivers/training';
import { digitsCnn, expectInterrupted, expectSameBits, killAt, undisturbed } from './killedTrainer';

const long = process.env.NETLOOM_LONG === '1';

describe(`kill -9 and resume (NETLOOM_SEED=${killSeed})`, () => {
  it('changes no bit of a run that is killed over and over again, with the fake engine', async () => {
    const design = smallDesign({ epochs: 60 });
    const reference = await undisturbed(design, 'fake');
    const draws = randomStream(killSeed, 'fake').uniform(200);
    const home = temporaryHome();
    let story = await startProcess(home, design, { faults: { stepMilliseconds: 4 } });
    let kills = 0;
    for (; kills < (long ? 100 : 25); kills += 1) {
      const started = story.events.find(({ event }) => event === 'started');
      const from = started?.event === 'started' ? started.step : 0;
      const left = 60 * 19 - from;
      // Sometimes before the first checkpoint of the session, sometimes after several.
      const step = from + Math.floor((draws[2 * kills] as number) * Math.min(left, 70));
      if (!(await killAt(story, { step, milliseconds: 15 * (draws[2 * kills + 1] as number) }))) break;
      // Its last record may have been written, and nobody told of it yet.
      if (!expectInterrupted(story)) break;
      story = await resumeProcess(home, story.training.run, { faults: { stepMilliseconds: 4 } });
      await story.until(({ event }) => event === 'started');
    }
    await story.ended;
    expect(kills).toBeGreaterThan(10);
    const told = toldBy(reference.training);
    expect(told.losses).toHaveLength(60 * 19);
    expect(told.evaluations).toHaveLength(2);
    expect(toldBy(story.training)).toEqual(told);
  }, 300_000);

  it('changes no bit of digits-cnn on wasm, killed at 20 random moments', async () => {
    const kills = long ? 100 : 20;
    await expectSameBits({ engine: 'wasm', design: digitsCnn(2), kills, killsOfRun: 4, milliseconds: 60 });
  }, 900_000);
});

describe('digits-cnn on wasm', () => {
  it('gives losses and results that are equal to the bit with submissions of 1, 3 and 17 steps', async () => {
    const told: Told[] = [];
    for (const submission of [undefined, 1, 3, 17]) {
      const story = await startProcess(temporaryHome(), digitsCnn(2), { engine: 'wasm', submission });
      await story.ended;
      told.push(toldBy(story.training));
    }
    const [first, ...others] = told;
    expect(first?.losses.length).toBe(2 * 38);
    for (const other of others) expect(other).toEqual(first);
  }, 300_000);
});
