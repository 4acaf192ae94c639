/** The memory that `compile` estimates against the most that the embedded engine holds while it trains a step. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardControls, type Step } from '../../electron/trainer/engines/engine';
import { loadEngine } from '../../electron/trainer/engines/engines';
import { loadBackend } from '../../electron/trainer/engines/tfjs/backend';
import type { CheckedProgram } from '../../shared/ir/program';
import { optimizerRegistry } from '../../shared/optimizers/registry';
import { defaultsOf } from '../../shared/ir/params';
import { countPeak, type PeakCounter } from './runner/peakBytes';
import { madeUpSamples, sampleNames, sampleProgram } from './runner/sampleDesigns';

let counter: PeakCounter;
beforeAll(async () => {
  counter = await countPeak();
});
afterAll(() => counter.stop());

/** Bytes at the worst moment of the second step. */
async function measuredPeak(program: CheckedProgram): Promise<number> {
  const before = counter.live();
  const { batchSize, accumulate } = program.training;
  const data = madeUpSamples(program, batchSize * accumulate);
  const options = { data, controls: standardControls, ratioEvery: 1, telemetry: true };
  const runner = await (await loadEngine('wasm')).open(program, options);
  const step = (index: number): Step => ({
    index,
    microBatches: Array.from({ length: accumulate }, (_, part) =>
      Uint32Array.from({ length: batchSize }, (_, at) => part * batchSize + at),
    ),
    controls: Float32Array.of(0.001, 0, index + 1),
  });
  await runner.submit([step(0)], { aborted: false });
  counter.restart();
  await runner.submit([step(1)], { aborted: false });
  const peak = counter.peak() - before;
  await runner.close();
  expect(counter.live()).toBe(before);
  return peak;
}

describe.each(sampleNames)('of %s', (name) => {
  it.each([
    ['as it is', {}],
    ['with a batch four times as large', { batchSize: 128 }],
    ['with micro-batches and momentum', { accumulate: 3, optimizer: { type: 'sgd', momentum: 0.9 } }],
  ])('is within 20 %% of what is measured %s', async (_, change) => {
    const program = sampleProgram(name, change);
    const ratio = program.memory / (await measuredPeak(program));
    expect(ratio).toBeGreaterThan(0.8);
    expect(ratio).toBeLessThan(1.2);
  });
});

const changes = {
  sgd: [{}, { weightDecay: 0.1 }, { momentum: 0.9 }, { momentum: 0.9, nesterov: true, weightDecay: 0.1 }],
  adam: [{}, { weightDecay: 0.1 }],
  adamw: [{ weightDecay: 0 }, { weightDecay: 0.1 }],
};
const optimizers = Object.entries(changes).flatMap(([type, list]) => list.map((change) => ({ type, change })));

it.each(optimizers)('$type $change states how many tensors its update needs', async ({ type, change }) => {
  const core = await loadBackend('wasm');
  const definition = optimizerRegistry.get(type)!;
  const params = { ...defaultsOf(definition.params), ...change };
  const names = definition.slots(params);
  const size = 1000;
  core.tidy(() => {
    const make = () => core.fill([size], 0.5);
    const slots = Object.fromEntries(names.map((name) => [name, make()]));
    const context = { ops: core, weight: make(), gradient: make(), slots, learningRate: 0.1, decayed: true };
    const before = counter.live();
    counter.restart();
    core.tidy(() => {
      const { weight, slots: next } = definition.update(params, { ...context, updateIndex: 1 });
      return [weight, ...Object.values(next)];
    });
    const tensors = Math.floor((counter.peak() - before) / (4 * size));
    expect(tensors).toBe(1 + names.length + definition.workspace(params));
  });
});
