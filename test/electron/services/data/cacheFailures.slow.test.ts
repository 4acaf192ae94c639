/** Preparing survives the failure of each of its file operations, in each way in which a disk or a process fails. */
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeLeftovers } from '../../../../electron/files/atomicWrite';
import { FileProblem } from '../../../../electron/files/fileProblem';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { openData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { everyFailure } from '../../files/everyFailure';
import { assets } from './places';

describe('the cache of prepared data', () => {
  it('is the old one, the new one or none after every failure of a file operation, and then works again', async () => {
    const config = { source: 'xor', style: 'corners' };
    const places = (folder: string) => ({ home: folder, folder, assets, mirror: null });
    const outcome = await everyFailure({
      prepare: () => undefined,
      write: async (files, folder) => void (await prepareHere(config, places(folder), { files })),
      check: async (folder, { finished, error }) => {
        if (error !== undefined) expect(error).toBeInstanceOf(FileProblem);
        const parent = join(folder, 'data');
        diskFiles.makeFolder(parent);
        removeLeftovers(diskFiles, parent);
        const names = readdirSync(parent);
        expect(names.length).toBeLessThanOrEqual(1);
        if (finished) expect(names).toHaveLength(1);
        for (const name of names) expect(openData(join(parent, name)).count('train')).toBe(4);
        expect((await prepareHere(config, places(folder))).notes).toEqual([]);
      },
    });
    expect(outcome.operations.length).toBeGreaterThan(30);
  });
});
