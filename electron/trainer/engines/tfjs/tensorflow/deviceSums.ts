/** Sums over tensors that are made where the tensors lie, and come back in one copy: a copy each would wait for the card each time. */
import type { Tensor } from '../../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from '../backend';

/** The sum of squares of each. */
export function sumsOfSquares(core: TensorLibrary, tensors: readonly Tensor[]): Float64Array {
  const halves = readSums(core, tensors, (t) => core.engine().runKernel<Tensor>('L2Loss', { t }));
  return halves.map((half) => 2 * half);
}

/** Zero times anything finite is zero; times anything else it is not a number. */
export function allFinite(core: TensorLibrary, tensors: readonly Tensor[]): boolean {
  if (tensors.length === 0) return true;
  // Laid together first: each call costs more than numbers as few as these.
  const sum = core.tidy(() => {
    const flat = tensors.map((tensor) => (tensor.shape.length === 1 ? tensor : core.reshape(tensor, [-1])));
    return core.sum(core.mul(core.concat(flat), 0));
  });
  const [found] = sum.dataSync<'float32'>();
  sum.dispose();
  return found === 0;
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

function readSums(core: TensorLibrary, tensors: readonly Tensor[], sum: (tensor: Tensor) => Tensor): Float64Array {
  if (tensors.length === 0) return new Float64Array();
  const sums = core.tidy(() => core.stack(tensors.map((tensor) => sum(tensor))));
  const values = Float64Array.from(sums.dataSync<'float32'>());
  sums.dispose();
  return values;
}
