/** Runs out of the cache: as a fresh reading tells them, read on while they grow, plain when they vanish. */
import { appendFileSync, readFileSync, rmSync, statSync, truncateSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { listRuns } from '../../../../electron/services/runs/listRuns';
import { readRun } from '../../../../electron/services/runs/readRun';
import { createRunCache } from '../../../../electron/services/runs/runCache';
import { logFile, recordFile } from '../../../../electron/services/runs/runFolder';
import { studioRun } from '../../../../electron/services/runs/studioRun';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { startStory } from '../../../drivers/trainer';

async function trained(home: string): Promise<{ id: string; folder: string }> {
  const { session } = await startStory(home, smallDesign({ epochs: 2 }));
  await session.result;
  return { id: session.run, folder: session.folder };
}

describe('the cache of runs', () => {
  it('lists what a fresh reading lists, first and again', async () => {
    const home = temporaryHome();
    for (let run = 0; run < 3; run += 1) await trained(home);
    const cache = createRunCache();
    expect(cache.list(home)).toEqual(listRuns(home));
    expect(cache.list(home)).toEqual(listRuns(home));
    expect(cache.list(home)[0]).toMatchObject({ state: 'finished', epoch: 2, problem: null });
  });

  it('does not read a run again whose files are as they were', async () => {
    const home = temporaryHome();
    const { folder } = await trained(home);
    const log = logFile(folder);
    const [then, later] = [new Date('2026-11-21T12:00:00Z'), new Date('2026-11-21T12:00:05Z')];
    utimesSync(log, then, then);
    const cache = createRunCache();
    const before = cache.list(home);
    // Other bytes under the same size and time: only a second reading would notice.
    writeFileSync(log, Buffer.alloc(statSync(log).size));
    utimesSync(log, then, then);
    expect(cache.list(home)).toEqual(before);
    utimesSync(log, then, later);
    expect(cache.list(home)[0]?.problem).toContain('does not begin as a run log does');
  });

  it('reads a growing log on, to the same history as from the beginning, also when its tail was cut off', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const log = logFile(folder);
    const whole = readFileSync(log);
    const cache = createRunCache();
    for (const end of [
      0,
      10,
      100,
      1000,
      Math.floor(whole.length / 2),
      whole.length - 3,
      whole.length,
      500,
      whole.length,
    ]) {
      const size = Math.min(end, whole.length);
      if (statSync(log).size > size) truncateSync(log, size);
      else appendFileSync(log, whole.subarray(statSync(log).size, size));
      const { history, state, problems } = cache.read(home, id);
      const fresh = readRun(id, folder, { layers: true });
      expect([state, problems]).toEqual([fresh.state, fresh.problems]);
      expect(history?.scalars.column('loss')?.slice()).toEqual(fresh.history?.scalars.column('loss')?.slice());
      expect(history?.epochs).toEqual(fresh.history?.epochs);
    }
  });

  it('forgets a run that was taken away, and says so where it is asked for', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const cache = createRunCache();
    cache.list(home);
    cache.read(home, id);
    rmSync(folder, { recursive: true });
    expect(cache.list(home)).toEqual([]);
    expect(() => cache.read(home, id)).toThrow(`There is no run "${id}". Its folder was moved or removed.`);
  });

  it('shows a run with holes in its folder, each said', async () => {
    const home = temporaryHome();
    const { id, folder } = await trained(home);
    const cache = createRunCache();
    rmSync(recordFile(folder));
    const shown = studioRun(cache.read(home, id), 100);
    expect(shown.design).toBeNull();
    expect(shown.series.length).toBeGreaterThan(0);
    expect(shown.problem).toContain('is missing');
    rmSync(join(folder, 'metrics.log'));
    const bare = studioRun(cache.read(home, id), 100);
    expect([bare.series, bare.epochs, bare.groups]).toEqual([[], [], []]);
  });
});

describe('a run for a window', () => {
  it('has its curves in buckets, its layers row by row, and the judgement of every class', async () => {
    const home = temporaryHome();
    const { id } = await trained(home);
    const shown = studioRun(createRunCache().read(home, id), 10);
    const loss = shown.series.find(({ name }) => name === 'loss');
    expect(loss?.mean).toHaveLength(10);
    expect(loss?.minimum[9]).toBeLessThan(loss?.maximum[0] ?? 0);
    expect(shown.layers.gradientNorms).toHaveLength(shown.groups.length * shown.layers.firstSteps.length);
    expect(shown.layers.gradientNorms.some((value) => value > 0)).toBe(true);
    expect(shown.stepsPerEpoch * 2).toBe(shown.listing.steps);
    expect(shown.classTables.map(({ part }) => part)).toEqual(['validation', 'test']);
  });
});
