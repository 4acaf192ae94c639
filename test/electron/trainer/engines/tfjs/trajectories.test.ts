/** Ten whole training steps of two samples against PyTorch in float64 (made by python/reference_vectors/trajectories.py). */
import { saveState } from '../../../../../electron/trainer/engines/checkpoint';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../../electron/files/fileSystem';
import { readSafetensors, writeSafetensors, type StoredTensor } from '../../../../../electron/files/safetensors';
import { openData } from '../../../../../electron/services/data/openData';
import { prepareHere } from '../../../../../electron/services/data/prepareHere';
import type { Step } from '../../../../../electron/trainer/engines/engine';
import type { Design } from '../../../../../shared/design/schema';
import { designSchema } from '../../../../../shared/design/schema';
import { compile } from '../../../../../shared/compile';
import { library } from '../../../../../shared/library';
import { withRunner } from '../../../../contract/runner/withRunner';
import { temporaryHome } from '../../../../drivers/temporaryHome';

interface Filled {
  shape: number[];
  seed: number;
  centre: number;
  bound: number;
}

interface Trajectory {
  design: string;
  groups: string[];
  /** First values by name, as a formula. */
  start: Record<string, Filled>;
  steps: { loss: number; gradientNorms: number[] }[];
  /** After the last step. */
  statistics: Record<string, { movingMean: number[]; movingVariance: number[] }>;
  /** L2 norms of the weights of each group after the last step. */
  weights: Record<string, number>;
}

const { batch, rates, cases } = JSON.parse(readFileSync(join(__dirname, 'trajectories.json'), 'utf8')) as {
  batch: number;
  rates: number[];
  cases: Trajectory[];
};

const assets = join(__dirname, '..', '..', '..', '..', '..', 'assets');
/** PyTorch's own float32 stays within 2e-6 of its float64. */
const tolerance = 1e-4;

/** As the script fills them: the same integers, the same roundings. */
function filled({ shape, seed, centre, bound }: Filled): StoredTensor {
  let state = seed;
  const data = Float32Array.from({ length: shape.reduce((product, size) => product * size, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return centre + bound * (2 * ((state >>> 8) / 2 ** 24) - 1);
  });
  return { dtype: 'F32', shape, data };
}

/** Dropout would draw other masks than PyTorch's. */
function withoutDropout(name: string): Design {
  const design = designSchema.parse(JSON.parse(readFileSync(join(assets, 'designs', `${name}.netloom`), 'utf8')));
  const nodes = design.nodes.map((node) => (node.layer === 'Dropout' ? { ...node, params: { rate: 0 } } : node));
  return { ...design, nodes };
}

function steps(samples: number): Step[] {
  return rates.map((rate, index) => ({
    index,
    microBatches: [Uint32Array.from({ length: batch }, (_, at) => ((index * batch + at) * 37) % samples)],
    controls: Float32Array.of(rate, 0, index + 1),
  }));
}

/** The largest relative difference. */
function distance(ours: ArrayLike<number>, theirs: readonly number[]): number {
  expect(ours.length).toBe(theirs.length);
  return theirs.reduce(
    (most, value, at) => Math.max(most, Math.abs((ours[at] as number) - value) / Math.abs(value)),
    0,
  );
}

/** Next to the largest value: a mean may be as near to zero as it likes. */
function distanceOfAll(ours: ArrayLike<number>, theirs: readonly number[]): number {
  const size = Math.max(...theirs.map(Math.abs));
  return distance(
    Float64Array.from(theirs, (value, at) => (ours[at] as number) - value + size),
    theirs.map(() => size),
  );
}

const norm = (tensors: readonly ArrayLike<number>[]): number =>
  Math.sqrt(tensors.reduce((sum, values) => Array.from(values).reduce((part, value) => part + value * value, sum), 0));

describe.each(cases)('ten steps of $design', ({ design, groups, start, steps: expected, statistics, weights }) => {
  it('go the way they go in PyTorch: losses, gradients, weights and running statistics', async () => {
    const home = temporaryHome();
    const { folder } = await prepareHere({ source: 'digits' }, { home, folder: home, assets, mirror: null });
    const data = openData(folder);
    const { program } = compile(withoutDropout(design), library);
    if (!program) throw new Error('the sample does not compile');
    const [before, after] = [join(home, 'before.safetensors'), join(home, 'after.safetensors')];
    const tensors = Object.entries(start).map(([name, tensor]): [string, StoredTensor] => [
      `weights/${name}`,
      filled(tensor),
    ]);
    writeSafetensors(diskFiles, before, { metadata: {}, tensors: new Map(tensors) });
    try {
      await withRunner(
        program,
        async (runner) => {
          const loaded = await runner.load(before, { partial: true });
          expect(loaded.loaded).toHaveLength(tensors.length);
          expect(loaded.unused).toEqual([]);
          expect(runner.groups.map(({ path }) => path)).toEqual(groups);
          const { columns } = await runner.submit(steps(data.count('train')), { aborted: false });
          const losses = expected.map((_, at) => columns.scalars[at * columns.scalarNames.length] as number);
          const theirs = expected.map(({ loss }) => loss);
          expect(distance(losses, theirs)).toBeLessThan(tolerance);
          const norms = expected.flatMap(({ gradientNorms }) => gradientNorms);
          expect(distance(columns.gradientNorms, norms)).toBeLessThan(tolerance);
          await saveState(runner, after);
        },
        { data },
      );
    } finally {
      data.close();
    }
    const saved = readSafetensors(diskFiles, after).tensors;
    const valuesOf = (name: string): Float32Array => saved.get(`weights/${name}`)?.data as Float32Array;
    for (const [path, moving] of Object.entries(statistics)) {
      expect(distanceOfAll(valuesOf(`${path}/movingMean`), moving.movingMean)).toBeLessThan(tolerance);
      expect(distance(valuesOf(`${path}/movingVariance`), moving.movingVariance)).toBeLessThan(tolerance);
    }
    const ours = groups.map((path) =>
      norm(
        Object.keys(start)
          .filter((name) => name.startsWith(`${path}/`))
          .map(valuesOf),
      ),
    );
    expect(
      distance(
        ours,
        groups.map((path) => weights[path] as number),
      ),
    ).toBeLessThan(tolerance);
  });
});
