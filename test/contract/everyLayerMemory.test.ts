/** What a layer says that it keeps for the backward pass is what the engine's buffers show: the memory estimate rests on it. */
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../electron/trainer/engines/tfjs/backend';
import type { Ops, Tensor } from '../../shared/ir/layerDefinition';
import { sampleElements } from '../../shared/ir/tensorType';
import { layerRegistry } from '../../shared/layers/registry';
import { exampleCase, mapValues, parsedParams } from './harness/exampleCase';
import { countLiveBytes } from './harness/liveBytes';
import { build, tensorsOf } from './harness/runLayer';

/** Large enough that what does not grow with the batch (sums over channels, masks in time) hardly counts. */
const batch = 64;

let ops: Ops;
let liveBytes: () => number;
beforeAll(async () => {
  ops = await loadBackend('wasm');
  liveBytes = countLiveBytes(ops);
});

const examples = layerRegistry.list
  .filter(({ inputs }) => inputs.length > 0)
  .flatMap((definition) => definition.examples.map((example) => ({ type: definition.type, definition, example })));

it.each(examples.map((one) => ({ ...one, name: one.example.name })))('$type: $name', ({ definition, example }) => {
  const numbers = exampleCase(definition, example, batch);
  const cost = definition.cost(parsedParams(definition, example), example.inputs, example.outputs);
  const outputs = Object.values(example.outputs).reduce((sum, type) => sum + (sampleElements(type) ?? 0), 0);
  const stated = 4 * batch * (cost.saved ?? outputs);
  let kept = 0;
  ops.tidy(() => {
    const tensors = tensorsOf(ops, numbers);
    // A weight for each float input makes everything differentiable, as in the middle of a network.
    const one = ops.scalar(1);
    const forward = (factor: Tensor): Tensor => {
      const inputs = mapValues(tensors.inputs, (x) => (x.dtype === 'float32' ? ops.mul(x, factor) : x));
      const weights = mapValues(tensors.weights, (x) => ops.mul(x, factor));
      const before = liveBytes();
      const built = ops.tidy(() => build(ops, definition, numbers, { ...tensors, inputs, weights }, 'train').outputs);
      kept = liveBytes() - before;
      return ops.addN(Object.values(built).map((output) => ops.sum(output)));
    };
    ops.grads((factor: Tensor) => forward(factor))([one]);
  });
  expect(Math.abs(kept - stated), `keeps ${kept} bytes, states ${stated}`).toBeLessThanOrEqual(0.1 * kept + 512);
});

describe('the count', () => {
  it('sees a buffer once, however many tensors share it', () => {
    const before = liveBytes();
    const made = ops.zeros([10, 10]);
    const shared = ops.reshape(made, [100]);
    expect(liveBytes() - before).toBe(400);
    ops.dispose([made, shared]);
    expect(liveBytes()).toBe(before);
  });
});
