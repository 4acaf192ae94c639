/** Every example of every layer gives on TensorFlow what it gives on WebAssembly: outputs, statistics and gradients. */
import { expect, it } from 'vitest';
import { loadBackend, type BackendName } from '../../../electron/trainer/engines/tfjs/backend';
import { layerRegistry } from '../../../shared/layers/registry';
import { useTensorflow } from '../../drivers/tensorflow';
import { exampleCase, type Numbers } from '../harness/exampleCase';
import { differentiated, gradientsOf, runLayer } from '../harness/runLayer';
import { distance } from './distance';

useTensorflow();
const allowed = 1e-4;

const cases = layerRegistry.list.flatMap((definition) =>
  definition.examples.map((example) => ({ definition, numbers: exampleCase(definition, example, 3) })),
);

/** By the name of the tensor, all that one backend makes of the examples; a word instead where it throws. */
async function everything(backend: BackendName): Promise<Map<string, Numbers | string>> {
  const ops = await loadBackend(backend);
  const found = new Map<string, Numbers | string>();
  for (const { definition, numbers } of cases) {
    const name = `${definition.type} ${numbers.example}`;
    const add = (kind: string, tensors: Record<string, Numbers>): void =>
      Object.entries(tensors).forEach(([key, tensor]) => found.set(`${name}: ${kind} ${key}`, tensor));
    try {
      for (const mode of ['train', 'evaluate'] as const) {
        const { outputs, updates } = runLayer(ops, definition, numbers, mode);
        add(`${mode} output`, outputs);
        add(`${mode} update`, updates);
      }
      if (differentiated(numbers).length > 0) {
        const { inputs, weights } = gradientsOf(ops, definition, numbers);
        add('gradient of input', inputs);
        add('gradient of weight', weights);
      }
    } catch (error) {
      found.set(name, error instanceof Error ? error.message : String(error));
    }
  }
  return found;
}

/** A hundredth of all gradients of the example together; for what is no gradient, nothing to speak of. */
function floorOf(name: string, all: ReadonlyMap<string, Numbers | string>): number {
  const [example, kind] = name.split(': ');
  if (!kind?.startsWith('gradient')) return 1e-6;
  const squares = [...all].flatMap(([other, tensor]) =>
    other.startsWith(`${example}: gradient`) && typeof tensor !== 'string'
      ? tensor.values.map((value) => value ** 2)
      : [],
  );
  return 1e-2 * Math.sqrt(squares.reduce((sum, square) => sum + square, 0)) + 1e-6;
}

it('every output, statistic and gradient of every example', async () => {
  const expected = await everything('wasm');
  const actual = await everything('tensorflow');
  const wrong = [...expected].flatMap(([name, ours]) => {
    const theirs = actual.get(name) ?? 'nothing';
    if (typeof ours === 'string') return [`${name} on wasm: ${ours}`];
    if (typeof theirs === 'string') return [`${name}: ${theirs}`];
    if (theirs.shape.join() !== ours.shape.join() || theirs.dtype !== ours.dtype)
      return [`${name}: ${theirs.shape.join()}`];
    // The true gradient of a key's bias is zero: what is left is rounding of all the others.
    const off = distance(theirs.values, ours.values, floorOf(name, expected));
    return off <= allowed ? [] : [`${name}: off by ${off}`];
  });
  const failed = [...actual].flatMap(([name, told]) => (typeof told === 'string' ? [`${name}: ${told}`] : []));
  expect([...failed, ...wrong]).toEqual([]);
  expect(expected.size).toBeGreaterThan(350);
});
