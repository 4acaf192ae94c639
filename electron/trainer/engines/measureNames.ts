/** The names of losses and metrics in columns and summaries: plain with one Output, `output/name` with several. */
import type { Head } from '../../../shared/ir/program';

/** `loss` is null where the only head's loss is the loss itself. `metrics` follows the head's list. */
export interface HeadNames {
  loss: string | null;
  metrics: readonly string[];
}

export function headNames(heads: readonly Pick<Head, 'name' | 'metrics'>[]): HeadNames[] {
  const several = heads.length > 1;
  return heads.map((head) => {
    const prefix = several ? `${head.name}/` : '';
    const seen = new Map<string, number>();
    const metrics = head.metrics.map(({ definition }) => {
      const count = (seen.get(definition.type) ?? 0) + 1;
      seen.set(definition.type, count);
      // The same metric twice (top-3 and top-5) must not share a column.
      return prefix + (count === 1 ? definition.type : `${definition.type}${count}`);
    });
    return { loss: several ? `${prefix}loss` : null, metrics };
  });
}

/** The scalar columns of a runner, in order: losses, metrics that are cheap enough for every step, rate, norm. */
export function stepScalarNames(heads: readonly Head[]): string[] {
  const names = headNames(heads);
  const losses = names.flatMap(({ loss }) => (loss === null ? [] : [loss]));
  const metrics = heads.flatMap((head, index) =>
    (names[index]?.metrics ?? []).filter((_, at) => head.metrics[at]?.definition.evaluationOnly === false),
  );
  return ['loss', ...losses, ...metrics, 'learningRate', 'gradientNorm'];
}
