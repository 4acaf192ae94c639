/** A trainer process that is killed and resumed over and over again, on any engine: no bit of its run may change. */
import { expect } from 'vitest';
import { readRun } from '../../../electron/services/runs/readRun';
import type { TrainingEvent } from '../../../electron/services/training/training';
import type { Json } from '../../../shared/messages/define';
import type { RunEvent } from '../../../shared/training/events';
import { randomStream } from '../../../shared/training/random';
import { kill, killSeed } from '../../drivers/killing';
import { sampleDocument, withEpochs } from '../../drivers/sampleDocument';
import { temporaryHome } from '../../drivers/temporaryHome';
import { missingFrom, toldBy, type Heard } from '../../drivers/toldRun';
import { resumeProcess, startProcess, type ProcessStory } from '../../drivers/training';

/** With Dropout and BatchNorm: what draws numbers, and what has state besides weights. */
export function digitsCnn(epochs: number): Json {
  return withEpochs(sampleDocument('digits-cnn'), epochs);
}

export async function undisturbed(design: Json, engine: string): Promise<ProcessStory> {
  const story = await startProcess(temporaryHome(), design, { engine });
  await story.ended;
  return story;
}

export interface Strike {
  /** Once this step was told, and so many milliseconds later. */
  step: number;
  milliseconds: number;
  /** Who is killed; unless told, the trainer itself. */
  victim?: (trainer: number) => number | null;
}

/** False: the run ended before. */
export async function killAt(story: ProcessStory, { step, milliseconds, victim }: Strike): Promise<boolean> {
  const passed = story.until((event) => event.event === 'metrics' && event.frame.firstStep + event.frame.steps > step);
  const before = await passed.then(
    () => false,
    () => true,
  );
  if (before) return false;
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const trainer = story.training.pid as number;
  const pid = victim ? victim(trainer) : trainer;
  // The last steps may take less than that: whoever ended by himself can't be killed any more.
  if (pid === null || !kill(pid)) return false;
  const events = await story.ended;
  return events[events.length - 1]?.event === 'lost';
}

/** True: it counts as interrupted, and its log has all that was told. False: it had ended, and nobody was told of it yet. */
export function expectInterrupted({ training, events }: ProcessStory): boolean {
  const { state, problems, history } = readRun(training.run, training.folder, { layers: true });
  if (state === 'finished') return false;
  expect(state).toBe('interrupted');
  // A torn tail may be there and is said; nothing else is wrong.
  for (const problem of problems) expect(problem).toMatch(/^The log is good up to a point/);
  expect(history && missingFrom(history, heardOf(events))).toEqual([]);
  return true;
}

function heardOf(events: readonly TrainingEvent[]): Heard {
  return {
    events: events.filter((one): one is RunEvent => one.event !== 'metrics' && one.event !== 'lost'),
    frames: events.flatMap((one) => (one.event === 'metrics' ? [one.frame] : [])),
  };
}

export interface Killing {
  engine: string;
  design: Json;
  kills: number;
  killsOfRun: number;
  /** The longest time from a step to its kill. */
  milliseconds: number;
  /** Beside the trainer itself, whom every second kill takes. */
  victim?: Strike['victim'];
  /** Looks at each run that was broken off. */
  onInterrupted?: (story: ProcessStory, ofVictim: boolean) => void;
}

/** Every run ends with what the undisturbed one tells. */
export async function expectSameBits(killing: Killing): Promise<void> {
  const { engine, design, kills: wanted, killsOfRun, milliseconds, victim } = killing;
  const reference = await undisturbed(design, engine);
  const { steps } = await reference.training.result;
  const told = toldBy(reference.training);
  expect(told.losses).toHaveLength(steps);
  expect(told.evaluations).toHaveLength(2);
  let kills = 0;
  for (let run = 0; kills < wanted; run += 1) {
    const draws = randomStream(killSeed, engine, run).uniform(2 * killsOfRun);
    const moments = [...draws.subarray(0, killsOfRun)].map((draw) => Math.floor(draw * (steps - 1)));
    const home = temporaryHome();
    let story = await startProcess(home, design, { engine });
    for (const [at, step] of moments.sort((a, b) => a - b).entries()) {
      const ofVictim = victim !== undefined && kills % 2 === 1;
      const strike = { step, milliseconds: milliseconds * (draws[killsOfRun + at] as number) };
      // A run that ends before it is killed has nothing to be resumed.
      if (!(await killAt(story, ofVictim ? { ...strike, victim } : strike))) break;
      if (!expectInterrupted(story)) break;
      killing.onInterrupted?.(story, ofVictim);
      kills += 1;
      story = await resumeProcess(home, story.training.run);
    }
    await story.ended;
    expect(toldBy(story.training), `run ${run}, killed at ${moments.join(', ')}`).toEqual(told);
  }
}
