/** Ten updates of every optimizer against PyTorch in float64 (made by python/reference_vectors/optimizers.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';
import type { Ops, Tensor } from '../../../shared/ir/layerDefinition';
import { optimizerRegistry } from '../../../shared/optimizers/registry';

interface Case {
  name: string;
  optimizer: string;
  params: Record<string, number | boolean>;
  start: { shape: number[]; values: number[] };
  gradients: number[][];
  rates: number[];
  weights: number[][];
}

const vectors = JSON.parse(readFileSync(join(__dirname, 'vectors.json'), 'utf8')) as { cases: Case[] };

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

/** The weight after each update. `decayed` false: a bias. */
function trajectory(example: Case, params: Record<string, number | boolean>, decayed = true): number[][] {
  const definition = optimizerRegistry.get(example.optimizer)!;
  return ops.tidy(() => {
    let weight: Tensor = ops.tensor(example.start.values, example.start.shape);
    let slots: Record<string, Tensor> = Object.fromEntries(
      definition.slots(params).map((name) => [name, ops.zerosLike(weight)]),
    );
    return example.gradients.map((values, step) => {
      const gradient = ops.tensor(values, example.start.shape);
      const learningRate = example.rates[step]!;
      const context = { ops, weight, gradient, slots, learningRate, decayed, updateIndex: step + 1 };
      const updated = definition.update(params, context);
      expect(Object.keys(updated.slots)).toEqual([...definition.slots(params)]);
      ({ weight, slots } = updated);
      return [...weight.dataSync()];
    });
  });
}

/** Float32 against float64: a few roundings a step. */
function differences(received: number[][], reference: number[][]): string[] {
  return received.flatMap((row, step) =>
    row.flatMap((value, index) => {
      const wanted = reference[step]![index]!;
      return Math.abs(value - wanted) <= 1e-6 + 1e-6 * Math.abs(wanted)
        ? []
        : [`step ${step}: ${value}, not ${wanted}`];
    }),
  );
}

const cases = vectors.cases.map((example) => [`${example.optimizer}, ${example.name}`, example] as const);

describe.each(cases)('%s', (_name, example) => {
  it('takes the ten steps that PyTorch takes', () => {
    expect(differences(trajectory(example, example.params), example.weights)).toEqual([]);
  });

  it('would be found out with any other number among its parameters', () => {
    for (const [name, value] of Object.entries(example.params)) {
      // The rate comes with each step. Where decay joins the gradient, only a large epsilon shows.
      if (name === 'learningRate' || typeof value !== 'number') continue;
      if (name === 'momentum' && value === 0) continue;
      const other = { ...example.params, [name]: value === 0 ? 0.01 : value * (name === 'epsilon' ? 1e4 : 0.99) };
      expect(differences(trajectory(example, other), example.weights), name).not.toEqual([]);
    }
  });

  it('never decays what must not be decayed', () => {
    const bias = trajectory(example, example.params, false);
    const without = trajectory(example, { ...example.params, weightDecay: 0 }, true);
    expect(bias).toEqual(without);
  });
});

it('covers every optimizer', () => {
  const covered = new Set(vectors.cases.map(({ optimizer }) => optimizer));
  expect(optimizerRegistry.list.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});
