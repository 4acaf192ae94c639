/** Writes every example of every layer with its numbers as JSON: what `python/reference_vectors` computes from. */
import { writeFileSync } from 'node:fs';
import { loadBackend } from '../electron/trainer/engines/tfjs/backend';
import type { LayerRandom } from '../shared/ir/layerDefinition';
import { layerRegistry } from '../shared/layers/registry';
import { exampleCase, hashOf, type ExampleCase, type Numbers } from '../test/contract/harness/exampleCase';
import { randomNumbers, tensorsOf } from '../test/contract/harness/runLayer';
import { vectorBatch } from '../test/contract/harness/vectors';

async function main(file: string): Promise<void> {
  const ops = await loadBackend('cpu');
  const cases = layerRegistry.list.flatMap((definition) =>
    definition.examples.map((example) => {
      const numbers = exampleCase(definition, example, vectorBatch);
      const random: Record<string, Numbers> = {};
      ops.tidy(() => {
        const recording = recorder(numbers, random, (values, shape) => ops.tensor(values, shape, 'float32'));
        const params = numbers.params as never;
        definition.build(ops, { ...tensorsOf(ops, numbers), params, mode: 'train', random: recording });
      });
      return { ...numbers, hash: hashOf(numbers), random };
    }),
  );
  writeFileSync(file, JSON.stringify(cases));
  console.log(`${cases.length} examples of ${layerRegistry.list.length} layers in ${file}`);
}

type MakeTensor = (values: number[], shape: number[]) => ReturnType<LayerRandom['uniform']>;

/** Hands out what the contract test hands out, and remembers it. */
function recorder(numbers: ExampleCase, random: Record<string, Numbers>, make: MakeTensor): LayerRandom {
  return {
    uniform: (name, shape) => {
      const drawn = randomNumbers(numbers, name, shape);
      random[name] = drawn;
      return make(drawn.values, drawn.shape);
    },
  };
}

const file = process.argv[2];
if (file === undefined) {
  console.error('Which file? tsx tools/exportExamples.ts FILE');
  process.exitCode = 2;
} else {
  void main(file);
}
