/** kill -9 at any moment, then resume: the same losses to the bit as a run that nobody disturbed. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../../electron/services/runs/readRun';
import { randomStream } from '../../../shared/training/random';
import type { Json } from '../../../shared/messages/define';
import type { EpochSummary, FinalEvaluation } from '../../../shared/training/events';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { lossesOf, resumeProcess, startProcess, type ProcessStory } from '../../drivers/training';

const long = process.env.NETLOOM_LONG === '1';
/** Another one every time; a failure says which. */
const seed = Number(process.env.NETLOOM_SEED ?? Date.now() % 1_000_000);

/** False: there is no such process any more. */
function kill(pid: number): boolean {
  try {
    return process.kill(pid, 'SIGKILL');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false;
    throw error;
  }
}

/** Kills the trainer once so many steps have been told and so many milliseconds have passed; false: it ended before. */
async function killAt(story: ProcessStory, step: number, milliseconds: number): Promise<boolean> {
  const passed = story.until((event) => event.event === 'metrics' && event.frame.firstStep + event.frame.steps > step);
  const before = await passed.then(
    () => false,
    () => true,
  );
  if (before) return false;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  // The last steps may take less than that: whoever ended by himself can't be killed any more.
  if (!kill(story.training.pid as number)) return false;
  const events = await story.ended;
  return events[events.length - 1]?.event === 'lost';
}

async function undisturbed(design: Json, engine: string): Promise<ProcessStory> {
  const story = await startProcess(temporaryHome(), design, { engine });
  await story.ended;
  return story;
}

const killsOfRun = 4;

/** With Dropout and BatchNorm: what draws numbers, and what has state besides weights. */
function twoEpochs(): Json {
  const file = join(__dirname, '..', '..', '..', 'assets', 'designs', 'digits-cnn.netloom');
  const document = JSON.parse(readFileSync(file, 'utf8')) as { training: { [key: string]: Json } };
  return { ...document, training: { ...document.training, epochs: 2 } };
}

/** Everything in a log that does not tell of time. */
interface Told {
  losses: Float32Array;
  norms: Float32Array | undefined;
  epochs: EpochSummary[];
  /** Validation and test, judged in full with the best weights. */
  evaluations: FinalEvaluation[];
}

function toldBy({ training }: ProcessStory): Told {
  const { history } = readRun(training.run, training.folder, { layers: false });
  return {
    losses: lossesOf(training),
    norms: history?.scalars.column('gradientNorm')?.slice(),
    epochs: (history?.epochs ?? []).map((summary) => ({ ...summary, seconds: 0 })),
    evaluations: (history?.events ?? [])
      .flatMap((one) => (one.event === 'evaluation' ? [one.evaluation] : []))
      .slice(-2),
  };
}

describe(`kill -9 and resume (NETLOOM_SEED=${seed})`, () => {
  it('changes no bit of a run that is killed over and over again, with the fake engine', async () => {
    const design = smallDesign({ epochs: 60 });
    const reference = await undisturbed(design, 'fake');
    const draws = randomStream(seed, 'fake').uniform(200);
    const home = temporaryHome();
    let story = await startProcess(home, design, { faults: { stepMilliseconds: 4 } });
    let kills = 0;
    for (; kills < (long ? 100 : 25); kills += 1) {
      const started = story.events.find(({ event }) => event === 'started');
      const from = started?.event === 'started' ? started.step : 0;
      const left = 60 * 19 - from;
      // Sometimes before the first checkpoint of the session, sometimes after several.
      const step = from + Math.floor((draws[2 * kills] as number) * Math.min(left, 70));
      if (!(await killAt(story, step, 15 * (draws[2 * kills + 1] as number)))) break;
      const { state, problems } = readRun(story.training.run, story.training.folder, { layers: true });
      // Its last record may have been written, and nobody told of it yet.
      if (state === 'finished') break;
      expect(state).toBe('interrupted');
      // A torn tail may be there and is said; nothing else is wrong.
      for (const problem of problems) expect(problem).toMatch(/^The log is good up to a point/);
      story = await resumeProcess(home, story.training.run, { faults: { stepMilliseconds: 4 } });
      await story.until(({ event }) => event === 'started');
    }
    await story.ended;
    expect(kills).toBeGreaterThan(10);
    const told = toldBy(reference);
    expect(told.losses).toHaveLength(60 * 19);
    expect(told.evaluations).toHaveLength(2);
    expect(toldBy(story)).toEqual(told);
  }, 300_000);

  it('changes no bit of digits-cnn on wasm, killed at 20 random moments', async () => {
    const reference = await undisturbed(twoEpochs(), 'wasm');
    const { steps } = await reference.training.result;
    const told = toldBy(reference);
    expect(told.losses).toHaveLength(steps);
    let kills = 0;
    for (let run = 0; kills < (long ? 100 : 20); run += 1) {
      const draws = randomStream(seed, 'wasm', run).uniform(2 * killsOfRun);
      const moments = [...draws.subarray(0, killsOfRun)].map((draw) => Math.floor(draw * (steps - 1)));
      const home = temporaryHome();
      let story = await startProcess(home, twoEpochs(), { engine: 'wasm' });
      for (const [at, step] of moments.sort((a, b) => a - b).entries()) {
        // A run that ends before it is killed has nothing to be resumed.
        if (!(await killAt(story, step, 60 * (draws[killsOfRun + at] as number)))) break;
        kills += 1;
        story = await resumeProcess(home, story.training.run);
      }
      await story.ended;
      expect(toldBy(story), `run ${run}, killed at ${moments.join(', ')}`).toEqual(told);
    }
  }, 900_000);
});

describe('digits-cnn on wasm', () => {
  it('gives losses and results that are equal to the bit with submissions of 1, 3 and 17 steps', async () => {
    const told: Told[] = [];
    for (const submission of [undefined, 1, 3, 17]) {
      const story = await startProcess(temporaryHome(), twoEpochs(), { engine: 'wasm', submission });
      await story.ended;
      told.push(toldBy(story));
    }
    const [first, ...others] = told;
    expect(first?.losses.length).toBe(2 * 38);
    for (const other of others) expect(other).toEqual(first);
  }, 300_000);
});
