/** New weights of exported models are spread as ours are, whatever the initialiser and whichever class draws them. */
import { expect, it } from 'vitest';
import { compile } from '../../../../shared/compile';
import { designSchema } from '../../../../shared/design/schema';
import { initialiserNames } from '../../../../shared/ir/initialiser';
import type { CheckedProgram } from '../../../../shared/ir/program';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { library } from '../../../../shared/library';
import { firstValues } from '../../../../electron/services/designs/firstValues';
import { exportTfjs } from './exportedFolder';
import { runTraining } from './trainingProcess';

const kernels = [
  ...initialiserNames,
  { type: 'normal', value: 0.3 },
  { type: 'uniform', value: 2 },
  { type: 'constant', value: 0.25 },
];

/** Every class that has kernels, large enough for a mean over many values. */
function programWith(kernelInitialiser: unknown): CheckedProgram {
  const image = { padding: 'same', kernelInitialiser, biasInitialiser: kernelInitialiser };
  const nodes = [
    { id: 'x', layer: 'Input', params: { shape: [4, 4, 64], field: 'x' } },
    { id: 'plain', layer: 'Conv2D', params: { ...image, filters: 512, kernelSize: 1 } },
    { id: 'grouped', layer: 'Conv2D', params: { ...image, filters: 512, groups: 4 } },
    { id: 'depth', layer: 'DepthwiseConv2D', params: { ...image, multiplier: 1 } },
    { id: 'dilated', layer: 'DepthwiseConv2D', params: { ...image, dilation: 2 } },
    { id: 'rows', layer: 'Reshape', params: { shape: [16, 512] } },
    {
      id: 'attention',
      layer: 'MultiHeadAttention',
      params: { heads: 4, keyFeatures: 16, features: 96, kernelInitialiser, biasInitialiser: kernelInitialiser },
    },
    { id: 'dense', layer: 'Dense', params: { units: 512, kernelInitialiser, biasInitialiser: kernelInitialiser } },
    { id: 'y', layer: 'Output', params: { loss: 'meanSquaredError', target: 'y' } },
  ];
  const wires = nodes
    .slice(1)
    .map(({ id }, at) => ({ from: nodes[at]!.id, to: id === 'attention' ? 'attention:query' : id }));
  const design = designSchema.parse({ netloom: 1, name: 'spread', nodes, wires, training: { seed: 3 } });
  const fields = [
    { name: 'x', shape: [4, 4, 64], dtype: 'float32' as const },
    { name: 'y', shape: [16, 512], dtype: 'float32' as const },
  ];
  const { program, diagnostics } = compile(design, library, {
    data: { fields, counts: { train: 4, validation: 2, test: 2 } },
  });
  if (!program) throw new Error(diagnostics.map(({ message }) => message).join('\n'));
  return program;
}

function momentsOf(values: ArrayLike<number>): { mean: number; deviation: number } {
  const all = Array.from(values);
  const mean = all.reduce((sum, value) => sum + value, 0) / all.length;
  return { mean, deviation: Math.sqrt(all.reduce((sum, value) => sum + (value - mean) ** 2, 0) / all.length) };
}

it('first values have our mean and our spread, within 5 %', async () => {
  const programs = kernels.map(programWith);
  const answers = await runTraining(programs.map((program) => ({ program, judged: null, gradients: [], batches: [] })));
  const wrong = programs.flatMap((program, at) => {
    const places = new Map(weightPlaces(program).map((place) => [place.key, place]));
    return exportTfjs(program).weights.flatMap(({ name, group, twin }) => {
      const place = places.get(`${group}/${twin.ours[0]!.name}`)!;
      const received = answers[at]!.before[name]!.values;
      // Of n numbers the mean is found within 1 / sqrt(n) deviations, the deviation within 1 / sqrt(2 n), each six times at most.
      const within = (deviations: number): number => Math.max(0.05, 6 * deviations);
      const [ofMean, ofSpread] = [within(received.length ** -0.5), within((2 * received.length) ** -0.5)];
      const many = Array.from({ length: received.length < 4000 ? 30 : 1 }, (_, seed) => [...firstValues(place, seed)]);
      const [ours, theirs] = [momentsOf(many.flat()), momentsOf(received)];
      const near = (a: number, b: number, bound: number): boolean =>
        Math.abs(a - b) <= bound * Math.max(ours.deviation, 1e-6);
      const good = near(theirs.deviation, ours.deviation, ofSpread) && near(theirs.mean, ours.mean, ofMean);
      return good ? [] : [`${JSON.stringify(kernels[at])} ${name}: ${JSON.stringify({ ours, theirs })}`];
    });
  });
  expect(wrong).toEqual([]);
});
