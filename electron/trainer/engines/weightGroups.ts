/** The groups of weights of a program: every engine orders and names them alike. */
import type { CheckedProgram } from '../../../shared/ir/program';
import { weightOwners } from '../../../shared/ir/weightPlaces';
import type { WeightGroup } from '../../../shared/training/events';

/** The groups that learn: what gradient norms are reported for. */
export function weightGroups(program: CheckedProgram): WeightGroup[] {
  return [...weightOwners(program)].flatMap(([path, { layer }]) => {
    const trainable = Object.values(layer.weights).filter((spec) => spec.trainable);
    const elements = trainable.reduce((sum, spec) => sum + elementsOf(spec.shape), 0);
    return elements === 0 ? [] : [{ path, name: layer.name, layer: layer.definition.type, elements }];
  });
}

export function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}
