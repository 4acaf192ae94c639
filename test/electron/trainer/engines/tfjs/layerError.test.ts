/** What goes wrong inside a layer while it runs is told with the layer's place in the design. */
import { describe, expect, it } from 'vitest';
import type { SampleReader } from '../../../../../electron/files/sampleReader';
import { classifier, tinyData, tinySteps } from '../../../../contract/runner/tinyDesigns';
import { withRunner } from '../../../../contract/runner/withRunner';

const words = { name: 'words', shape: [3], dtype: 'int32' } as const;
const design = classifier({
  data: { ...tinyData, fields: [words, ...tinyData.fields.slice(1)] },
  layers: [
    { id: 'in', layer: 'Input', params: { shape: [3], dtype: 'int32', field: 'words' } },
    { id: 'table', layer: 'Embedding', params: { vocabulary: 5, features: 2 } },
    { id: 'flat', layer: 'Flatten' },
    { id: 'scores', layer: 'Dense', params: { units: 3 } },
    { id: 'out', layer: 'Output', params: { target: 'label' } },
  ],
});

/** Sentences of which one word is `odd`, if the sample is the last of its batch. */
function sentences(odd: number): SampleReader {
  return {
    count: () => 48,
    read: (field, _part, indices) => {
      if (field === 'label') return Promise.resolve(Int32Array.from(indices, (index) => index % 3));
      const rows = [...indices].flatMap((index) => [index % 5, 0, index % 8 === 7 ? odd : 4]);
      return Promise.resolve(Int32Array.from(rows));
    },
  };
}

describe('an index outside the table of an Embedding', () => {
  it.each([5, -1])('names the Embedding and the index %i', async (odd) => {
    const submitted = withRunner(design, (runner) => runner.submit(tinySteps(0, 1), { aborted: false }), {
      data: sentences(odd),
    });
    await expect(submitted).rejects.toThrow(new RegExp(`^table \\(Embedding\\): .*${odd}\\b`));
  });

  it('is nothing to the last index of the table', async () => {
    const run = { data: sentences(4) };
    const done = await withRunner(design, (runner) => runner.submit(tinySteps(0, 1), { aborted: false }), run);
    expect(done.stoppedAt).toBeUndefined();
  });
});
