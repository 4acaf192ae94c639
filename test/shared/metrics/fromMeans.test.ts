/** Every metric gives, from the means of a written program, the value that it gives from sums. */
import { describe, expect, it } from 'vitest';
import { batchOf } from '../../../shared/ir/tensorType';
import { metricRegistry } from '../../../shared/metrics/registry';

const samples = 12;
const crossEntropy = { type: 'crossEntropy', params: {} };
const binary = { type: 'binaryCrossEntropy', params: {} };

/** Whole numbers of decisions that are told as parts of 1, with what rounding leaves, times the samples. */
function told(table: readonly number[]): Float64Array {
  const decided = table.reduce((sum, count) => sum + count, 0);
  return Float64Array.from(table, (count) => (count / decided) * samples + 1e-9);
}

describe('the sums of a metric', () => {
  it.each([
    ['one decision a sample', batchOf([2]), crossEntropy, [5, 1, 2, 4]],
    ['a decision at each of three times', batchOf([3, 2]), crossEntropy, [20, 1, 7, 8]],
    ['a yes or no', batchOf([1]), binary, [6, 0, 2, 4]],
    ['five of them', batchOf([5]), binary, [30, 10, 15, 5]],
  ])('of a table are its counts: %s', (_, output, loss, table) => {
    const { fromMeans } = metricRegistry.get('confusionMatrix')!;
    expect([...fromMeans(told(table), { samples, output, loss })]).toEqual(table);
  });

  it.each(['accuracy', 'topK', 'meanAbsoluteError'])('of a ratio give that ratio: %s', (name) => {
    const { fromMeans, finish } = metricRegistry.get(name)!;
    const sums = fromMeans(Float64Array.of(0.375 * samples), { samples, output: batchOf([3]), loss: crossEntropy });
    expect(finish({}, sums).main).toBeCloseTo(0.375, 12);
  });
});
