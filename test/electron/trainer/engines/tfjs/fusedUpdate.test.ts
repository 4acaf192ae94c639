/** The update in one pass against the definition run operation by operation: equal to the bit, for every optimizer. */
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { loadBackend, type TensorLibrary } from '../../../../../electron/trainer/engines/tfjs/backend';
import { fusedUpdate } from '../../../../../electron/trainer/engines/tfjs/fusedUpdate';
import type { Parameter } from '../../../../../electron/trainer/engines/tfjs/parameters';
import { formulaLoopName } from '../../../../../electron/trainer/engines/tfjs/simd/formula';
import { four } from '../../../../../electron/trainer/engines/tfjs/simd/instructions';
import { traceFormula } from '../../../../../electron/trainer/engines/tfjs/simd/traceFormula';
import { updateOf, type UpdateOptions } from '../../../../../electron/trainer/engines/tfjs/updateOf';
import { defaultsOf } from '../../../../../shared/ir/params';
import { optimizerRegistry } from '../../../../../shared/optimizers/registry';

let core: TensorLibrary;
beforeAll(async () => {
  core = await loadBackend('wasm');
});

const decay = { weightDecay: fc.constantFrom(0, 0.1) };
const moments = { beta1: fc.constantFrom(0, 0.9), beta2: fc.constantFrom(0.9, 0.999), epsilon: fc.constant(1e-8) };
const choices: Record<string, Record<string, fc.Arbitrary<number | boolean>>> = {
  sgd: { ...decay, momentum: fc.constantFrom(0, 0.9), nesterov: fc.boolean() },
  adam: { ...decay, ...moments },
  adamw: { ...decay, ...moments },
};

const step = fc.record({
  scale: fc.constantFrom(1, 0.37),
  learningRate: fc.float({ min: 0, max: 1, noNaN: true }),
  updateIndex: fc.integer({ min: 1, max: 100_000 }),
  decayed: fc.boolean(),
  // Whole groups of four, a rest, or a rest alone.
  size: fc.integer({ min: 1, max: 11 }),
});

/** Any float32: not a number, infinite and subnormal ones among them. */
const values = fc.array(fc.float(), { minLength: 11, maxLength: 11 });

function bits(tensor: { dataSync: () => ArrayLike<number> }): string[] {
  return Array.from(tensor.dataSync(), (value) => (Object.is(value, -0) ? '-0' : String(value)));
}

describe.each(optimizerRegistry.list.map(({ type }) => type))('%s', (type) => {
  const definition = optimizerRegistry.get(type)!;

  it('comes to the same numbers in one pass', () => {
    const params = fc.record(choices[type]!).map((changed) => ({ ...defaultsOf(definition.params), ...changed }));
    const check = fc.property(params, step, fc.array(values, { minLength: 4, maxLength: 4 }), (given, drawn, rows) => {
      const { size, decayed, ...settings } = drawn;
      const options: UpdateOptions = { ...settings, optimizer: { definition, params: given } };
      const names = definition.slots(given);
      core.tidy(() => {
        const [weight, gradient, ...rest] = rows.map((row) => core.tensor1d(row.slice(0, size)));
        const slots = Object.fromEntries(names.map((name, at) => [name, rest[at]!]));
        const parameter = { tensor: weight!, slots, spec: { decayed } } as unknown as Parameter;
        const fused = fusedUpdate(core, names, options)({ parameter, gradient: gradient! });
        const plain = updateOf(core, options, { weight: weight!, gradient: gradient!, slots, decayed });
        expect(bits(fused.weight)).toEqual(bits(plain.weight));
        expect(Object.keys(fused.slots)).toEqual([...names]);
        for (const name of names) expect(bits(fused.slots[name]!)).toEqual(bits(plain.slots[name]!));
      });
    });
    fc.assert(check, { numRuns: 300 });
  });
});

it('uses the constants of each step, not those of the first', () => {
  const definition = optimizerRegistry.get('sgd')!;
  const optimizer = { definition, params: defaultsOf(definition.params) };
  const moved = [0.5, 0.25].map((learningRate) =>
    core.tidy(() => {
      const tensor = core.tensor1d([1, 1, 1, 1, 1]);
      const parameter = { tensor, slots: {}, spec: { decayed: true } } as unknown as Parameter;
      const update = fusedUpdate(core, [], { optimizer, scale: 1, learningRate, updateIndex: 1 });
      return [...update({ parameter, gradient: core.ones([5]) }).weight.dataSync()];
    }),
  );
  expect(moved).toEqual([Array(5).fill(0.5), Array(5).fill(0.75)]);
});

it('tells loops apart by everything but their constants', () => {
  const named = (compute: Parameters<typeof traceFormula>[1]): string =>
    formulaLoopName(traceFormula(2, compute), four);
  const name = named((ops, [x, y]) => [ops.mul(x!, 2), ops.sub(x!, y!)]);
  expect(named((ops, [x, y]) => [ops.mul(x!, 3), ops.sub(x!, y!)])).toBe(name);
  const others = [
    named((ops, [x, y]) => [ops.mul(y!, 2), ops.sub(x!, y!)]),
    named((ops, [x, y]) => [ops.mul(x!, 2), ops.sub(y!, x!)]),
    named((ops, [x, y]) => [ops.mul(x!, 2), ops.add(x!, y!)]),
    named((ops, [x, y]) => [ops.mul(x!, 2), ops.sub(x!, y!)].reverse()),
  ];
  expect(new Set([name, ...others]).size).toBe(5);
});

it('names the operation that it cannot do', () => {
  const traced = (): unknown => traceFormula(1, (ops, [x]) => [ops.exp(x!)]);
  expect(traced).toThrow('a formula cannot be traced through the operation exp');
});
