/** What attention and embedding promise beyond numbers: no look into the future, no dropout in evaluation, no stray index. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';
import type { LayerRandom, Mode, Ops, Tensor } from '../../../shared/ir/layerDefinition';
import { defaultsOf } from '../../../shared/ir/params';
import { batchOf } from '../../../shared/ir/tensorType';
import { initialise } from '../../../shared/layers/initialisers';
import { layerRegistry } from '../../../shared/layers/registry';
import { randomStream } from '../../../shared/training/random';

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

const time = 5;
const features = 6;
const sequence = [...randomStream(1, 'sequence').normal(time * features)];

/** The output of self-attention for one sample, row by row. */
function attend(values: number[], given: Record<string, unknown>, mode: Mode = 'evaluate', seed = 1): number[][] {
  const definition = layerRegistry.get('MultiHeadAttention')!;
  const params = { ...defaultsOf(definition.params), heads: 2, keyFeatures: 3, ...given };
  const specs = definition.weights(params, { query: batchOf([time, features]) });
  const stream = randomStream(seed, 'dropout');
  const random: LayerRandom = {
    uniform: (_name, shape) => ops.tensor(stream.uniform(shape.reduce((all, size) => all * size, 1)), [...shape]),
  };
  return ops.tidy(() => {
    const weights: Record<string, Tensor> = {};
    for (const [name, spec] of Object.entries(specs))
      weights[name] = ops.tensor(initialise(spec, randomStream(2, name)), [...spec.shape]);
    const query = ops.tensor3d(values, [1, time, features]);
    const { output } = definition.build(ops, { params, inputs: { query }, weights, mode, random }).outputs;
    const flat = [...output!.dataSync()];
    return Array.from({ length: time }, (_, row) => flat.slice(row * features, (row + 1) * features));
  });
}

/** The sequence with another value at one position in time. */
const disturbed = (at: number): number[] =>
  sequence.map((value, index) => (index === at * features ? value + 3 : value));

describe('attention', () => {
  it('sees nothing of the future when it is causal, and everything of the past', () => {
    const before = attend(sequence, { causal: true });
    for (let at = 0; at < time; at++) {
      const after = attend(disturbed(at), { causal: true });
      after.forEach((row, index) => {
        if (index < at) expect(row).toEqual(before[index]);
        else expect(row).not.toEqual(before[index]);
      });
    }
  });

  it('sees all positions otherwise', () => {
    const [before, after] = [attend(sequence, {}), attend(disturbed(time - 1), {})];
    after.forEach((row, index) => expect(row).not.toEqual(before[index]));
  });

  it('does not care about the order of positions when it is not causal', () => {
    const order = [3, 0, 4, 1, 2];
    const shuffled = order.flatMap((row) => sequence.slice(row * features, (row + 1) * features));
    const [before, after] = [attend(sequence, {}), attend(shuffled, {})];
    order.forEach((row, index) =>
      after[index]!.forEach((value, feature) => expect(value).toBeCloseTo(before[row]![feature]!, 5)),
    );
  });

  it('drops attention weights in training only, by the numbers it is given', () => {
    const dropped = attend(sequence, { dropout: 0.5 }, 'train');
    expect(dropped).not.toEqual(attend(sequence, {}, 'train'));
    expect(attend(sequence, { dropout: 0.5 }, 'train')).toEqual(dropped);
    expect(attend(sequence, { dropout: 0.5 }, 'train', 2)).not.toEqual(dropped);
    expect(attend(sequence, { dropout: 0.5 }, 'evaluate')).toEqual(attend(sequence, {}, 'evaluate'));
  });
});

describe('an embedding', () => {
  const look = (...indices: number[]): number[] => {
    const definition = layerRegistry.get('Embedding')!;
    const params = { ...defaultsOf(definition.params), vocabulary: 3, features: 2 };
    return ops.tidy(() => {
      const inputs = { input: ops.tensor2d(indices, [1, indices.length], 'int32') };
      const weights = { embeddings: ops.tensor2d([0, 1, 10, 11, 20, 21], [3, 2]) };
      const random: LayerRandom = { uniform: (_name, shape) => ops.zeros([...shape]) };
      const built = definition.build(ops, { params, inputs, weights, mode: 'evaluate', random });
      return [...built.outputs.output!.dataSync()];
    });
  };

  it('gives the rows in the order of the indices', () => {
    expect(look(2, 0, 2)).toEqual([20, 21, 0, 1, 20, 21]);
  });

  it('never reads beside its table', () => {
    expect(() => look(0, 3)).toThrow();
    expect(() => look(-1)).toThrow();
  });
});
