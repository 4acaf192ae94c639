/** Every golden design trains its first epoch on wasm with the losses, norms and validation of its golden, to the bit. */
import { describe, expect, it } from 'vitest';
import { goldenFile, goldenNames, openGolden } from './goldenDesigns';
import { trainGolden } from './trainGolden';

interface Losses {
  steps: { gradientNorms: number[] }[];
}

describe('seeded losses', () => {
  it.each(goldenNames)('of %s are those of its golden, and all of its weights learn', async (name) => {
    const golden = await openGolden(name);
    try {
      const text = await trainGolden(golden);
      await expect(text).toMatchFileSnapshot(goldenFile(name, 'losses.json'));
      const { steps } = JSON.parse(text) as Losses;
      expect(steps.length).toBeGreaterThanOrEqual(7);
      for (const { gradientNorms } of steps) expect(Math.min(...gradientNorms)).toBeGreaterThan(0);
    } finally {
      golden.data?.close();
    }
  });
});
