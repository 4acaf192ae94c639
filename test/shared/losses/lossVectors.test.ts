/** Losses of samples and their gradients against PyTorch in float64 (made by python/reference_vectors/losses.py). */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../electron/trainer/engines/tfjs/backend';
import type { Ops, Tensor } from '../../../shared/ir/layerDefinition';
import { defaultsOf } from '../../../shared/ir/params';
import { lossRegistry } from '../../../shared/losses/registry';

interface Case {
  name: string;
  loss: string;
  params: Record<string, unknown>;
  output: { shape: number[]; values: number[] };
  target: { shape: number[]; values: number[]; dtype: 'float32' | 'int32' };
  losses: number[];
  upstream: number[];
  gradient: number[];
}

const vectors = JSON.parse(readFileSync(join(__dirname, 'vectors.json'), 'utf8')) as { cases: Case[] };

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

/** `tweak` stands between the true loss and the test: the seeded faults below pass through it. */
function computed(example: Case, tweak: (losses: Tensor) => Tensor = (losses) => losses): [number[], number[]] {
  const definition = lossRegistry.get(example.loss)!;
  const params = { ...defaultsOf(definition.params), ...example.params };
  return ops.tidy(() => {
    const output = ops.tensor(example.output.values, example.output.shape);
    const target = ops.tensor(example.target.values, example.target.shape, example.target.dtype);
    const losses = tweak(definition.build(ops, params, output, target));
    const gradient = ops.grad((x: Tensor) =>
      ops.sum(ops.mul(tweak(definition.build(ops, params, x, target)), ops.tensor1d(example.upstream))),
    )(output);
    expect(losses.shape).toEqual([example.losses.length]);
    return [[...losses.dataSync()], [...gradient.dataSync()]];
  });
}

function differences(received: number[], reference: number[]): string[] {
  return received.flatMap((value, index) => {
    const wanted = reference[index]!;
    const allowed = 2e-6 + 2e-6 * Math.abs(wanted);
    return Math.abs(value - wanted) <= allowed ? [] : [`[${index}] ${value} instead of ${wanted}`];
  });
}

const cases = vectors.cases.map((example) => [`${example.loss}, ${example.name}`, example] as const);

describe.each(cases)('%s', (_name, example) => {
  it('gives every sample the loss that PyTorch computes, and its gradient', () => {
    const [losses, gradient] = computed(example);
    expect(differences(losses, example.losses)).toEqual([]);
    expect(differences(gradient, example.gradient)).toEqual([]);
  });

  it('would be found out if it were wrong by a thousandth', () => {
    const [losses, gradient] = computed(example, (values) => ops.mul(values, 1.001));
    expect(differences(losses, example.losses)).not.toEqual([]);
    expect(differences(gradient, example.gradient)).not.toEqual([]);
  });
});

it('covers every loss', () => {
  const covered = new Set(vectors.cases.map(({ loss }) => loss));
  expect(lossRegistry.list.map(({ type }) => type).filter((type) => !covered.has(type))).toEqual([]);
});

describe('a value that is not a number', () => {
  it.each(lossRegistry.list.map(({ type }) => type))('is never hidden by %s', (type) => {
    const definition = lossRegistry.get(type)!;
    const choices = 'from' in definition.params ? ['logits', 'probabilities'] : [undefined];
    for (const from of choices) {
      const losses = ops.tidy(() => {
        const output = ops.tensor2d([NaN, 0.5, 0.5, 0.5], [2, 2]);
        const target = ops.tensor2d([1, 0, 0, 1], [2, 2]);
        return [...definition.build(ops, { ...defaultsOf(definition.params), from }, output, target).dataSync()];
      });
      expect(losses[0]).toBeNaN();
      expect(losses[1]).toBeGreaterThan(0);
    }
  });
});

describe('probabilities of exactly 0 and 1', () => {
  it.each(['crossEntropy', 'binaryCrossEntropy'])(
    'give %s a large finite loss, and none where they are right',
    (type) => {
      const definition = lossRegistry.get(type)!;
      const params = { ...defaultsOf(definition.params), from: 'probabilities' };
      const losses = ops.tidy(() => {
        const output = ops.tensor2d([0, 1, 0, 1], [2, 2]);
        const target = ops.tensor2d([1, 0, 0, 1], [2, 2]);
        return [...definition.build(ops, params, output, target).dataSync()];
      });
      expect(losses[0]).toBeCloseTo(-Math.log(1e-7), 1);
      expect(Math.abs(losses[1]!)).toBeLessThan(1e-6);
    },
  );
});
