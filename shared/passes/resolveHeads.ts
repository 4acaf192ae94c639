/** Part of `checkTraining`: each Output with its loss, metrics and target, checked against each other. */
import type { Library } from '../ir/library';
import type { Entry } from '../ir/params';
import type { Head, LayerInstance, Resolved } from '../ir/program';
import type { TensorType } from '../ir/tensorType';
import type { FieldInfo, LossDefinition, MetricDefinition } from '../ir/trainingDefinitions';
import type { Problem } from '../messages';
import { resolveEntry } from './parseParams';

/** `target`: the field that the problem is about, for repairs. */
export type ReportAt = (node: string, problem: Problem, target?: FieldInfo | null) => void;

export function resolveHeads(
  outputs: readonly LayerInstance[],
  targets: ReadonlyMap<string, FieldInfo | null>,
  library: Library,
  report: ReportAt,
): Head[] {
  const names = outputs.map(({ name }) => name);
  return outputs.flatMap((node) => {
    const loss = resolve(node.params['loss'] as Entry, (type) => library.losses.get(type));
    if (!loss) return [];
    const target = targets.get(node.id) ?? null;
    const output = Object.values(node.inputTypes)[0] as TensorType;
    const wrong = target && loss.definition.check(loss.params, output, target);
    if (wrong) report(node.id, wrong, target);
    const headLoss = { type: loss.definition.type, params: loss.params };
    const metrics = resolveMetrics(node, loss.definition, library, report);
    for (const metric of wrong ? [] : metrics) {
      const unfit = target && metric.definition.check(metric.params, output, target, headLoss);
      if (unfit) report(node.id, unfit);
    }
    // Measures are named after their head, so heads of one name go by their ids.
    const name = names.indexOf(node.name) === names.lastIndexOf(node.name) ? node.name : node.id;
    return [{ path: node.id, name, loss, metrics, weight: Number(node.params['weight'] ?? 1), target }];
  });
}

/** The metrics that the Output names, or those usual with its loss. */
function resolveMetrics(
  node: LayerInstance,
  loss: LossDefinition,
  library: Library,
  report: ReportAt,
): Resolved<MetricDefinition>[] {
  const named = (node.params['metrics'] ?? []) as readonly Entry[];
  const problems: Problem[] = [];
  const usual = loss.defaultMetrics.map((type) =>
    resolveEntry({ type }, 'metrics', library, {
      place: 'metrics',
      param: 'metrics',
      repair: (title) => ({ title, actions: [] }),
      problems,
    }),
  );
  if (named.length === 0) problems.forEach((one) => report(node.id, { ...one, repairs: [] }));
  return (named.length > 0 ? named : usual).flatMap(
    (entry) => resolve(entry, (type) => library.metrics.get(type)) ?? [],
  );
}

function resolve<Definition>(
  { type, ...params }: Entry,
  find: (type: string) => Definition | undefined,
): Resolved<Definition> | null {
  const definition = find(type);
  return definition ? { definition, params } : null;
}
