/** From the means that PyTorch computes to the sums that suffice for every measure. */
import type { Head } from '../../../../shared/ir/program';
import { sampleSizes, type TensorType } from '../../../../shared/ir/tensorType';
import type { FieldInfo } from '../../../../shared/ir/trainingDefinitions';
import type { Evaluation } from '../engine';

/** An Output with the type of what it is compared with the target. */
export interface JudgedHead {
  head: Head;
  type: TensorType;
}

const noTarget: FieldInfo = { name: '', shape: [], dtype: 'float32' };

/** What nothing was added to. */
export function emptySums(heads: readonly JudgedHead[]): Evaluation['heads'] {
  return heads.map(({ head }) => ({ lossSum: 0, metrics: head.metrics.map(() => new Float64Array(0)) }));
}

/**
 * `sums`: the losses of all heads, then the metrics of all heads that were told, each mean times the samples; `sizes`:
 * how many numbers each of these metrics has.
 */
export function evaluationSums(
  heads: readonly JudgedHead[],
  { samples, sizes, sums, full }: { samples: number; sizes: readonly number[]; sums: Float64Array; full: boolean },
): Evaluation['heads'] {
  let next = 0;
  let at = heads.length;
  return heads.map(({ head, type }, index) => ({
    lossSum: sums[index] ?? NaN,
    metrics: head.metrics.map(({ definition, params }) => {
      if (definition.evaluationOnly && !full) return new Float64Array(0);
      const size = sizes[next] ?? 0;
      const own = sums.subarray(at, at + size);
      next += 1;
      at += size;
      const names = definition.statistics(params, type, head.target ?? noTarget);
      // Everywhere but in tables a metric is a ratio: of a sum and how often was counted.
      if (names.length === 2 && names[1] === 'count') return Float64Array.of(own[0] ?? NaN, samples);
      return counts(own, decisionsOf(head, type));
    }),
  }));
}

/** A table as parts of 1, times the samples: whole numbers again where each sample is decided so often. */
function counts(parts: Float64Array, decisions: number): Float64Array {
  return parts.map((part) => Math.round(part * decisions));
}

function decisionsOf({ loss }: Head, type: TensorType): number {
  const sizes = sampleSizes(type).map(Number);
  const scores = loss.definition.type === 'binaryCrossEntropy' ? sizes : sizes.slice(0, -1);
  return scores.reduce((product, size) => product * size, 1);
}
