/** Preparing in a process of its own: progress, cancelling, a process that is killed, two at once. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { DataProgress } from '../../../../electron/services/data/dataSource';
import { openData } from '../../../../electron/services/data/openData';
import { childPrepare, prepareData } from '../../../../electron/services/data/prepareData';
import { makePlaces } from './places';

const script = join(__dirname, '..', '..', '..', '..', 'electron', 'services', 'prepareProcess.ts');
const spawn = childPrepare(script, ['--import', 'tsx']);
const large = { source: 'spirals', points: 3_000_000 };

describe('prepareData', () => {
  it('prepares in another process and tells how it goes on', async () => {
    const places = makePlaces();
    const told: DataProgress[] = [];
    const prepared = await prepareData({ source: 'spirals', points: 200_000 }, places, {
      spawn,
      onProgress: (progress) => told.push(progress),
    });
    const data = openData(prepared.folder);
    expect(data.count('train')).toBe(120_000);
    expect(data.hash).toBe(prepared.hash);
    expect(told[0]).toEqual({ step: 'generating points', done: 8192, total: 200_000 });
  });

  it('hands on what is wrong as the same sentence', async () => {
    const preparing = prepareData({ source: 'digit' }, makePlaces(), { spawn });
    await expect(preparing).rejects.toMatchObject({
      name: 'FileProblem',
      code: 'bad-value',
      message: 'There is no data set "digit". Did you mean digits?',
    });
  });

  it('gives up when asked to, and leaves nothing behind', async () => {
    const places = makePlaces();
    const controller = new AbortController();
    const preparing = prepareData(large, places, {
      spawn,
      signal: controller.signal,
      onProgress: () => controller.abort(),
    });
    await expect(preparing).rejects.toMatchObject({ code: 'cancelled' });
    expect(readdirSync(join(places.home, 'data'))).toEqual([]);
  });

  it('survives the death of the process; the next one cleans up', async () => {
    const places = makePlaces();
    let kill: (() => void) | undefined;
    const preparing = prepareData(large, places, {
      spawn: () => {
        const child = spawn();
        kill = () => child.kill();
        return child;
      },
      onProgress: () => kill?.(),
    });
    await expect(preparing).rejects.toThrow('The process that prepares the data ended early: SIGKILL.');
    expect(readdirSync(join(places.home, 'data'))).toHaveLength(1);
    const { folder } = await prepareData({ source: 'xor' }, places, { spawn });
    expect(readdirSync(join(places.home, 'data'))).toEqual([folder.slice(folder.lastIndexOf('xor-'))]);
  });

  it('may be asked by several at once for the same set', async () => {
    const places = makePlaces();
    const config = { source: 'spirals', points: 30_000 };
    const all = await Promise.all([1, 2, 3, 4].map(() => prepareData(config, places, { spawn })));
    expect(new Set(all.map(({ folder }) => folder)).size).toBe(1);
    expect(openData(all[0]?.folder ?? '').count('train')).toBe(18_000);
    expect(readdirSync(join(places.home, 'data'))).toHaveLength(1);
  });
});
