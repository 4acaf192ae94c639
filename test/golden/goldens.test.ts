/** Every sample and every hand-written design compiles to its golden; the counts of the hand-written ones are a person's. */
import { existsSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { goldenFile, goldenNames, openGolden } from './goldenDesigns';
import { programText } from './programText';

// Looked up before any test writes one.
const missing = goldenNames
  .flatMap((name) => [goldenFile(name, 'program.json'), goldenFile(name, 'losses.json')])
  .filter((file) => !existsSync(file));

/** Sums in the order of the drawing: [trainable, non-trainable]. */
const counts: Record<string, [number, number]> = {
  // Stem, then three convolutions of 3x3 without bias, each with gamma and beta, and the scores.
  blocks: [80 + (576 + 16) + (1_152 + 32) + (2_304 + 32) + 170, 2 * (8 + 16 + 16)],
  // 2 > 4 > 8 > 16, five times 16 > 16, and two scores.
  repeats: [12 + 40 + 144 + 5 * 272 + 34, 0],
  'several-inputs-and-outputs': [24 + 18 + 30 + 15, 0],
  // The encoder and the projection count once, although two paths use them.
  'shared-weights': [60 + 12 + 2_604 + 130, 12],
  // Convolution, table of 8 words, trunk of 4·4·4 seen, 1 age and 3·4 told, scores, grams.
  'several-arrays': [40 + 32 + (77 * 12 + 12) + 39 + 13, 0],
};

describe('goldens', () => {
  it('are there for every sample and every hand-written design', () => {
    expect(missing).toEqual([]);
  });

  it.each(goldenNames)('%s compiles to its golden, without a warning', async (name) => {
    const { program, diagnostics, data } = await openGolden(name);
    data?.close();
    expect(diagnostics).toEqual([]);
    await expect(programText(program)).toMatchFileSnapshot(goldenFile(name, 'program.json'));
  });

  it.each(Object.entries(counts))('%s has as many parameters as a person counts', async (name, [learn, stay]) => {
    const { program, data } = await openGolden(name);
    data?.close();
    expect(program.totals).toMatchObject({ trainable: learn, nonTrainable: stay });
  });
});
