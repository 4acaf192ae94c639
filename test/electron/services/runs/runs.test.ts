/** Run folders as services tell them: whole ones, broken ones, locked ones; compared, removed and restored. */
import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { compareRuns } from '../../../../electron/services/runs/compareRuns';
import { findRun } from '../../../../electron/services/runs/findRun';
import { listRuns } from '../../../../electron/services/runs/listRuns';
import { removeRun, restoreRun } from '../../../../electron/services/runs/removeRun';
import { logFile, recordFile, runFolder, runId } from '../../../../electron/services/runs/runFolder';
import { acquireLock, lockFile, lockOwner } from '../../../../electron/services/runs/runLock';
import { showRun } from '../../../../electron/services/runs/showRun';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { startStory } from '../../../drivers/trainer';

async function trained(home: string, training = {}): Promise<{ id: string; folder: string }> {
  const { session } = await startStory(home, smallDesign({ epochs: 2, ...training }));
  await session.result;
  return { id: session.run, folder: session.folder };
}

describe('runId', () => {
  it('sorts by day and is readable, whatever the name', () => {
    const day = new Date('2026-11-21T14:02:00Z');
    expect(runId(day, 'digits-cnn', 0.5)).toMatch(/^2026-11-21-digits-cnn-[0-9a-z]{4}$/);
    expect(runId(day, 'Ünïcode / ../../etc', 0)).toBe('2026-11-21-u-ni-code-etc-0000');
    expect(runId(day, '日本', 0.999999)).toMatch(/^2026-11-21-[0-9a-z]{4}$/);
  });
});

describe('a run that finished', () => {
  it('is listed with its state, measures and engine', async () => {
    const home = temporaryHome();
    expect(listRuns(home)).toEqual([]);
    const { id, folder } = await trained(home);
    const [listing] = listRuns(home);
    expect(listing).toMatchObject({ id, folder, state: 'finished', engine: 'fake', epoch: 2, epochs: 2, steps: 38 });
    expect(listing?.test?.accuracy).toBeGreaterThan(0);
    expect(listing?.problem).toBeNull();
    expect(listRuns(home, { states: ['failed'] })).toEqual([]);
    expect(listRuns(home, { text: 'SMALL DES' })).toHaveLength(1);
  });

  it('is shown with curves of every step, epochs, layers and a table of its classes that agrees with the matrix', async () => {
    const home = temporaryHome();
    const { id } = await trained(home);
    const shown = showRun(home, id);
    expect(shown.curves.map(({ name }) => name)).toEqual(['loss', 'accuracy', 'learningRate', 'gradientNorm']);
    expect(shown.curves[0]?.values).toHaveLength(38);
    expect(shown.epochs.map(({ epoch }) => epoch)).toEqual([1, 2]);
    expect(shown.layers.map(({ path }) => path)).toEqual(['hidden1', 'logits']);
    for (const { gradientNorm, updateRatio } of shown.layers) {
      expect(gradientNorm).toBeGreaterThan(0);
      expect(updateRatio).toBeGreaterThan(0);
    }
    const test = shown.classTables.find(({ part }) => part === 'test');
    expect(test?.classes.map(({ name }) => name)).toEqual(['0', '1']);
    for (const [index, { support }] of test?.classes.entries() ?? [])
      expect(support).toBe(test?.confusion[index]?.reduce((sum, count) => sum + count, 0));
    expect(showRun(home, id, { points: 10 }).curves[0]?.values.length).toBeLessThanOrEqual(10);
  });

  it('is found by the beginning or the end of its name, and a wrong name says what is near', async () => {
    const home = temporaryHome();
    const { id } = await trained(home);
    expect(findRun(home, id.slice(0, 14)).id).toBe(id);
    expect(findRun(home, id.slice(-4)).id).toBe(id);
    expect(() => findRun(home, id.replace('story', 'stroy'))).toThrow(`Did you mean ${id}?`);
    await trained(home);
    expect(() => findRun(home, id.slice(0, 10))).toThrow('fits 2 runs');
  });
});

describe('a run folder after a crash', () => {
  it('is listed and shown as far as its log is good', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const size = readFileSync(logFile(folder)).length;
    truncateSync(logFile(folder), size - 5);
    const [listing] = listRuns(home);
    expect(listing).toMatchObject({ id, state: 'interrupted', epoch: 2 });
    expect(listing?.problem).toContain('The log is good up to a point');
    expect(showRun(home, id).curves[0]?.values).toHaveLength(38);
  });

  it('is listed without run.json, with one that is no JSON, and with nothing in it at all', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    rmSync(recordFile(folder));
    expect(listRuns(home)[0]).toMatchObject({ id, name: id, state: 'finished', created: id.slice(0, 10) });
    expect(listRuns(home)[0]?.problem).toContain('run.json is missing');
    writeFileSync(recordFile(folder), '{"version":1');
    expect(listRuns(home)[0]?.problem).toContain('is not JSON');
    mkdirSync(runFolder(home, '2026-01-01-empty-0000'));
    expect(listRuns(home)[1]).toMatchObject({ id: '2026-01-01-empty-0000', state: 'interrupted', steps: 0 });
    appendFileSync(recordFile(folder), '}');
    expect(showRun(home, id).record).toBeNull();
  });

  it('is interrupted, not running, when the process of its lock is gone, or another has its number now', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const dead = spawnSync(process.execPath, ['-e', '']).pid;
    writeFileSync(lockFile(folder), JSON.stringify({ pid: dead, started: '1' }));
    expect(lockOwner(diskFiles, folder)).toBeNull();
    writeFileSync(lockFile(folder), JSON.stringify({ pid: process.pid, started: '1' }));
    expect(lockOwner(diskFiles, folder)).toBeNull();
    acquireLock(diskFiles, folder, id).release();
    expect(existsSync(lockFile(folder))).toBe(false);
  });
});

describe('the lock of a run', () => {
  it('admits one writer, says which process has it, and makes the run "running" for readers', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const lock = acquireLock(diskFiles, folder, id);
    expect(() => acquireLock(diskFiles, folder, id)).toThrow(`is being trained by process ${process.pid}`);
    expect(['running', 'preparing']).toContain(listRuns(home)[0]?.state);
    expect(() => removeRun(home, id)).toThrow('is being trained right now');
    lock.release();
    expect(listRuns(home)[0]?.state).toBe('finished');
  });

  it('that is half written is respected for a moment, then replaced', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    writeFileSync(lockFile(folder), '');
    expect(lockOwner(diskFiles, folder)).toBe('unknown');
    utimesSync(lockFile(folder), 1, 1);
    expect(lockOwner(diskFiles, folder)).toBeNull();
    acquireLock(diskFiles, folder, id).release();
  });
});

describe('runs side by side', () => {
  it('differ in what was set and in nothing else', async () => {
    const home = temporaryHome();
    const first = await trained(home);
    const second = await trained(home, { epochs: 3, optimizer: { type: 'sgd', learningRate: 0.05 } });
    const { differences, curves } = compareRuns(home, [first.id, second.id]);
    expect(differences).toEqual([
      { path: 'training.epochs', values: [2, 3] },
      { path: 'training.optimizer.type', values: ['adam', 'sgd'] },
      { path: 'training.optimizer.learningRate', values: [undefined, 0.05] },
    ]);
    const everything = compareRuns(home, [first.id, second.id], { all: true }).differences;
    expect(everything).toEqual(expect.arrayContaining(differences));
    expect(everything).toContainEqual({ path: 'engine', values: ['fake', 'fake'] });
    const loss = curves.find(({ name }) => name === 'validation loss');
    expect(loss?.values.map((values) => values.map((value) => value !== null))).toEqual([
      [true, true, false],
      [true, true, true],
    ]);
  });
});

describe('a removed run', () => {
  it('is gone from the list, and comes back whole', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const before = listRuns(home);
    const { trash } = removeRun(home, id);
    expect(listRuns(home)).toEqual([]);
    expect(existsSync(join(trash, 'run.json'))).toBe(true);
    expect(restoreRun(home, id)).toEqual({ id, folder });
    expect(listRuns(home)).toEqual(before);
    expect(() => restoreRun(home, id)).toThrow('There is no removed run');
  });
});
