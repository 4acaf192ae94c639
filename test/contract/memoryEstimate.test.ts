/** The memory that `compile` estimates against the most that the embedded engine holds while it trains a step. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { standardControls, type Step } from '../../electron/trainer/engines/engine';
import { loadEngine } from '../../electron/trainer/engines/engines';
import type { CheckedProgram } from '../../shared/ir/program';
import { shareOf } from '../drivers/examples';
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

describe.each(shareOf(sampleNames))('of %s', (name) => {
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
