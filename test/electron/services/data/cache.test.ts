/** The cache of prepared data: used again, told apart, mended when damaged. */
import { readFileSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../electron/files/fileSystem';
import { dataInfo } from '../../../../electron/services/data/dataInfo';
import { describeData, listData } from '../../../../electron/services/data/describeData';
import { openData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { makePlaces } from './places';

const spirals = { source: 'spirals', points: 200 };

describe('the cache of prepared data', () => {
  it('is used again, and has another folder for other parameters', async () => {
    const places = makePlaces();
    const first = await prepareHere(spirals, places);
    const before = statSync(join(first.folder, 'point.train.bin'));
    expect(await prepareHere(spirals, places)).toEqual(first);
    expect(statSync(join(first.folder, 'point.train.bin')).ino).toBe(before.ino);
    const other = await prepareHere({ ...spirals, noise: 0.5 }, places);
    expect(other.folder).not.toBe(first.folder);
  });

  it('is mended with a note, whichever byte is flipped in a small set', async () => {
    const places = makePlaces();
    const config = { source: 'xor', points: 20 };
    const { folder } = await prepareHere(config, places);
    const good = openData(folder).prepared;
    for (const name of readdirSync(folder).filter((file) => file.endsWith('.bin'))) {
      const bytes = readFileSync(join(folder, name));
      for (let at = 0; at < bytes.length; at += 1) {
        const flipped = Buffer.from(bytes);
        flipped[at] = (flipped[at] ?? 0) ^ (1 << (at % 8));
        writeFileSync(join(folder, name), flipped);
        expect(() => openData(folder)).toThrow('its checksum differs from the one in dataset.json');
      }
      const { notes } = await prepareHere(config, places);
      expect(notes).toEqual([
        `${join(folder, name)} is damaged: its checksum differs from the one in dataset.json. The data was prepared anew.`,
      ]);
      expect(readFileSync(join(folder, name)).equals(bytes)).toBe(true);
    }
    expect(openData(folder).prepared).toEqual(good);
    expect(readdirSync(join(places.home, 'data'))).toHaveLength(1);
  });

  it('is mended when a file is cut or gone, or its description is', async () => {
    const places = makePlaces();
    const { folder } = await prepareHere(spirals, places);
    const size = statSync(join(folder, 'point.test.bin')).size;
    truncateSync(join(folder, 'point.test.bin'), 7);
    expect(() => openData(folder)).toThrow(`is damaged: it has 7 bytes instead of ${size}.`);
    expect((await prepareHere(spirals, places)).notes).toHaveLength(1);
    diskFiles.remove(join(folder, 'label.validation.bin'));
    expect((await prepareHere(spirals, places)).notes[0]).toContain('label.validation.bin could not be read');
    for (const text of ['', '{"netloomData": 1', '{}', '[]', '{"netloomData": 2}']) {
      writeFileSync(join(folder, 'dataset.json'), text);
      expect(() => openData(folder)).toThrow(/dataset\.json is damaged/);
      expect((await prepareHere(spirals, places)).notes).toHaveLength(1);
    }
    expect(openData(folder).count('train')).toBe(120);
  });

  it('says that the disk is full in a plain sentence', async () => {
    const places = makePlaces();
    const full = { ...diskFiles, write: () => fail('ENOSPC') };
    await expect(prepareHere(spirals, places, { files: full })).rejects.toThrow(/^The disk is full: .* Free space/);
    expect(readdirSync(join(places.home, 'data'))).toEqual([]);
  });

  it('refuses a configuration that is wrong before it touches the disk', async () => {
    const places = makePlaces();
    await expect(prepareHere({ source: 'spirals', points: 3, turn: 1 }, places)).rejects.toThrow(
      'The data set spirals has no parameter "turn"; it has points, noise, turns, seed.\n' +
        'data.points (of spirals): expected a whole number at least 10 and at most 10000000, received 3.',
    );
    await expect(prepareHere({ source: 'cifar' }, places)).rejects.toThrow(
      'There is no data set "cifar". Known are xor, spirals, digits, mnist, fashionMnist, csv, npz.',
    );
  });
});

describe('describing data', () => {
  it('tells shapes, counts, ranges, licence and place', async () => {
    const places = makePlaces();
    const { folder } = await prepareHere({ source: 'digits' }, places);
    const description = await describeData({ source: 'digits' }, places);
    expect(description).toMatchObject({
      type: 'digits',
      licence: 'CC BY 4.0',
      origin: 'bundled',
      prepared: { folder },
    });
    expect(description.prepared?.bytes).toBeGreaterThan(1797 * 65);
    expect(description.fields[0]).toMatchObject({
      name: 'image',
      shape: [8, 8, 1],
      parts: { test: { range: [0, 1] } },
    });
    expect(description.fields[1]?.parts?.validation.classCounts).toEqual(Array(10).fill(30));
  });

  it('tells what is known before anything is prepared, and what would be downloaded', async () => {
    const places = makePlaces();
    const description = await describeData({ source: 'mnist' }, places);
    expect(description).toMatchObject({ prepared: null, downloadBytes: 11_594_722 });
    expect(description.info?.counts).toEqual({ train: 55_000, validation: 5_000, test: 10_000 });
    expect(await dataInfo({ source: 'mnist', validation: 1 }, places)).toMatchObject({ counts: { train: 59_999 } });
    expect(readdirSync(places.folder)).toEqual([]);
  });

  it('lists every set with what is prepared of it', async () => {
    const places = makePlaces();
    expect(listData(places.home).every(({ prepared }) => prepared.length === 0)).toBe(true);
    await prepareHere(spirals, places);
    await prepareHere({ ...spirals, seed: 1 }, places);
    const listed = Object.fromEntries(listData(places.home).map(({ type, prepared }) => [type, prepared.length]));
    expect(listed).toMatchObject({ spirals: 2, digits: 0, mnist: 0 });
  });
});

function fail(code: string): never {
  throw Object.assign(new Error('made to fail'), { code });
}
