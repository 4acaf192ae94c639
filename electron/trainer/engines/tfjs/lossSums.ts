/** What heads say about a batch: the loss of every sample, and the sums from which metrics are computed. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { Head } from '../../../../shared/ir/program';
import type { TensorLibrary } from './backend';
import { total, valuesOf } from './tensorValues';

/** Sums over samples, in double precision, that grow batch by batch. */
export interface HeadSums {
  lossSum: number;
  /** One a metric; empty where a metric was left out. */
  metrics: Float64Array[];
}

export function createHeadSums(heads: readonly Head[]): HeadSums[] {
  return heads.map(({ metrics }) => ({ lossSum: 0, metrics: metrics.map(() => new Float64Array(0)) }));
}

/** The loss of every sample of one head: [batch]. */
export function sampleLosses(core: TensorLibrary, head: Head, output: Tensor, target: Tensor): Tensor {
  return head.loss.definition.build(core, head.loss.params, output, target);
}

/** `full`: also the metrics that are too large for every step. Call within a scope. */
export function addMetrics(
  core: TensorLibrary,
  head: Head,
  sums: HeadSums,
  output: Tensor,
  target: Tensor,
  full: boolean,
): void {
  const loss = { type: head.loss.definition.type, params: head.loss.params };
  head.metrics.forEach(({ definition, params }, at) => {
    if (definition.evaluationOnly && !full) return;
    const statistics = definition.build(core, params, output, target, loss);
    const values = valuesOf(core, statistics);
    const sum = sums.metrics[at]?.length ? sums.metrics[at] : new Float64Array(values.length);
    for (let index = 0; index < values.length; index++) sum[index] = (sum[index] ?? 0) + (values[index] ?? 0);
    sums.metrics[at] = sum;
  });
}

export function addLosses(core: TensorLibrary, sums: HeadSums, losses: Tensor): void {
  sums.lossSum += total(valuesOf(core, losses));
}

/** The loss that is minimised, without penalties: every head's mean over the samples, weighted. */
export function weightedLoss(heads: readonly Head[], sums: readonly HeadSums[], samples: number): number {
  return heads.reduce((sum, head, at) => sum + (head.weight * (sums[at]?.lossSum ?? 0)) / samples, 0);
}
