/** Random tensors of layers depend on their place in the run and on nothing else. */
import { describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import { layerRandom, type DrawPlace } from '../../../../../electron/trainer/engines/tfjs/layerRandom';

async function drawn(place: Partial<DrawPlace>, path = 'block/0/drop', name = 'mask'): Promise<number[]> {
  const core = await loadBackend('wasm');
  const random = layerRandom(core, { seed: 3, step: 5, microBatch: 1, ...place }, path);
  const tensor = random.uniform(name, [4, 8]);
  const values = [...tensor.dataSync()];
  tensor.dispose();
  return values;
}

describe('random tensors of a layer', () => {
  it('are the same at the same place, however often they are drawn', async () => {
    expect(await drawn({})).toEqual(await drawn({}));
  });

  it('differ by seed, step, micro-batch, path and name', async () => {
    const all = [
      await drawn({}),
      await drawn({ seed: 4 }),
      await drawn({ step: 6 }),
      await drawn({ microBatch: 0 }),
      await drawn({}, 'block/1/drop'),
      await drawn({}, 'block/0/drop', 'other'),
    ];
    expect(new Set(all.map((values) => values[0])).size).toBe(all.length);
    for (const value of all.flat()) expect(value >= 0 && value < 1).toBe(true);
  });
});
