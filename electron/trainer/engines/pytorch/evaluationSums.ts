/** From the means that PyTorch computes to the sums that suffice for every measure. */
import type { Head } from '../../../../shared/ir/program';
import type { TensorType } from '../../../../shared/ir/tensorType';
import type { Evaluation } from '../engine';

/** An Output with the type of what it is compared with the target. */
export interface JudgedHead {
  head: Head;
  type: TensorType;
}

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
    metrics: head.metrics.map(({ definition }) => {
      if (definition.evaluationOnly && !full) return new Float64Array(0);
      const size = sizes[next] ?? 0;
      const own = sums.subarray(at, at + size);
      next += 1;
      at += size;
      const loss = { type: head.loss.definition.type, params: head.loss.params };
      return definition.fromMeans(own, { samples, output: type, loss });
    }),
  }));
}
