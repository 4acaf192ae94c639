/** Which weights a program has, from its layers: engines, checkpoints and exports name and order them alike. */
import { flatten, type FlatLayer } from './flatten';
import type { WeightSpec } from './initialiser';
import type { CheckedProgram } from './program';

/** One weight tensor; `key` (`stage2/3/conv1/kernel`) is its name in checkpoints. */
export interface WeightPlace {
  key: string;
  group: string;
  name: string;
  spec: WeightSpec;
}

/** Every weight once, in the order in which the layers that own or first use them run. */
export function weightPlaces(program: CheckedProgram): WeightPlace[] {
  return [...weightOwners(program)].flatMap(([group, { layer }]) =>
    Object.entries(layer.weights).map(([name, spec]) => ({ key: `${group}/${name}`, group, name, spec })),
  );
}

/** By group, in running order: the node that owns the weights, although one that shares them may run before it. */
export function weightOwners(program: CheckedProgram): Map<string, FlatLayer> {
  const found = new Map<string, FlatLayer>();
  for (const flat of flatten(program))
    if (!found.has(flat.group) || flat.path === flat.group) found.set(flat.group, flat);
  return found;
}
