/** What predicting needs besides a trainer: data that may have to be downloaded again, from where the user says. */
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { readRunRecord, writeRunRecord } from '../../../../electron/services/runs/runRecord';
import { predictSample } from '../../../../electron/services/training/predictSample';
import { smallDesign } from '../../../drivers/smallDesign';
import { temporaryHome } from '../../../drivers/temporaryHome';
import { startStory } from '../../../drivers/trainer';
import { serve } from '../data/idxServer';

describe('a prediction', () => {
  it('asks the mirror for data that are no longer there', async () => {
    const home = temporaryHome();
    const { session } = await startStory(home, smallDesign({ epochs: 1 }));
    await session.result;
    const folder = join(home, 'runs', session.run);
    writeRunRecord(diskFiles, folder, { ...readRunRecord(diskFiles, folder), data: { source: 'mnist' } });
    const server = await serve(new Map());
    const spawn = (): never => {
      throw new Error('a trainer was started before the data were there');
    };
    const options = { home, spawn, run: session.run, sample: { index: 0 }, mirror: server.address };
    await expect(predictSample(options)).rejects.toThrow(`${server.address}mnist/train-images-idx3-ubyte.gz`);
    expect(server.asked).toEqual(['/mnist/train-images-idx3-ubyte.gz']);
  });
});
