/** Turns what a head puts out into what a user reads: probabilities, where its loss takes logits. */
import type { Head } from '../../shared/ir/program';

/** `values` of one sample, row-major in `shape`; classes are along the last axis. */
export function outputProbabilities(head: Head, values: Float32Array, shape: readonly number[]): Float32Array {
  if (head.loss.params.from !== 'logits') return values;
  switch (head.loss.definition.type) {
    case 'crossEntropy':
      return softmaxRows(values, shape[shape.length - 1] ?? values.length);
    case 'binaryCrossEntropy':
      return values.map((value) => 1 / (1 + Math.exp(-value)));
    default:
      return values;
  }
}

function softmaxRows(values: Float32Array, width: number): Float32Array {
  const out = new Float32Array(values.length);
  for (let from = 0; from < values.length; from += width) {
    const row = values.subarray(from, from + width);
    const largest = row.reduce((most, value) => Math.max(most, value), -Infinity);
    const powers = Float64Array.from(row, (value) => Math.exp(value - largest));
    const total = powers.reduce((sum, value) => sum + value, 0);
    powers.forEach((power, at) => (out[from + at] = power / total));
  }
  return out;
}
