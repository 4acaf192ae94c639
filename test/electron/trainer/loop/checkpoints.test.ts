/** Checkpoints are written while training goes on: what is told, kept and waited for meanwhile, and a disk that refuses. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { FileProblem } from '../../../../electron/files/fileProblem';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { readSafetensors } from '../../../../electron/files/safetensors';
import { readRun } from '../../../../electron/services/runs/readRun';
import { checkpointFile } from '../../../../electron/services/runs/runFolder';
import { policyFromMetadata } from '../../../../electron/trainer/loop/policyState';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { changedRunner, startStory, type Story, type TrainerSettings } from '../../../drivers/trainer';
import { until } from '../../../drivers/until';

interface Disk {
  wrap: NonNullable<TrainerSettings['wrap']>;
  /** Resolves when somebody writes. */
  asked: Promise<void>;
  /** Lets all be written from now on, or fails what is waiting. */
  answer: (problem?: Error) => void;
  /** The most checkpoints that were written at once. */
  most: () => number;
}

/** A disk that takes its time over the first checkpoint, and `milliseconds` over each. */
function slowDisk(milliseconds = 0): Disk {
  let [writing, most] = [0, 0];
  let begin = (): void => undefined;
  let settle: Disk['answer'] = () => undefined;
  const asked = new Promise<void>((resolve) => (begin = resolve));
  const answered = new Promise<void>((resolve, reject) => {
    settle = (problem) => (problem ? reject(problem) : resolve());
  });
  answered.catch(() => undefined);
  return {
    asked,
    answer: (problem) => settle(problem),
    most: () => most,
    wrap: (runner) =>
      changedRunner(runner, {
        snapshot: async () => {
          const snapshot = await runner.snapshot();
          return {
            write: async (file, metadata) => {
              writing += 1;
              most = Math.max(most, writing);
              begin();
              await answered;
              await new Promise((resolve) => setTimeout(resolve, milliseconds));
              await snapshot.write(file, metadata);
              writing -= 1;
            },
          };
        },
      }),
  };
}

const stepsPerEpoch = 19;

function stepsLogged({ session }: Story): number {
  return readRun(session.run, session.folder, { layers: false }).history?.scalars.steps ?? 0;
}

function epochsTold({ events }: Story): number[] {
  return events.flatMap((event) => (event.event === 'epoch' ? [event.summary.epoch] : []));
}

describe('while a checkpoint is written', () => {
  it('the next epoch trains, and nobody is told of the best weights before they are on the disk', async () => {
    const disk = slowDisk();
    const story = await startStory(temporaryHome(), smallDesign(), { wrap: disk.wrap });
    await disk.asked;
    await until(() => stepsLogged(story) === 2 * stepsPerEpoch);
    // Its evaluation, and what may come after it.
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(story.events.map(({ event }) => event)).not.toContain('epoch');
    expect(existsSync(checkpointFile(story.session.folder, 'best'))).toBe(false);
    disk.answer();
    const result = await story.session.result;
    expect(result).toMatchObject({ state: 'finished', epochs: 3 });
    expect(epochsTold(story)).toEqual([1, 2, 3]);
    expect(disk.most()).toBe(1);
  });

  it('epochs are told in their order, also where only the first is the best', async () => {
    const disk = slowDisk();
    let judged = 0;
    const wrap: TrainerSettings['wrap'] = (runner) =>
      changedRunner(disk.wrap(runner), {
        evaluate: async (...given) => {
          const evaluation = await runner.evaluate(...given);
          judged += 1;
          return { ...evaluation, heads: evaluation.heads.map((head) => ({ ...head, lossSum: judged })) };
        },
      });
    const story = await startStory(temporaryHome(), smallDesign(), { wrap });
    await disk.asked;
    await until(() => judged === 2);
    await new Promise((resolve) => setTimeout(resolve, 50));
    disk.answer();
    expect(await story.session.result).toMatchObject({ state: 'finished', bestEpoch: 1 });
    expect(epochsTold(story)).toEqual([1, 2, 3]);
  });

  it('what it holds is the state in which it was taken', async () => {
    const disk = slowDisk();
    const home = temporaryHome();
    const story = await startStory(home, smallDesign(), { wrap: disk.wrap });
    const undisturbed = await startStory(temporaryHome(), smallDesign(), { faults: { stepMilliseconds: 1 } });
    await undisturbed.until(({ event }) => event === 'checkpoint');
    const expected = readSafetensors(diskFiles, checkpointFile(undisturbed.session.folder, 'best'));
    undisturbed.session.control.stop();
    await undisturbed.session.result;
    await disk.asked;
    await until(() => stepsLogged(story) > stepsPerEpoch);
    disk.answer();
    await story.until(({ event }) => event === 'checkpoint');
    const found = readSafetensors(diskFiles, checkpointFile(story.session.folder, 'best'));
    story.session.control.stop();
    await story.session.result;
    expect(policyFromMetadata(found.metadata)).toMatchObject({ epoch: 1, position: 0, step: stepsPerEpoch });
    expect(found.tensors).toEqual(expected.tensors);
  });

  it('a pause is told, and a run ends, only after it', async () => {
    const disk = slowDisk(30);
    const story = await startStory(temporaryHome(), smallDesign(), {
      wrap: disk.wrap,
      faults: { stepMilliseconds: 1 },
    });
    await disk.asked;
    await until(() => stepsLogged(story) > stepsPerEpoch + 2);
    const paused = story.session.control.pause();
    let rests = false;
    void paused.then(() => (rests = true));
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(rests).toBe(false);
    disk.answer();
    const step = await paused;
    const { metadata } = readSafetensors(diskFiles, checkpointFile(story.session.folder, 'last'));
    expect(policyFromMetadata(metadata)?.step).toBe(step);
    story.session.control.stop();
    expect((await story.session.result).state).toBe('stopped');
  });

  it('a disk that refuses ends the run within the steps that are under way, by the name of the file', async () => {
    const disk = slowDisk();
    const story = await startStory(temporaryHome(), smallDesign({ epochs: 1000 }), {
      wrap: disk.wrap,
      submission: 1,
      faults: { stepMilliseconds: 5 },
    });
    await disk.asked;
    await until(() => stepsLogged(story) > stepsPerEpoch);
    const before = stepsLogged(story);
    disk.answer(new FileProblem('disk-full', 'best.safetensors', 'The disk is full: best.safetensors.'));
    const result = await story.session.result;
    expect(result).toMatchObject({ state: 'failed', reason: 'The disk is full: best.safetensors.' });
    expect(result.steps - before).toBeLessThan(6);
    expect(story.events.map(({ event }) => event)).not.toContain('epoch');
  });
});
