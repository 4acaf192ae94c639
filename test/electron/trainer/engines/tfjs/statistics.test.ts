/** Running statistics follow the batches, in the order in which they are seen, and are what evaluation normalises by. */
import { saveState } from '../../../../../electron/trainer/engines/checkpoint';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { diskFiles } from '../../../../../electron/files/fileSystem';
import { readSafetensors } from '../../../../../electron/files/safetensors';
import type { Runner } from '../../../../../electron/trainer/engines/engine';
import type { CheckedProgram } from '../../../../../shared/ir/program';
import { pointData, points } from '../../../../contract/runner/points';
import { tinyProgram, type TinyLayer } from '../../../../contract/runner/tinyProgram';
import { withRunner } from '../../../../contract/runner/withRunner';

const folder = mkdtempSync(join(tmpdir(), 'netloom-statistics-'));
afterAll(() => rmSync(folder, { recursive: true }));
const calm = { aborted: false };

function normalised(...more: TinyLayer[]): CheckedProgram {
  return tinyProgram({
    layers: [
      { id: 'in', layer: 'Input', params: { shape: [2], field: 'x' } },
      { id: 'norm', layer: 'BatchNorm', params: { momentum: 0.5 } },
      ...more,
      { id: 'unit', layer: 'Dense', params: { units: 1 } },
      { id: 'out', layer: 'Output', params: { loss: 'meanSquaredError', target: 'y' } },
    ],
    data: pointData,
  });
}

async function meanAfter(program: CheckedProgram, batches: number[][]): Promise<number[]> {
  return withRunner(program, (runner) => trainedMean(runner, batches), { data: points });
}

async function trainedMean(runner: Runner, batches: number[][]): Promise<number[]> {
  const microBatches = batches.map((indices) => Uint32Array.from(indices));
  await runner.submit([{ index: 0, microBatches, controls: Float32Array.of(0, 0, 1) }], calm);
  const file = join(folder, 'trained');
  await saveState(runner, file);
  return [...(readSafetensors(diskFiles, file).tensors.get('weights/norm/movingMean')?.data as Float32Array)];
}

describe('running statistics', () => {
  it('move half-way to the mean of the batch where the momentum is a half', async () => {
    // The mean of (1, 2) and (3, -1) is (2, 0.5).
    expect(await meanAfter(normalised(), [[0, 1]])).toEqual([1, 0.25]);
  });

  it('follow micro-batches one after the other', async () => {
    // From 0 half-way to (1, 2), then half-way to (3, -1).
    expect(await meanAfter(normalised(), [[0], [1]])).toEqual([1.75, 0]);
  });

  it('follow every use of shared weights in turn', async () => {
    // The second use sees what the first normalised: its mean is 0, so it halves what the first left.
    const shared = normalised({ id: 'again', layer: 'BatchNorm', params: { momentum: 0.5 }, weightsOf: 'norm' });
    const [first, second] = await meanAfter(shared, [[0, 1]]);
    expect(first).toBeCloseTo(0.5, 6);
    expect(second).toBeCloseTo(0.125, 6);
  });

  it('are what evaluation normalises by, and only training moves', async () => {
    await withRunner(
      normalised(),
      async (runner) => {
        await trainedMean(runner, [[0, 1]]);
        const options = { part: 'train' as const, mode: 'evaluate' as const };
        const [shown] = await runner.peek(['norm'], Uint32Array.of(0), options);
        // Variances of the batch: 1 and 2.25; running ones start at 1.
        const expected = [(1 - 1) / Math.sqrt(1 + 1e-3), (2 - 0.25) / Math.sqrt((1 + 2.25) / 2 + 1e-3)];
        shown?.values.forEach((value, at) => expect(value).toBeCloseTo(expected[at] ?? NaN, 5));
        const [again] = await runner.peek(['norm'], Uint32Array.of(0), options);
        expect(again).toEqual(shown);
      },
      { data: points },
    );
  });
});
