/** Gradients agree with what the outputs do when values move a little: a check that needs no other library. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../electron/trainer/engines/tfjs/backend';
import type { Ops } from '../../shared/ir/layerDefinition';
import { layerRegistry } from '../../shared/layers/registry';
import { directionalDerivative } from './harness/centralDifferences';
import { exampleCase, type Numbers } from './harness/exampleCase';
import { differentiated, gradientsOf } from './harness/runLayer';

/** The largest relative difference that counts as equal. */
const allowed = 2e-2;

let ops: Ops;
beforeAll(async () => {
  ops = await loadBackend('wasm');
});

/** Whole numbers going in and coming out (an Input of indices) have no gradient to confirm. */
const examples = layerRegistry.list
  .flatMap((definition) =>
    definition.examples.map((example) => ({ type: definition.type, name: example.name, definition, example })),
  )
  .filter(({ definition, example }) => differentiated(exampleCase(definition, example, 4)).length > 0);

describe.each(examples)('$type: $name', ({ definition, example }) => {
  const numbers = exampleCase(definition, example, 4);
  const tensors = differentiated(numbers);

  it('has gradients that central differences confirm, and would not confirm if 5 % off', () => {
    const gradients = gradientsOf(ops, definition, numbers);
    for (const of of tensors) {
      const gradient = gradients[of.kind][of.name]!;
      const place = `${of.kind} ${of.name}`;
      expect(directionalDerivative(ops, definition, numbers, of, gradient).relative, place).toBeLessThanOrEqual(
        allowed,
      );
      if (largest(gradient) < 1e-3) continue;
      for (const factor of [0.95, 1.05]) {
        const wrong = { ...gradient, values: gradient.values.map((value) => value * factor) };
        const { relative } = directionalDerivative(ops, definition, numbers, of, wrong);
        expect(relative, `${place}, times ${factor}`).toBeGreaterThan(allowed);
      }
    }
  });
});

function largest({ values }: Numbers): number {
  return values.reduce((most, value) => Math.max(most, Math.abs(value)), 0);
}
