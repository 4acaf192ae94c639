/** An export at every failure of the disk: the old or the new folder is there, and no file of the user is ever lost. */
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync, cpSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isLeftover } from '../../../../electron/files/atomicWrite';
import { FileProblem } from '../../../../electron/files/fileProblem';
import { diskFiles, type FileSystem } from '../../../../electron/files/fileSystem';
import { exportDesign } from '../../../../electron/services/export/exportDesign';
import { readManifest } from '../../../../electron/services/export/manifest';
import { everyFailure } from '../../files/everyFailure';
import { plainTarget } from './plainTarget';

const root = mkdtempSync(join(tmpdir(), 'netloom-export-'));
afterAll(() => rmSync(root, { recursive: true }));

const file = join(root, 'line.netloom');
writeFileSync(
  file,
  JSON.stringify({
    netloom: 1,
    name: 'A line',
    nodes: [
      { id: 'in', layer: 'Input', params: { shape: [2], field: 'x' } },
      { id: 'dense', layer: 'Dense', params: { units: 1 } },
      { id: 'out', layer: 'Output', params: { target: 'y', loss: 'meanSquaredError' } },
    ],
    wires: [
      { from: 'in', to: 'dense' },
      { from: 'dense', to: 'out' },
    ],
  }),
);

const put = (to: string, files: FileSystem = diskFiles): ReturnType<typeof exportDesign> =>
  exportDesign({ home: root, file, target: plainTarget, to, files });

describe('an export', () => {
  it('leaves the old or the new folder at any failure, and the user keeps what is his', async () => {
    const made = join(root, 'made');
    await put(made);
    writeFileSync(join(made, 'notes.txt'), 'mine');
    const { operations } = await everyFailure({
      prepare: (place) => cpSync(made, join(place, 'out'), { recursive: true }),
      write: async (files, place) => void (await put(join(place, 'out'), files)),
      check: async (place, { finished, error }) => {
        const out = join(place, 'out');
        if (error !== undefined) expect(error).toBeInstanceOf(FileProblem);
        if (finished) expect(readdirSync(place)).toEqual(['out']);
        if (existsSync(out)) expect(existsSync(join(out, 'netloom.json'))).toBe(true);
        // A later export finds everything, whatever became of this one.
        await put(out);
        expect(readManifest(diskFiles, out)?.design).toBe('A line');
        expect(readFileSync(join(out, 'notes.txt'), 'utf8')).toBe('mine');
        expect(readdirSync(place).filter(isLeftover)).toEqual([]);
      },
    });
    expect(operations.length).toBeGreaterThan(50);
  });
});
