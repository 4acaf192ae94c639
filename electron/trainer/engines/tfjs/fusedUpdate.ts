/**
 * The optimizer's update in one pass over a weight, on the backend's heap: the same operations in the same order as its
 * definition has them, so equal to the bit, without a kernel call and a tensor for each.
 */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from './backend';
import { formulaLoop, formulaLoopName } from './simd/formula';
import { four, one, type Lanes } from './simd/instructions';
import { addressOf, loopMade, type Loop } from './simd/simdModule';
import { traceFormula } from './simd/traceFormula';
import { updateOf, type Learning, type UpdateOptions, type Updated } from './updateOf';

/** How all weights that decay, or all that do not, are updated at this step. */
interface Prepared {
  readonly constants: Tensor;
  readonly fours: Loop;
  readonly ones: Loop;
}

export function fusedUpdate(
  core: TensorLibrary,
  slots: readonly string[],
  options: UpdateOptions,
): (learning: Learning) => Updated {
  const backend = core.backend() as BackendWasm;
  const known = new Map<boolean, Prepared>();
  const preparedFor = (decayed: boolean): Prepared => {
    const prepared = known.get(decayed) ?? prepare(core, backend, slots, options, decayed);
    known.set(decayed, prepared);
    return prepared;
  };
  return ({ parameter, gradient }) => {
    const { constants, fours, ones } = preparedFor(parameter.spec.decayed);
    const before = [parameter.tensor, gradient, ...slots.map((slot) => parameter.slots[slot] as Tensor)];
    const after = [parameter.tensor, ...slots].map(() => emptyLike(core, backend, parameter.tensor));
    const addresses = [...before, ...after].map((tensor) => addressOf(backend, tensor));
    const table = addressOf(backend, constants);
    const { size } = parameter.tensor;
    const groups = Math.floor(size / 4);
    if (groups > 0) fours(...addresses, table, groups);
    if (size > groups * 4) ones(...addresses.map((address) => address + groups * 16), table, size - groups * 4);
    const [weight, ...rest] = after;
    return { weight: weight as Tensor, slots: Object.fromEntries(slots.map((slot, at) => [slot, rest[at] as Tensor])) };
  };
}

function prepare(
  core: TensorLibrary,
  backend: BackendWasm,
  slots: readonly string[],
  options: UpdateOptions,
  decayed: boolean,
): Prepared {
  const { constants, ...formula } = traceFormula(2 + slots.length, (ops, [weight, gradient, ...rest]) => {
    const given = Object.fromEntries(slots.map((slot, at) => [slot, rest[at] as Tensor]));
    const updated = updateOf(ops, options, {
      weight: weight as Tensor,
      gradient: gradient as Tensor,
      slots: given,
      decayed,
    });
    return [updated.weight, ...slots.map((slot) => updated.slots[slot] as Tensor)];
  });
  const loop = (lanes: Lanes): Loop =>
    loopMade(backend, formulaLoopName(formula, lanes), () => formulaLoop(formula, lanes));
  return { constants: core.tensor1d([...constants], 'float32'), fours: loop(four), ones: loop(one) };
}

/** Not cleared. */
function emptyLike(core: TensorLibrary, backend: BackendWasm, tensor: Tensor): Tensor {
  return core.engine().makeTensorFromTensorInfo(backend.makeOutput(tensor.shape, 'float32'));
}
