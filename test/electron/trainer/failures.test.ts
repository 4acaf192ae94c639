/** What can go wrong around a run: full disks, other designs' checkpoints, changed data; each is said, nothing that was whole is lost. */
import { copyFileSync, existsSync, readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { FileProblem } from '../../../electron/files/fileProblem';
import { diskFiles } from '../../../electron/files/fileSystem';
import { readRun } from '../../../electron/services/runs/readRun';
import { checkpointFile, recordFile, runFolder } from '../../../electron/services/runs/runFolder';
import { readRunRecord } from '../../../electron/services/runs/runRecord';
import { faultyFileSystem } from '../files/faultyFileSystem';
import { smallDesign } from '../../drivers/smallDesign';
import { temporaryHome } from '../../drivers/temporaryHome';
import { changedRunner, resumeStory, startStory, type Story, type TrainerSettings } from '../../drivers/trainer';

/** A run that was stopped after its first epoch. */
async function stopped(home: string, design = smallDesign(), settings: TrainerSettings = {}): Promise<Story> {
  const story = await startStory(home, design, { faults: { stepMilliseconds: 1 }, ...settings });
  await story.until(({ event }) => event === 'epoch');
  story.session.control.stop();
  await story.session.result;
  return story;
}

describe('a full disk', () => {
  it('while a checkpoint is written fails the run with that error; the checkpoint before it stays', async () => {
    const home = temporaryHome();
    const before: { last: Buffer | null } = { last: null };
    const wrap: TrainerSettings['wrap'] = (runner) => {
      let saves = 0;
      return changedRunner(runner, {
        snapshot: async () => {
          const snapshot = await runner.snapshot();
          return {
            write: async (file, metadata) => {
              saves += 1;
              // One file an epoch that is the best: `last` is a second name of it.
              if (saves <= 1) return snapshot.write(file, metadata);
              before.last = readFileSync(file.replace('best', 'last'));
              throw new FileProblem('disk-full', file, `The disk is full: ${file} could not be written.`);
            },
          };
        },
      });
    };
    const { session } = await startStory(home, smallDesign(), { wrap });
    const result = await session.result;
    expect(result).toMatchObject({ state: 'failed', epochs: 2 });
    expect(result.reason).toContain('The disk is full');
    expect(readFileSync(checkpointFile(session.folder, 'last'))).toEqual(before.last);
    expect(readRun(session.run, session.folder, { layers: false })).toMatchObject({ state: 'failed', problems: [] });
    const resumed = await resumeStory(home, session.folder, smallDesign());
    expect((await resumed.session.result).state).toBe('finished');
    expect(resumed.events[0]).toMatchObject({ event: 'started', step: 19 });
  });

  it('while the log is written fails the run by name, whichever operation it was; what was logged is readable', async () => {
    let failed = 0;
    for (let at = 1; at <= 60; at += 3) {
      const home = temporaryHome();
      const files = faultyFileSystem({ kind: 'full', at });
      try {
        const { session } = await startStory(home, smallDesign({ epochs: 2 }), { files });
        const result = await session.result;
        if (!files.struck) break;
        const { history, record, state } = readRun(session.run, session.folder, { layers: false });
        // It filled when everything was written already: then the run must be whole.
        if (result.state === 'finished') {
          expect(state, `operation ${at}`).toBe('finished');
          continue;
        }
        expect(result.reason, `operation ${at}`).toContain('The disk is full');
        expect(record?.id).toBe(session.run);
        expect(history?.scalars.column('loss')?.every((loss) => loss > 0) ?? true).toBe(true);
        failed += 1;
      } catch (error) {
        // Before the run began: it is refused with the same sentence.
        if (!(error instanceof FileProblem)) throw error;
        expect(error.code, `operation ${at}`).toBe('disk-full');
      } finally {
        files.release();
      }
    }
    expect(failed).toBeGreaterThan(5);
  });
});

describe('resuming', () => {
  it('refuses the checkpoint of another design, naming what differs, and leaves the run as it is', async () => {
    const home = temporaryHome();
    const small = await stopped(home);
    const large = await stopped(home, smallDesign({}, 3));
    const log = readFileSync(join(small.session.folder, 'metrics.log'));
    copyFileSync(checkpointFile(large.session.folder, 'last'), checkpointFile(small.session.folder, 'last'));
    await expect(resumeStory(home, small.session.folder, smallDesign())).rejects.toThrow(
      /is a checkpoint of another design: it holds .*hidden2/,
    );
    expect(readFileSync(join(small.session.folder, 'metrics.log'))).toEqual(log);
    expect(readdirSync(small.session.folder)).not.toContain('lock');
  });

  it('refuses the checkpoint of another run of the same design', async () => {
    const home = temporaryHome();
    const [one, other] = [await stopped(home), await stopped(home)];
    copyFileSync(checkpointFile(other.session.folder, 'last'), checkpointFile(one.session.folder, 'last'));
    await expect(resumeStory(home, one.session.folder, smallDesign())).rejects.toMatchObject({
      code: 'checkpoint-mismatch',
    });
  });

  it('refuses a run that has finished, one that is being trained, and one whose data have changed', async () => {
    const home = temporaryHome();
    const { session } = await startStory(home, smallDesign({ epochs: 1 }));
    await session.result;
    await expect(resumeStory(home, session.folder, smallDesign())).rejects.toMatchObject({ code: 'run-complete' });
    const going = await startStory(home, smallDesign({ epochs: 1000 }), { faults: { stepMilliseconds: 1 } });
    await expect(resumeStory(home, going.session.folder, smallDesign())).rejects.toMatchObject({ code: 'run-busy' });
    going.session.control.stop();
    await going.session.result;
    const record = readRunRecord(diskFiles, going.session.folder);
    writeFileSync(recordFile(going.session.folder), JSON.stringify({ ...record, dataHash: 'another' }));
    await expect(resumeStory(home, going.session.folder, smallDesign())).rejects.toMatchObject({
      code: 'data-changed',
    });
  });

  it('begins anew where the run was killed before its first checkpoint', async () => {
    const home = temporaryHome();
    const { session } = await startStory(home, smallDesign(), { faults: { notFiniteAt: 2 } });
    await session.result;
    const file = checkpointFile(session.folder, 'last');
    expect(existsSync(file)).toBe(true);
    diskFiles.remove(file);
    const resumed = await resumeStory(home, session.folder, smallDesign());
    expect((await resumed.session.result).state).toBe('finished');
    expect(resumed.events[0]).toMatchObject({ event: 'started', step: 0, resumed: true });
  });
});

describe('a run that cannot begin', () => {
  it('leaves no folder behind', async () => {
    const home = temporaryHome();
    const wrap: TrainerSettings['wrap'] = () => {
      throw new Error('no device');
    };
    await expect(startStory(home, smallDesign(), { wrap })).rejects.toThrow('no device');
    const broken = smallDesign({ optimizer: 'adma' });
    await expect(startStory(home, broken)).rejects.toMatchObject({ code: 'design-invalid' });
    expect(existsSync(runFolder(home, ''))).toBe(false);
  });
});
