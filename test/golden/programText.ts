/** A compiled program as text that a person can check: each layer with all that was resolved, inferred and counted. */
import { flatten, type FlatLayer } from '../../shared/ir/flatten';
import type { CheckedProgram, Head, Resolved } from '../../shared/ir/program';
import { formatType } from '../../shared/ir/tensorType';
import { countLayer } from '../../shared/passes/countCost';
import { writeLines } from './writeLines';

export function programText(program: CheckedProgram): string {
  const { name, feeds, heads, totals, training } = program;
  const { optimizer, schedule, ...plan } = training;
  return writeLines({
    name,
    layers: flatten(program).map(layerEntry),
    feeds: feeds.map(({ path, field }) => ({ path, field })),
    heads: heads.map(headEntry),
    optimizer: resolvedEntry(optimizer),
    schedule: resolvedEntry(schedule),
    training: plan,
    totals,
  });
}

function layerEntry({ path, layer, inputs, group }: FlatLayer): unknown {
  const own = group === path;
  const { trainable, nonTrainable, macs } = countLayer(layer);
  const weights = Object.entries(layer.weights).map(([weight, spec]): [string, string] => {
    const { shape, initialiser, trainable: learns, decayed } = spec;
    const marks = `${learns ? '' : ', fixed'}${decayed ? ', decayed' : ''}`;
    return [weight, `${initialiser.type} [${shape.join(', ')}]${marks}`];
  });
  return {
    path,
    layer: layer.definition.type,
    inputs: Object.values(inputs),
    params: layer.params,
    outputs: Object.values(layer.outputTypes).map(formatType),
    ...(weights.length > 0 && { weights: own ? Object.fromEntries(weights) : `of ${group}` }),
    ...(own && trainable > 0 && { trainable }),
    ...(own && nonTrainable > 0 && { nonTrainable }),
    macs,
  };
}

function headEntry({ path, name, loss, metrics, weight, target }: Head): unknown {
  return {
    path,
    name,
    loss: resolvedEntry(loss),
    metrics: metrics.map(resolvedEntry),
    weight,
    target: target && { name: target.name, shape: target.shape, dtype: target.dtype, classes: target.classes?.length },
  };
}

function resolvedEntry({ definition, params }: Resolved<{ type: string }>): unknown {
  return { type: definition.type, ...params };
}
