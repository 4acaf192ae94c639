/** Which weights a program has, from its layers: every engine names, orders and groups them alike. */
import type { WeightSpec } from '../../../shared/ir/initialiser';
import { flatten, type FlatLayer } from '../../../shared/ir/flatten';
import type { CheckedProgram } from '../../../shared/ir/program';
import type { WeightGroup } from '../../../shared/training/events';

/** One weight tensor; `key` (`stage2/3/conv1/kernel`) is its name in checkpoints. */
export interface WeightPlace {
  key: string;
  group: string;
  name: string;
  spec: WeightSpec;
}

/** Every weight once, in the order in which the layers that own or first use them run. */
export function weightPlaces(program: CheckedProgram): WeightPlace[] {
  return [...owners(program)].flatMap(([group, { layer }]) =>
    Object.entries(layer.weights).map(([name, spec]) => ({ key: `${group}/${name}`, group, name, spec })),
  );
}

/** The groups that learn: what gradient norms are reported for. */
export function weightGroups(program: CheckedProgram): WeightGroup[] {
  return [...owners(program)].flatMap(([path, { layer }]) => {
    const trainable = Object.values(layer.weights).filter((spec) => spec.trainable);
    const elements = trainable.reduce((sum, spec) => sum + elementsOf(spec.shape), 0);
    return elements === 0 ? [] : [{ path, name: layer.name, layer: layer.definition.type, elements }];
  });
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

/** By group, in running order: the node that owns the weights, although one that shares them may run before it. */
function owners(program: CheckedProgram): Map<string, FlatLayer> {
  const found = new Map<string, FlatLayer>();
  for (const flat of flatten(program))
    if (!found.has(flat.group) || flat.path === flat.group) found.set(flat.group, flat);
  return found;
}
