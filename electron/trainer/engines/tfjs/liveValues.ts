/** The values of a pass that are still needed, each freed after its last use, although several may share a tensor. */
import type { Tensor } from '../../../../shared/ir/layerDefinition';

interface Placed {
  readonly place: number;
}

export interface LiveValues {
  get: (place: number) => Tensor;
  /** `inputs`: of the layer that made it. A layer may hand an input on as its output. */
  put: (place: number, tensor: Tensor, inputs: readonly Placed[]) => void;
  /** One use of the value is over. */
  used: (place: number) => void;
}

interface Holder {
  readonly tensor: Tensor;
  left: number;
}

/** `uses`: by place, how often the value is read. Those that are `wanted` stay. */
export function createLiveValues(uses: readonly number[], wanted: readonly Placed[]): LiveValues {
  const holders = new Array<Holder | undefined>(uses.length);
  const stays = new Set(wanted.map(({ place }) => place));
  const release = (holder: Holder): void => {
    // Weights and batches are kept by their owners, so a layer that hands one on does not make it ours to free.
    if (holder.left <= 0 && !holder.tensor.kept && !holder.tensor.isDisposed) holder.tensor.dispose();
  };
  const at = (place: number): Holder => {
    const holder = holders[place];
    if (!holder) throw new Error(`the value ${place} is not there`);
    return holder;
  };
  return {
    get: (place) => at(place).tensor,
    put(place, tensor, inputs) {
      const count = (uses[place] ?? 0) + (stays.has(place) ? 1 : 0);
      const shared = inputs.map((input) => holders[input.place]).find((holder) => holder?.tensor === tensor);
      const holder = shared ?? { tensor, left: 0 };
      holder.left += count;
      holders[place] = holder;
      // A value that nobody reads; an input that is handed on is still in use by the layer.
      if (!shared) release(holder);
    },
    used(place) {
      const holder = at(place);
      holder.left -= 1;
      release(holder);
    },
  };
}
