/** Sums over tensors that are made where the tensors lie, and come back in one copy: a copy each would wait for the card each time. */
import type { Tensor } from '../../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from '../backend';

/** The sum of squares of each. */
export function sumsOfSquares(core: TensorLibrary, tensors: readonly Tensor[]): Float64Array {
  if (tensors.length === 0) return new Float64Array();
  const halves = core.tidy(() => core.stack(tensors.map((t) => core.engine().runKernel<Tensor>('L2Loss', { t }))));
  return read(halves).map((half) => 2 * half);
}

/** Zero times anything finite is zero; times anything else it is not a number. */
export function allFinite(core: TensorLibrary, tensors: readonly Tensor[]): boolean {
  if (tensors.length === 0) return true;
  // Laid together first: each call costs more than numbers as few as these.
  const sum = core.tidy(() => {
    const flat = tensors.map((tensor) => (tensor.shape.length === 1 ? tensor : core.reshape(tensor, [-1])));
    return core.sum(core.mul(core.concat(flat), 0));
  });
  return read(sum)[0] === 0;
}

/** Of the difference of each pair, and of the first of it. */
export function movements(
  core: TensorLibrary,
  pairs: readonly { before: Tensor; after: Tensor }[],
): { moved: Float64Array; size: Float64Array } {
  const differences = pairs.map(({ before, after }) => core.sub(after, before));
  const sums = sumsOfSquares(core, [...differences, ...pairs.map(({ before }) => before)]);
  core.dispose(differences);
  return { moved: sums.slice(0, pairs.length), size: sums.slice(pairs.length) };
}

/** The values of a tensor that nobody needs any longer. */
function read(tensor: Tensor): Float64Array {
  const values = Float64Array.from(tensor.dataSync<'float32'>());
  tensor.dispose();
  return values;
}
