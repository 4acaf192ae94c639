/** Stories of training, told with the fake engine and real files: epochs, best weights, pause, stop, chunks, ends. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readRun } from '../../../../electron/services/runs/readRun';
import { checkpointFile } from '../../../../electron/services/runs/runFolder';
import { readRunRecord } from '../../../../electron/services/runs/runRecord';
import { diskFiles } from '../../../../electron/files/fileSystem';
import type { RunEvent } from '../../../../shared/training/events';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { changedRunner, resumeStory, startStory, type Story, type TrainerSettings } from '../../../drivers/trainer';

const lossesOf = ({ session }: Story): Float32Array => {
  const { history } = readRun(session.run, session.folder, { layers: false });
  return history?.scalars.column('loss')?.slice() ?? new Float32Array();
};

const kinds = (events: readonly RunEvent[]): string[] =>
  events.map((event) => (event.event === 'state' ? event.state : event.event));

async function finished(settings: TrainerSettings = {}, training = {}): Promise<Story> {
  const story = await startStory(temporaryHome(), smallDesign(training), settings);
  await story.session.result;
  return story;
}

describe('a run', () => {
  it('trains its epochs, keeps both checkpoints, judges the test part once at the very end, and says so in order', async () => {
    const story = await finished();
    expect(kinds(story.events)).toEqual([
      'started',
      'running',
      ...['checkpoint', 'epoch', 'checkpoint'],
      ...['checkpoint', 'epoch', 'checkpoint'],
      ...['checkpoint', 'epoch', 'checkpoint'],
      ...['evaluation', 'evaluation', 'done'],
    ]);
    const result = await story.session.result;
    expect(result).toMatchObject({ state: 'finished', epochs: 3, bestEpoch: 3, notFinite: null });
    expect(result.test?.loss).toBeGreaterThan(0);
    expect(result.validation?.accuracy).toBeGreaterThan(0);
    const evaluations = story.events.flatMap((event) => (event.event === 'evaluation' ? [event.evaluation] : []));
    expect(evaluations.map(({ part }) => part)).toEqual(['validation', 'test']);
    expect(evaluations[1]?.heads[0]?.metrics.confusionMatrix?.matrix).toHaveLength(2);
  });

  it('writes everything it told into its folder, and releases its lock', async () => {
    const { session, events } = await finished();
    const { history, record, state, problems } = readRun(session.run, session.folder, { layers: true });
    expect(state).toBe('finished');
    expect(problems).toEqual([]);
    expect(kinds(history?.events ?? [])).toEqual(kinds(events));
    const steps = (await session.result).steps;
    expect(history?.scalars.steps).toBe(steps);
    expect(history?.layers.steps).toBe(steps);
    expect(record?.ratioEvery).toBeGreaterThanOrEqual(1);
    expect(readdirSync(session.folder).sort()).toEqual(['checkpoints', 'metrics.log', 'run.json']);
    expect(readdirSync(join(session.folder, 'checkpoints')).sort()).toEqual(['best.safetensors', 'last.safetensors']);
  });

  it('gives training measures that are means over the samples of the epoch, the last partial batch by its size', async () => {
    const story = await finished({}, { epochs: 2, batchSize: 70 });
    const losses = lossesOf(story);
    // 600 samples: eight batches of 70 and one of 40.
    const sizes = [70, 70, 70, 70, 70, 70, 70, 70, 40];
    expect(losses).toHaveLength(2 * sizes.length);
    const epochs = story.events.flatMap((event) => (event.event === 'epoch' ? [event.summary] : []));
    for (const [index, { train }] of epochs.entries()) {
      const own = losses.subarray(index * sizes.length, (index + 1) * sizes.length);
      const sum = sizes.reduce((total, size, step) => total + size * (own[step] as number), 0);
      expect(train.loss).toBeCloseTo(sum / 600, 12);
    }
    expect(epochs).toHaveLength(2);
  });
});

describe('the weights of the best epoch', () => {
  /** Makes the validation loss of each epoch what the test says. */
  const validationLosses = (losses: readonly number[]): NonNullable<TrainerSettings['wrap']> => {
    let epoch = 0;
    return (runner) =>
      changedRunner(runner, {
        evaluate: async (...args) => {
          const evaluation = await runner.evaluate(...args);
          const { part, full } = args[1];
          if (part !== 'validation' || full) return evaluation;
          const loss = losses[epoch++] ?? 9;
          return {
            ...evaluation,
            heads: evaluation.heads.map((head) => ({ ...head, lossSum: loss * evaluation.samples })),
          };
        },
      });
  };

  it('are what early stopping returns, after as many epochs without improvement as patience says', async () => {
    const losses = [1, 0.5, 0.8, 0.7, 0.6, 0.1];
    const settings = { wrap: validationLosses(losses) };
    const story = await finished(settings, { epochs: 20, earlyStopping: { patience: 3 } });
    expect(await story.session.result).toMatchObject({ state: 'finished', epochs: 5, bestEpoch: 2 });
    expect((await story.session.result).validation?.loss).toBeCloseTo(0.5, 12);
  });

  it('are loaded before the final judgement: it is that of the best epoch, not of the last', async () => {
    const judged: number[] = [];
    const spy: NonNullable<TrainerSettings['wrap']> = (runner) => {
      const inner = validationLosses([1, 0.5, 0.8, 0.9])(runner);
      return changedRunner(runner, {
        evaluate: async (...args) => {
          const evaluation = await inner.evaluate(...args);
          // What the weights themselves are worth, whatever was told to the loop.
          const own = await runner.evaluate(args[0], { part: 'test', full: false }, { aborted: false });
          judged.push((own.heads[0]?.lossSum ?? NaN) / own.samples);
          return evaluation;
        },
      });
    };
    await finished({ wrap: spy }, { epochs: 4 });
    // Four epochs, then validation and test with the weights of the second.
    expect(judged).toHaveLength(6);
    expect(judged[4]).toBe(judged[1]);
    expect(judged[5]).toBe(judged[1]);
    expect(judged[3]).not.toBe(judged[1]);
  });

  it('count as better only by more than the minimum improvement for patience, but the least loss is still the best', async () => {
    const settings = { wrap: validationLosses([1, 0.95, 0.93, 0.92]) };
    const earlyStopping = { patience: 2, minimumImprovement: 0.1 };
    const story = await finished(settings, { epochs: 20, earlyStopping });
    expect(await story.session.result).toMatchObject({ epochs: 3, bestEpoch: 3 });
  });
});

describe('chunks', () => {
  it('change no bit: submissions of 1, 3 and 17 steps and whatever fits give equal losses and equal weights', async () => {
    const stories = await Promise.all([1, 3, 17, undefined].map((submission) => finished({ submission })));
    const [first, ...others] = stories.map((story) => lossesOf(story));
    expect(first?.length).toBeGreaterThan(20);
    for (const losses of others) expect(losses).toEqual(first);
    const results = await Promise.all(stories.map(({ session }) => session.result));
    for (const result of results) expect(result.test).toEqual(results[0]?.test);
    for (const result of results) expect(result.train).toEqual(results[0]?.train);
  });
});

describe('a pause', () => {
  it('rests with `last` written, goes on when told, and changes no bit', async () => {
    const reference = await finished();
    const story = await startStory(temporaryHome(), smallDesign(), { faults: { stepMilliseconds: 3 } });
    await story.until(({ event }) => event === 'state');
    const step = await story.session.control.pause();
    expect(step).not.toBeNull();
    expect(existsSync(checkpointFile(story.session.folder, 'last'))).toBe(true);
    expect(readRun(story.session.run, story.session.folder, { layers: false }).state).toBe('paused');
    expect(lossesOf(story)).toHaveLength(step ?? -1);
    story.session.control.continue();
    expect((await story.session.result).state).toBe('finished');
    expect(kinds(story.events)).toContain('paused');
    expect(lossesOf(story)).toEqual(lossesOf(reference));
  });

  it('during the evaluation throws away what was summed and judges anew', async () => {
    const reference = await finished();
    let evaluations = 0;
    const wrap: TrainerSettings['wrap'] = (runner) =>
      changedRunner(runner, {
        evaluate: (...args) => {
          evaluations += 1;
          return runner.evaluate(...args);
        },
      });
    const story = await startStory(temporaryHome(), smallDesign(), { wrap, faults: { chunkMilliseconds: 20 } });
    // The first epoch takes a moment, its evaluation 140 ms.
    await story.until(({ event }) => event === 'state');
    while (readRun(story.session.run, story.session.folder, { layers: false }).history?.scalars.steps !== 19)
      await new Promise((resolve) => setTimeout(resolve, 2));
    await story.session.control.pause();
    story.session.control.continue();
    const result = await story.session.result;
    const expected = await reference.session.result;
    expect(result.validation).toEqual(expected.validation);
    expect(result.test).toEqual(expected.test);
    expect(kinds(story.events)).toContain('paused');
    // Three epochs, validation and test at the end, and the one that was begun again.
    expect(evaluations).toBe(6);
  });

  it('can end in a stop', async () => {
    const story = await startStory(temporaryHome(), smallDesign(), { faults: { stepMilliseconds: 3 } });
    await story.session.control.pause();
    story.session.control.stop();
    expect((await story.session.result).state).toBe('stopped');
  });
});

describe('a stop', () => {
  it('ends between two steps, keeps `last`, and the run goes on from there to the same bits', async () => {
    const reference = await finished();
    const home = temporaryHome();
    const story = await startStory(home, smallDesign(), { faults: { stepMilliseconds: 3 } });
    await story.until(({ event }) => event === 'epoch');
    story.session.control.stop();
    const { state, steps } = await story.session.result;
    expect(state).toBe('stopped');
    expect(lossesOf(story)).toHaveLength(steps);
    const resumed = await resumeStory(home, story.session.folder, smallDesign());
    expect((await resumed.session.result).state).toBe('finished');
    expect(resumed.events[0]).toMatchObject({ event: 'started', resumed: true, step: steps });
    expect(lossesOf(resumed)).toEqual(lossesOf(reference));
    expect((await resumed.session.result).test).toEqual((await reference.session.result).test);
  });

  it('looks at the signal between steps: no more than the step under way is done after it', async () => {
    const story = await startStory(temporaryHome(), smallDesign({ epochs: 1000 }), {
      submission: 17,
      faults: { stepMilliseconds: 5 },
    });
    await story.until(({ event }) => event === 'epoch');
    const before = lossesOf(story).length;
    story.session.control.stop();
    const { steps } = await story.session.result;
    // Two submissions of 17 were in flight.
    expect(steps - before).toBeLessThan(17);
  });
});

describe('a run that cannot go on', () => {
  it('names the node whose output was not finite, and leaves the weights as they were', async () => {
    const story = await finished({ faults: { notFiniteAt: 20 } });
    const result = await story.session.result;
    expect(result).toMatchObject({ state: 'failed', steps: 20, notFinite: { step: 20, node: 'hidden1' } });
    expect(result.reason).toContain('The first node whose output was not finite is hidden1');
    expect(kinds(story.events)).toContain('notFinite');
    expect(lossesOf(story)).toHaveLength(20);
    expect(readRun(story.session.run, story.session.folder, { layers: false })).toMatchObject({ state: 'failed' });
  });

  it('says what to do when memory runs out', async () => {
    const result = await (await finished({ faults: { outOfMemoryAt: 5 } })).session.result;
    expect(result).toMatchObject({ state: 'failed', steps: 5 });
    expect(result.reason).toContain('Make the batch smaller (training.batchSize is 32; 16 may fit)');
  });

  it('ends with what the engine threw as its reason', async () => {
    const wrap: TrainerSettings['wrap'] = (runner) =>
      changedRunner(runner, { evaluate: () => Promise.reject(new Error('device lost')) });
    const story = await finished({ wrap });
    expect(await story.session.result).toMatchObject({ state: 'failed', reason: 'Training broke off: device lost' });
    expect(readdirSync(story.session.folder)).not.toContain('lock');
  });
});

describe('the update-to-weight ratio', () => {
  it('is measured as often as the first steps have found out, which is kept and reused', async () => {
    const home = temporaryHome();
    const story = await startStory(home, smallDesign(), { faults: { stepMilliseconds: 2 } });
    await story.until(({ event }) => event === 'epoch');
    story.session.control.stop();
    await story.session.result;
    const { ratioEvery } = readRunRecord(diskFiles, story.session.folder);
    expect(ratioEvery).not.toBeNull();
    const resumed = await resumeStory(home, story.session.folder, smallDesign());
    await resumed.session.result;
    expect(resumed.events[0]).toMatchObject({ event: 'started', ratioEvery });
    expect(readRunRecord(diskFiles, story.session.folder).ratioEvery).toBe(ratioEvery);
  });
});
