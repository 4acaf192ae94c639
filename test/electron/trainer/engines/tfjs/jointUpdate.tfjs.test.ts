/** The update of many weights at once against each weight's own: equal to the bit, for every optimizer. */
import type * as tf from '@tensorflow/tfjs-core';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend } from '../../../../../electron/trainer/engines/tfjs/backend';
import type { Parameter } from '../../../../../electron/trainer/engines/tfjs/parameters';
import { jointUpdate } from '../../../../../electron/trainer/engines/tfjs/tensorflow/jointUpdate';
import { updateOne, type Learning, type UpdateOptions } from '../../../../../electron/trainer/engines/tfjs/updateOf';
import { defaultsOf } from '../../../../../shared/ir/params';
import { optimizerRegistry } from '../../../../../shared/optimizers/registry';
import { randomStream } from '../../../../../shared/training/random';
import { useTensorflow } from '../../../../drivers/tensorflow';

useTensorflow();
let core: typeof tf;
beforeAll(async () => {
  core = await loadBackend('tensorflow');
});

/** Small and large, of every rank, decaying or not: odd sizes, so that no weight starts where vector instructions do. */
const shapes = [[3, 3, 5, 7], [7], [], [1], [129, 129], [7, 11], [16_385], [16_384], [2, 1]];

const changes: Record<string, Record<string, number | boolean>[]> = {
  sgd: [{}, { momentum: 0.9 }, { momentum: 0.9, nesterov: true, weightDecay: 0.1 }],
  adam: [{}, { weightDecay: 0.1 }],
  adamw: [{}, { weightDecay: 0 }],
};

function learningOf(names: readonly string[]): Learning[] {
  return shapes.map((shape, at) => {
    const size = shape.reduce((product, length) => product * length, 1);
    const drawn = (what: string): tf.Tensor =>
      core.tensor(randomStream(0, what, String(at)).uniform(size), shape, 'float32');
    const slots = Object.fromEntries(names.map((name) => [name, drawn(name)]));
    const parameter = { tensor: drawn('weight'), slots, spec: { decayed: at % 3 !== 1 } };
    return { parameter: parameter as unknown as Parameter, gradient: core.sub(drawn('gradient'), 0.5) };
  });
}

describe.each(optimizerRegistry.list.map(({ type }) => type))('%s', (type) => {
  const definition = optimizerRegistry.get(type)!;

  it.each(changes[type]!)('comes to the same numbers with %j, also from slots that it made itself', (changed) => {
    const params = { ...defaultsOf(definition.params), ...changed };
    const names = definition.slots(params);
    const options = { optimizer: { definition, params }, scale: 0.37, learningRate: 0.01, updateIndex: 3 };
    core.tidy(() => {
      const learning = learningOf(names);
      const plain = learningOf(names);
      for (let step = 0; step < 2; step++) {
        jointUpdate(core, names, options, learning).forEach(({ weight, slots }, at) => {
          const expected = updateOne(core, options, plain[at]!);
          expect(weight.shape).toEqual(shapes[at]);
          expect(weight.dataSync()).toEqual(expected.weight.dataSync());
          expect(Object.keys(slots)).toEqual([...names]);
          for (const name of names) expect(slots[name]!.dataSync()).toEqual(expected.slots[name]!.dataSync());
          Object.assign(learning[at]!.parameter, { tensor: weight, slots });
          Object.assign(plain[at]!.parameter, { tensor: expected.weight, slots: expected.slots });
        });
      }
    });
  });
});

it('keeps what is not a number where it is', () => {
  const definition = optimizerRegistry.get('sgd')!;
  const options: UpdateOptions = {
    ...{ optimizer: { definition, params: defaultsOf(definition.params) }, scale: 1, learningRate: 1, updateIndex: 1 },
  };
  core.tidy(() => {
    const learning = [NaN, Infinity, 1].map((value) => ({
      parameter: { tensor: core.zeros([3]), slots: {}, spec: { decayed: true } } as unknown as Parameter,
      gradient: core.tensor1d([0, value, 0]),
    }));
    const moved = jointUpdate(core, [], options, learning).map(({ weight }) => [...weight.dataSync()]);
    expect(moved.map((values) => values[1])).toEqual([NaN, -Infinity, -1]);
    for (const [first, , last] of moved) expect([first, last]).toEqual([0, 0]);
  });
});

it('leaves a single weight its place, and no weight none', () => {
  const definition = optimizerRegistry.get('adam')!;
  const params = defaultsOf(definition.params);
  const options: UpdateOptions = { optimizer: { definition, params }, scale: 1, learningRate: 0.1, updateIndex: 1 };
  core.tidy(() => {
    const [one] = learningOf(definition.slots(params));
    expect(jointUpdate(core, definition.slots(params), options, [one!])).toHaveLength(1);
    expect(jointUpdate(core, definition.slots(params), options, [])).toEqual([]);
  });
});
