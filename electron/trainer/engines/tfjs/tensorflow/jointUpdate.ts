/**
 * The optimizer's update of many small weights at once. It works element by element, so weights laid end to end are updated
 * like one, to the same bits; and a call of TensorFlow costs more than some thousand numbers do.
 */
import type { Tensor } from '../../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from '../backend';
import { updateOf, updateOne, type Learning, type UpdateOptions, type Updated } from '../updateOf';

/** Elements up to which copying a weight there and back costs less than calls of its own. */
const smallWeight = 16_384;

/** In the order of `learning`. New slots of small weights are flat; `slots`: their names. Call within a scope. */
export function jointUpdate(
  core: TensorLibrary,
  slots: readonly string[],
  options: UpdateOptions,
  learning: readonly Learning[],
): Updated[] {
  const updated = new Map<Learning, Updated>();
  const updateAll = (some: readonly Learning[]): void =>
    together(core, slots, options, some).forEach((one, at) => updated.set(some[at] as Learning, one));
  const small = learning.filter(({ parameter }) => parameter.tensor.size <= smallWeight);
  for (const decayed of [true, false]) updateAll(small.filter(({ parameter }) => parameter.spec.decayed === decayed));
  return learning.map((one) => updated.get(one) ?? updateOne(core, options, one));
}

/** All decay, or none does. */
function together(
  core: TensorLibrary,
  names: readonly string[],
  options: UpdateOptions,
  some: readonly Learning[],
): Updated[] {
  const [first] = some;
  if (!first) return [];
  const joined = (tensors: readonly Tensor[]): Tensor => core.concat(tensors.map((tensor) => flat(core, tensor)));
  const sizes = some.map(({ parameter }) => parameter.tensor.size);
  const parts = (tensor: Tensor): Tensor[] => core.split(tensor, sizes);
  const { weight, slots } = core.tidy(() =>
    updateOf(core, options, {
      weight: joined(some.map(({ parameter }) => parameter.tensor)),
      gradient: joined(some.map(({ gradient }) => gradient)),
      slots: Object.fromEntries(
        names.map((name) => [name, joined(some.map(({ parameter }) => parameter.slots[name]!))]),
      ),
      decayed: first.parameter.spec.decayed,
    }),
  );
  const weights = parts(weight);
  const slotParts = names.map((name) => parts(slots[name] as Tensor));
  return some.map(({ parameter: { tensor } }, at) => ({
    weight: tensor.rank === 1 ? (weights[at] as Tensor) : core.reshape(weights[at] as Tensor, tensor.shape),
    slots: Object.fromEntries(names.map((name, slot) => [name, slotParts[slot]?.[at] as Tensor])),
  }));
}

function flat(core: TensorLibrary, tensor: Tensor): Tensor {
  return tensor.rank === 1 ? tensor : core.reshape(tensor, [-1]);
}
