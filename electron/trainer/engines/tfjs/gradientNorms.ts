/** L2 norms by weight group, read from memory in double precision: nearly free next to a step. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { WeightGroup } from '../../../../shared/training/events';
import type { TensorLibrary } from './backend';
import type { Parameters } from './parameters';
import { movementOf, sumOfSquares, valuesOf } from './tensorValues';

/** For every trainable weight the position of its group among the groups. */
export function groupPositions(parameters: Parameters, groups: readonly WeightGroup[]): number[] {
  const position = new Map(groups.map(({ path }, at) => [path, at]));
  return parameters.trainable.map(({ group }) => position.get(group) ?? 0);
}

/** The sum of squares of every group's gradients; a weight without a gradient counts as zero. */
export function groupSquares(
  core: TensorLibrary,
  gradients: readonly (Tensor | null)[],
  positions: readonly number[],
  groups: number,
): Float64Array {
  const squares = new Float64Array(groups);
  gradients.forEach((gradient, at) => {
    const position = positions[at] ?? 0;
    if (gradient) squares[position] = (squares[position] ?? 0) + sumOfSquares(valuesOf(core, gradient));
  });
  return squares;
}

/** ||new - old|| / ||old|| of every group; 0 where nothing moved, also from an old norm of zero. */
export function updateRatios(
  core: TensorLibrary,
  weights: readonly { before: Tensor; after: Tensor }[],
  positions: readonly number[],
  groups: number,
): Float64Array {
  const moved = new Float64Array(groups);
  const size = new Float64Array(groups);
  weights.forEach(({ before, after }, at) => {
    const position = positions[at] ?? 0;
    const movement = movementOf(valuesOf(core, before), valuesOf(core, after));
    moved[position] = (moved[position] ?? 0) + movement.moved;
    size[position] = (size[position] ?? 0) + movement.size;
  });
  return moved.map((value, at) => (value === 0 ? 0 : Math.sqrt(value / (size[at] ?? 0))));
}
