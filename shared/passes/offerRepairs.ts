/** Adds the repairs that need a look at the graph: what a loss finds, but only the nodes before the Output can mend. */
import type { LayerInstance } from '../ir/program';
import { classCount } from '../ir/targets';
import type { FieldInfo } from '../ir/trainingDefinitions';
import type { Repair } from '../messages/define';
import type { Problem } from '../messages';
import { findProducer } from './findProducer';
import type { InferredFunction } from './inferred';

/** `target` is the field that the Output at `node` aims at, where the problem is about it. */
export function offerRepairs(one: Problem, node: string, main: InferredFunction, target: FieldInfo | null): Problem {
  const producer = findProducer(main, node);
  const classes = target && classCount(target);
  if (!producer || !classes) return one;
  // A repair acts within one function; a layer inside a block is out of its reach.
  const layer = producer.function === main.bound.function.id ? producer.layer : null;
  const repairs =
    one.code === 'scoresTooFew' || one.code === 'scoresSpare'
      ? resize(layer, classes)
      : one.code === 'targetUnfit' && target.shape.length === 0
        ? reduce(layer, producer.layer, classes)
        : [];
  return { ...one, repairs: [...repairs, ...one.repairs] };
}

function resize(layer: LayerInstance | null, classes: number): Repair[] {
  const param = layer && ['units', 'filters'].find((name) => name in layer.params);
  if (!layer || !param) return [];
  const title = `Set ${param} of ${layer.name} to ${classes}`;
  return [{ title, actions: [{ action: 'setParam', node: layer.id, param, value: classes }] }];
}

/** From a score at every position to one score a class for the whole sample. */
function reduce(layer: LayerInstance | null, producer: LayerInstance, classes: number): Repair[] {
  const rank = Object.values(producer.outputTypes)[0]?.dims.length ?? 0;
  if (rank < 3) return [];
  const repairs: Repair[] = [];
  if (layer?.definition.type === 'Dense' && layer.params['units'] === classes)
    repairs.push({
      title: `Insert a Flatten before ${layer.name}`,
      actions: [{ action: 'insertBefore', node: layer.id, port: 'input', layer: 'Flatten', params: {} }],
    });
  repairs.push({
    title: `Insert a Flatten and a Dense of ${classes} units before the Output`,
    actions: [
      { action: 'insertBefore', port: 'input', layer: 'Flatten', params: {} },
      { action: 'insertBefore', port: 'input', layer: 'Dense', params: { units: classes } },
    ],
  });
  return repairs;
}
