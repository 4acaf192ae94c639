/** What every layer promises: the types, counts and costs that it states, and the numbers that PyTorch computes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../electron/trainer/engines/tfjs/backend';
import type { LayerDefinition, LayerExample, Mode, Ops } from '../../shared/ir/layerDefinition';
import { sampleElements, typeKey } from '../../shared/ir/tensorType';
import { layerRegistry } from '../../shared/layers/registry';
import { isProblem } from '../../shared/messages';
import { elementsOf, exampleCase, hashOf, mapValues, parsedParams, sizesOf } from './harness/exampleCase';
import { gradientsOf, runLayer } from './harness/runLayer';
import { decode, differences, howToMakeVectors, readVectors, vectorBatch } from './harness/vectors';

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

const modes: readonly Mode[] = ['train', 'evaluate'];

describe.each(layerRegistry.list.map((definition) => [definition.type, definition] as const))('%s', (_, definition) => {
  it('has at least three examples, each with a name of its own', () => {
    const names = definition.examples.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names.length).toBeGreaterThanOrEqual(3);
  });

  it('has a vector for every example, and none for examples that are gone', () => {
    const vectors = readVectors(definition.type);
    const names = definition.examples.map(({ name }) => name);
    expect(Object.keys(vectors?.examples ?? {}).sort(), howToMakeVectors).toEqual(names.sort());
  });

  describe.each(definition.examples.map((example) => [example.name, example] as const))('%s', (_name, example) => {
    it('infers the types that the example states', () => {
      const outputs = definition.infer(parsedParams(definition, example), example.inputs);
      if (isProblem(outputs)) throw new Error(outputs.message);
      expect(mapValues(outputs, typeKey)).toEqual(mapValues(example.outputs, typeKey));
    });

    it('has the parameters and multiply-accumulates that the example states', () => {
      expect(countsOf(definition, example)).toEqual({
        trainable: example.trainable,
        nonTrainable: example.nonTrainable,
        macs: example.macs ?? 0,
      });
    });

    it.each(modes.flatMap((mode) => [1, 3].map((batch) => ({ mode, batch }))))(
      'builds what it infers: $mode, batch of $batch',
      ({ mode, batch }) => {
        const { outputs, updates } = runLayer(ops, definition, exampleCase(definition, example, batch), mode);
        const built = mapValues(outputs, ({ shape, dtype }) => ({ shape, dtype }));
        expect(built).toEqual(
          mapValues(example.outputs, (type) => ({ shape: sizesOf(type, batch), dtype: type.dtype })),
        );
        const specs = definition.weights(parsedParams(definition, example), example.inputs);
        const changed = Object.entries(updates).map(([name, { shape }]) => [name, shape]);
        const statistics = Object.entries(specs).filter(([name, spec]) => name in updates && !spec.trainable);
        expect(changed).toEqual(statistics.map(([name, { shape }]) => [name, [...shape]]));
      },
    );

    it('gives the numbers and gradients that PyTorch computes in double precision', () => {
      const numbers = exampleCase(definition, example, vectorBatch);
      const reference = readVectors(definition.type)?.examples[example.name];
      if (!reference) throw new Error(`no vector for this example: ${howToMakeVectors}`);
      expect(hashOf(numbers), `the vector was made from other numbers: ${howToMakeVectors}`).toBe(reference.hash);
      const trained = runLayer(ops, definition, numbers, 'train');
      const evaluated = runLayer(ops, definition, numbers, 'evaluate');
      const gradients = gradientsOf(ops, definition, numbers);
      const evaluation = reference.evaluate ?? reference.train;
      expect({
        outputs: differences(trained.outputs, reference.train.outputs),
        updates: differences(trained.updates, reference.train.updates),
        evaluated: differences(evaluated.outputs, evaluation.outputs),
        evaluationUpdates: Object.keys(evaluated.updates),
        inputGradients: differences(gradients.inputs, reference.train.inputGradients),
        weightGradients: differences(gradients.weights, reference.train.weightGradients),
      }).toEqual({
        outputs: [],
        updates: [],
        evaluated: [],
        evaluationUpdates: [],
        inputGradients: [],
        weightGradients: [],
      });
    });

    it('leaves no tensor behind', () => {
      const numbers = exampleCase(definition, example, 2);
      const before = ops.memory().numTensors;
      modes.forEach((mode) => runLayer(ops, definition, numbers, mode));
      gradientsOf(ops, definition, numbers);
      expect(ops.memory().numTensors).toBe(before);
    });
  });
});

describe('the reference itself', () => {
  it('is finite everywhere, and not all zero', () => {
    for (const { type, examples } of layerRegistry.list) {
      const vectors = readVectors(type);
      for (const { name } of examples) {
        const outputs = Object.values(vectors?.examples[name]?.train.outputs ?? {}).map(decode);
        const values = outputs.flatMap((numbers) => numbers.values);
        expect(values.every(Number.isFinite), `${type}, ${name}`).toBe(true);
        expect(
          values.some((value) => value !== 0),
          `${type}, ${name}`,
        ).toBe(true);
      }
    }
  });
});

function countsOf(definition: LayerDefinition, example: LayerExample): Record<string, number> {
  const params = parsedParams(definition, example) as never;
  const specs = Object.values(definition.weights(params, example.inputs));
  const count = (trainable: boolean): number =>
    specs.filter((spec) => spec.trainable === trainable).reduce((sum, { shape }) => sum + elementsOf(shape), 0);
  const cost = definition.cost(params, example.inputs, example.outputs);
  const outputElements = Object.values(example.outputs).reduce((sum, type) => sum + (sampleElements(type) ?? 0), 0);
  for (const elements of [cost.saved ?? outputElements, cost.workspace ?? 0])
    expect(Number.isInteger(elements) && elements >= 0, 'elements are counted in whole numbers').toBe(true);
  return { trainable: count(true), nonTrainable: count(false), macs: cost.macs };
}
