/** Generated sets: the same bits for the same seed, split by class, and of the shape they are named after. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { openData } from '../../../../electron/services/data/openData';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { spiralPoints } from '../../../../electron/services/data/sources/spiralPoints';
import { dataSetRegistry } from '../../../../shared/datasets/registry';
import { resolveData } from '../../../../shared/datasets/resolveData';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { DataConfig } from '../../../../shared/training/config';
import { makePlaces } from './places';

async function open(config: DataConfig): Promise<OpenedData> {
  return openData((await prepareHere(config, makePlaces())).folder);
}

async function rows(data: OpenedData, field: string): Promise<number[]> {
  const all: number[] = [];
  for (const part of parts) {
    all.push(
      ...(await data.read(
        field,
        part,
        Uint32Array.from({ length: data.count(part) }, (_, index) => index),
      )),
    );
  }
  return all;
}

async function digest(config: DataConfig): Promise<string> {
  const data = await open(config);
  const hash = createHash('sha256');
  for (const field of ['point', 'label', 'target']) hash.update(Float32Array.from(await rows(data, field)));
  return hash.digest('hex').slice(0, 16);
}

describe('generated points', () => {
  it.each(['spirals', 'xor'])('%s are equal to the bit for equal seeds, and not for others', async (source) => {
    const first = await digest({ source, seed: 7, points: 300 });
    expect(await digest({ source, seed: 7, points: 300 })).toBe(first);
    expect(await digest({ source, seed: 8, points: 300 })).not.toBe(first);
  });

  it('are the same today as when they were first made', async () => {
    expect([await digest({ source: 'spirals' }), await digest({ source: 'xor' })]).toMatchInlineSnapshot(`
      [
        "7b82ce511d488c69",
        "46c1d5c4aa4d6fad",
      ]
    `);
  });

  const setups: DataConfig[] = [
    { source: 'spirals', points: 1000 },
    { source: 'spirals', points: 11 },
    { source: 'xor', points: 403 },
    { source: 'xor', style: 'corners' },
    { source: 'spirals', points: 20_001 },
  ];
  it.each(setups)('%o are what the definition promises, every class in every part', async (config) => {
    const data = await open(config);
    const resolution = resolveData(config, dataSetRegistry);
    expect('resolved' in resolution && resolution.resolved.info).toEqual(data.info);
    for (const part of parts) {
      const [zeros = 0, ones = 0] = data.prepared.fields[1]?.parts[part].classCounts ?? [];
      expect(Math.abs(zeros - ones)).toBeLessThanOrEqual(1);
      expect(zeros).toBeGreaterThan(0);
    }
    expect(await rows(data, 'target')).toEqual(await rows(data, 'label'));
  });

  it('lie on two spirals, half a turn apart', () => {
    const points = spiralPoints({ points: 4000, noise: 0, turns: 1.5, seed: 3 }).at(0, 4000);
    for (let row = 0; row < 4000; row += 1) {
      const [x, y] = [points[2 * row] as number, points[2 * row + 1] as number];
      const radius = Math.hypot(x, y);
      const angle = 2 * Math.PI * 1.5 * radius + (row % 2) * Math.PI;
      expect(Math.hypot(x - radius * Math.cos(angle), y - radius * Math.sin(angle))).toBeLessThan(1e-6);
      expect(radius).toBeLessThan(1);
    }
  });

  it('of XOR are of class 1 where one coordinate alone is near 1', async () => {
    const data = await open({ source: 'xor', noise: 0.05 });
    const [points, labels] = [await rows(data, 'point'), await rows(data, 'label')];
    const expected = labels.map((_, row) => Number((points[2 * row] ?? 0) > 0.5 !== (points[2 * row + 1] ?? 0) > 0.5));
    expect(labels).toEqual(expected);
  });

  it('of XOR can be the four corners themselves', async () => {
    const data = await open({ source: 'xor', style: 'corners' });
    const train = await data.read('point', 'train', Uint32Array.of(0, 1, 2, 3));
    expect([...train]).toEqual([0, 0, 0, 1, 1, 1, 1, 0]);
  });

  it('come by position, in any order and more than once', async () => {
    const data = await open({ source: 'spirals' });
    const some = await data.read('point', 'test', Uint32Array.of(5, 6, 7, 2, 5));
    const each = await Promise.all([5, 6, 7, 2, 5].map((index) => data.read('point', 'test', Uint32Array.of(index))));
    expect([...some]).toEqual(each.flatMap((point) => [...point]));
  });

  it('beyond the last one are refused, and so is a field that is not there', async () => {
    const data = await open({ source: 'xor' });
    await expect(data.read('point', 'test', Uint32Array.of(79, 80))).rejects.toThrow(
      'There is no sample 80 in point of test: it has 80, counted from 0.',
    );
    await expect(data.read('image', 'test', Uint32Array.of(0))).rejects.toThrow(
      'The data set xor has no field "image"; it has point, label, target.',
    );
  });
});
