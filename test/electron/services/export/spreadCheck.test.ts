/** First values are judged within five per cent where chance cannot reach that far, and within what chance reaches else. */
import { describe, expect, it } from 'vitest';
import { enoughValues, spreadCheck } from '../../../../electron/services/export/spreadCheck';
import type { StoredTensor } from '../../../../electron/files/safetensors';
import { twin } from '../../../../shared/ir/emit/transform';
import { weightPlaces } from '../../../../shared/ir/weightPlaces';
import { sampleProgram } from '../../../contract/runner/sampleDesigns';

const program = sampleProgram('digits-mlp');
const places = weightPlaces(program);
const weights = places.map(({ key, group, name }) => ({ name: key, group, twin: twin(name, name) }));

/** The mean square of values that Glorot's rule draws. */
function meanSquareOf(shape: readonly number[]): number {
  return 2 / shape.reduce((sum, size) => sum + size, 0);
}

/** What fresh models held: each kernel `count` values, spread and shifted by these parts of what is ours; biases 0. */
function fresh(
  count: number,
  changes: Record<string, { spread?: number; mean?: number }> = {},
): Map<string, StoredTensor> {
  const theirs = new Map<string, StoredTensor>();
  for (const { key, spec } of places) {
    const { spread = 1, mean = 0 } = changes[key] ?? {};
    const meanSquare = spec.shape.length === 2 ? meanSquareOf(spec.shape) : 0;
    const moments = [count, count * mean * Math.sqrt(meanSquare), count * meanSquare * spread ** 2];
    theirs.set(`fresh/${key}`, { dtype: 'F64', shape: [3], data: Float64Array.from(moments) });
  }
  return theirs;
}

const check = (theirs: ReadonlyMap<string, StoredTensor>) => spreadCheck(program, weights, theirs);
const failing = (theirs: ReadonlyMap<string, StoredTensor>): (string | null)[] =>
  check(theirs).failed.map(({ tensor }) => tensor);

describe('the spread of first values', () => {
  it('is judged within 5 % where that is seven deviations of the estimate, which chance misses once in 10^11', () => {
    expect(0.05 * Math.sqrt(2 * enoughValues)).toBeGreaterThanOrEqual(7);
    expect(failing(fresh(enoughValues, { 'hidden/kernel': { spread: 1.049 } }))).toEqual([]);
    expect(failing(fresh(enoughValues, { 'hidden/kernel': { spread: 1.051 } }))).toEqual(['hidden/kernel']);
    expect(failing(fresh(10 * enoughValues, { 'hidden/kernel': { spread: 0.949 } }))).toEqual(['hidden/kernel']);
  });

  it('is judged within seven deviations where there are fewer values', () => {
    const count = 800;
    const chance = 1 / Math.sqrt(2 * count);
    expect(failing(fresh(count, { 'logits/kernel': { spread: 1 + 6.9 * chance } }))).toEqual([]);
    expect(failing(fresh(count, { 'logits/kernel': { spread: 1 + 7.1 * chance } }))).toEqual(['logits/kernel']);
    expect(check(fresh(count)).notes.join(), 'and it is said that this is coarse').toMatch(/too few values of/i);
  });

  it('of weights with few values is judged of all together within 5 %', () => {
    const count = 0.6 * enoughValues;
    const both = { 'hidden/kernel': { spread: 0.945 }, 'logits/kernel': { spread: 0.945 } };
    expect(failing(fresh(count, both))).toEqual(['all glorotUniform']);
    expect(check(fresh(count)).notes).toEqual([]);
  });

  it('is that around zero: a mean beside it is found', () => {
    const seven = 7 / Math.sqrt(enoughValues);
    expect(failing(fresh(enoughValues, { 'hidden/kernel': { mean: 0.99 * seven } }))).toEqual([]);
    expect(failing(fresh(enoughValues, { 'hidden/kernel': { mean: 1.01 * seven } }))).toEqual(['hidden/kernel']);
  });

  it('of what always starts the same has no room at all, and a weight that is missing is said to be', () => {
    const theirs = fresh(enoughValues);
    theirs.set('fresh/logits/bias', { dtype: 'F64', shape: [3], data: Float64Array.of(10, 0.1, 0.001) });
    expect(failing(theirs)).toEqual(['logits/bias']);
    theirs.delete('fresh/hidden/kernel');
    expect(failing(theirs).sort()).toEqual(['hidden/kernel', 'logits/bias']);
  });
});
