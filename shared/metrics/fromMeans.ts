/** From what a written program computes, means over samples, back to the sums that a metric is made of. */
import { sampleSizes, type TensorType } from '../ir/tensorType';
import type { HeadLoss, MeansOf } from '../ir/trainingDefinitions';
import { isBinary } from './decisions';

/** Of a ratio: what is counted above the line, and how many were looked at. */
export function ratioFromMean(means: Float64Array, { samples }: MeansOf): Float64Array {
  return Float64Array.of(means[0] ?? NaN, samples);
}

/** Of a table in parts of 1: whole numbers again, where each sample is decided so often. */
export function countsFromParts(parts: Float64Array, { output, loss }: MeansOf): Float64Array {
  const decided = decisionsOf(output, loss);
  return parts.map((part) => Math.round(part * decided));
}

/** The last axis holds the scores of one decision, unless every element is one. */
function decisionsOf(output: TensorType, loss: HeadLoss): number {
  const sizes = sampleSizes(output).map(Number);
  return (isBinary(loss) ? sizes : sizes.slice(0, -1)).reduce((product, size) => product * size, 1);
}
