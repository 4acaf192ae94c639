/** The engine's process is killed at random moments: no record is lost, and the run ends where it would have ended. */
import { existsSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, vi } from 'vitest';
import { readRun } from '../../../../../electron/services/runs/readRun';
import { ServiceProblem } from '../../../../../electron/services/serviceProblem';
import type { Json } from '../../../../../shared/messages/define';
import { randomStream } from '../../../../../shared/training/random';
import { killSeed } from '../../../../drivers/killing';
import { smallDesign } from '../../../../drivers/smallDesign';
import { temporaryHome } from '../../../../drivers/temporaryHome';
import { missingFrom, toldBy, type LoggedRun, type Told } from '../../../../drivers/toldRun';
import { resumeStory, startStory, type Story } from '../../../../drivers/trainer';
import { killableEngine, type KillableEngine, type Moment } from './killableEngine';

const wanted = process.env.NETLOOM_LONG === '1' ? 50 : 10;
const epochs = 16;
const gone = 'The process of the engine "pytorch" is gone: ';

/** With Dropout and BatchNorm: what draws numbers, and what has state besides weights. */
function design(): Json {
  const small = smallDesign({ epochs }) as { nodes: Json[] };
  const [point, hidden, logits, output] = small.nodes as [Json, Json, Json, Json];
  const nodes = [
    point,
    hidden,
    { id: 'norm', layer: 'BatchNorm' },
    { id: 'bend', layer: 'ReLU' },
    { id: 'drop', layer: 'Dropout', params: { rate: 0.2 } },
    logits,
    output,
  ];
  const ids = nodes.map((node) => (node as { id: string }).id);
  const wires = ids.slice(1).map((to, at): Json => ({ from: ids[at] as string, to }));
  return { ...small, nodes, wires };
}

/** One of each kind, and the rest by steps, in drawn order, again and again. */
function moments(run: number): Moment[] {
  const draw = randomStream(killSeed, 'moments', run);
  const each: Moment['during'][] = ['start', 'evaluation', 'checkpoint', 'checkpoint', 'evaluation'];
  const kinds = Array.from({ length: 10 }, (_, at) => each[at] ?? 'step');
  // Up to: how many go by, and milliseconds, or a share of the start.
  const most = { start: [0, 0.9], step: [12, 20], evaluation: [2, 2], checkpoint: [3, 4] } as const;
  return [...draw.permutation(kinds.length)].map((at) => {
    const during = kinds[at] ?? 'step';
    const [first = 0, second = 0] = draw.uniform(2);
    const [after, delay] = most[during];
    return { during, after: Math.floor(first * (after + 1)), delay: second * delay };
  });
}

/** One session, told to its end; null where it could not begin because the process was killed meanwhile. */
async function session(home: string, { engine }: KillableEngine, place: LoggedRun | null): Promise<Story | null> {
  const settings = { engine, submission: 2 };
  try {
    const story = place
      ? await resumeStory(home, place.folder, design(), settings)
      : await startStory(home, design(), settings);
    await story.session.result;
    return story;
  } catch (error) {
    if (!(error instanceof ServiceProblem)) throw error;
    expect(error.message).toContain(gone);
    expect(error.message).toContain('SIGKILL');
    expect(['engine-lost', 'engine-unavailable']).toContain(error.code);
    return null;
  }
}

/** It counts as interrupted, for a reason that is said, and all that was told is in the log. */
async function expectInterrupted({ session: { result, run, folder }, events, frames }: Story): Promise<void> {
  const { reason } = await result;
  expect(reason).toContain(gone);
  expect(reason).toContain('SIGKILL');
  const { state, problems, history } = readRun(run, folder, { layers: true });
  expect({ state, problems }).toEqual({ state: 'interrupted', problems: [] });
  expect(history && missingFrom(history, { events, frames })).toEqual([]);
  expect(events.length).toBeGreaterThan(0);
}

/** Kills a run until it has ended by itself, and counts how often. */
async function killOften(home: string, killable: KillableEngine, plan: Moment[], whole: Told): Promise<number> {
  let place: LoggedRun | null = null;
  let kills = 0;
  for (;;) {
    const moment = plan.shift();
    if (moment) killable.arm(moment);
    const before: Told | null = place && toldBy(place);
    const story = await session(home, killable, place);
    if (killable.disarm()) kills += 1;
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith('netloom-pytorch-'))).toEqual([]);
    if (!story) {
      // Nothing was begun, so nothing was changed.
      if (place) expect(toldBy(place)).toEqual(before);
      else expect(existsSync(join(home, 'runs')) ? readdirSync(join(home, 'runs')) : []).toEqual([]);
      continue;
    }
    place = story.session;
    const { state } = await story.session.result;
    if (state === 'finished') break;
    await expectInterrupted(story);
  }
  expect(toldBy(place)).toEqual(whole);
  return kills;
}

it(
  `a run is interrupted ${wanted} times, resumes each time, and ends with the same bits (NETLOOM_SEED=${killSeed})`,
  { timeout: 1_800_000 },
  async () => {
    const home = temporaryHome();
    vi.stubEnv('TMPDIR', home);
    const killable = killableEngine(home);
    const undisturbed = await session(temporaryHome(), killable, null);
    expect(await undisturbed?.session.result).toMatchObject({ state: 'finished', epochs });
    const whole = toldBy((undisturbed as Story).session);
    expect([whole.losses.length, whole.evaluations.length]).toEqual([epochs * 19, 2]);
    let kills = 0;
    // A run may end before its last moments come; then another one takes them.
    for (let run = 0; kills < wanted; run += 1)
      kills += await killOften(temporaryHome(), killable, moments(run).slice(0, wanted - kills), whole);
  },
);
