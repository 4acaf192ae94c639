/** L2 norms by weight group: on WASM read from memory in double precision, nearly free next to a step; elsewhere summed there. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { WeightGroup } from '../../../../shared/training/events';
import type { TensorLibrary } from './backend';
import type { Parameters } from './parameters';
import { movements, sumsOfSquares } from './tensorflow/deviceSums';
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
  const there = gradients.flatMap((gradient, at) => (gradient ? [{ gradient, position: positions[at] ?? 0 }] : []));
  const sums = sumsOf(
    core,
    there.map(({ gradient }) => gradient),
  );
  there.forEach(({ position }, at) => (squares[position] = (squares[position] ?? 0) + (sums[at] ?? 0)));
  return squares;
}

function sumsOf(core: TensorLibrary, tensors: readonly Tensor[]): ArrayLike<number> {
  if (core.getBackend() === 'tensorflow') return sumsOfSquares(core, tensors);
  return tensors.map((tensor) => sumOfSquares(valuesOf(core, tensor)));
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
  const found = core.getBackend() === 'tensorflow' ? movements(core, weights) : readMovements(core, weights);
  weights.forEach((_, at) => {
    const position = positions[at] ?? 0;
    moved[position] = (moved[position] ?? 0) + (found.moved[at] ?? 0);
    size[position] = (size[position] ?? 0) + (found.size[at] ?? 0);
  });
  return moved.map((value, at) => (value === 0 ? 0 : Math.sqrt(value / (size[at] ?? 0))));
}

function readMovements(
  core: TensorLibrary,
  weights: readonly { before: Tensor; after: Tensor }[],
): { moved: number[]; size: number[] } {
  const all = weights.map(({ before, after }) => movementOf(valuesOf(core, before), valuesOf(core, after)));
  return { moved: all.map(({ moved }) => moved), size: all.map(({ size }) => size) };
}
