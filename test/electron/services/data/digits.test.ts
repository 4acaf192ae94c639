/** The bundled digits are scikit-learn's, split for good: counts, values and parts. */
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { SampleReader } from '../../../../electron/files/sampleReader';
import { openData } from '../../../../electron/services/data/openData';
import type { OpenedData } from '../../../../electron/services/data/openData';
import { prepareHere } from '../../../../electron/services/data/prepareHere';
import { dataSetRegistry } from '../../../../shared/datasets/registry';
import { parts } from '../../../../shared/ir/dataSetDefinition';
import type { Part } from '../../../../shared/ir/dataSetDefinition';
import { makePlaces } from './places';

async function openDigits(): Promise<OpenedData> {
  return openData((await prepareHere({ source: 'digits' }, makePlaces())).folder);
}

async function readAllOf(reader: SampleReader, field: string, part: Part): Promise<Float32Array | Int32Array> {
  return reader.read(
    field,
    part,
    Uint32Array.from({ length: reader.count(part) }, (_, index) => index),
  );
}

describe('the bundled digits', () => {
  it('have as many of each digit as scikit-learn publishes, 30 of each in validation and in test', async () => {
    const data = await openDigits();
    const published = [178, 182, 177, 183, 181, 182, 181, 179, 174, 180];
    const counts: Record<string, number[]> = {};
    for (const part of parts) {
      const labels = await readAllOf(data, 'label', part);
      expect(labels).toBeInstanceOf(Int32Array);
      counts[part] = published.map((_, digit) => labels.filter((label) => label === digit).length);
      expect(data.prepared.fields[1]?.parts[part].classCounts).toEqual(counts[part]);
    }
    expect(counts.validation).toEqual(published.map(() => 30));
    expect(counts.test).toEqual(published.map(() => 30));
    expect(counts.train).toEqual(published.map((count) => count - 60));
  });

  it('are in no two parts, and together are all 1,797', async () => {
    const data = await openDigits();
    const seen = new Map<string, Part[]>();
    let samples = 0;
    for (const part of parts) {
      const images = await readAllOf(data, 'image', part);
      for (let at = 0; at < images.length; at += 64, samples += 1) {
        const key = createHash('sha256')
          .update(Buffer.from(images.slice(at, at + 64).buffer))
          .digest('hex');
        seen.set(key, [...(seen.get(key) ?? []), part]);
      }
    }
    expect(samples).toBe(1797);
    // No two of scikit-learn's images are equal, so each has to be in one part only.
    expect(seen.size).toBe(1797);
  });

  it('have the pixels that scikit-learn has, divided by 16', async () => {
    const data = await openDigits();
    // Sum of all pixels of load_digits().images, and its first image, which is a zero: both as scikit-learn gives them.
    let sum = 0;
    const firstRows = [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0].map((value) => value / 16);
    let found = 0;
    for (const part of parts) {
      const images = await readAllOf(data, 'image', part);
      for (const value of images) sum += value * 16;
      for (let at = 0; at < images.length; at += 64) {
        if (firstRows.every((value, offset) => images[at + offset] === value)) found += 1;
      }
    }
    expect(sum).toBe(561718);
    expect(found).toBe(1);
    expect(data.prepared.fields[0]?.parts.train.range).toEqual([0, 1]);
  });

  it('are what their definition promises before anything is prepared', async () => {
    const data = await openDigits();
    expect(dataSetRegistry.get('digits')?.info({})).toEqual(data.info);
  });

  it('are named by their content alone: another home, the same hash', async () => {
    expect((await openDigits()).hash).toBe((await openDigits()).hash);
  });
});
