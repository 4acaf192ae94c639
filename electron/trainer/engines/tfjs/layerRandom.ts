/** Hands a layer its random tensors, from streams that only the seed, the step and the layer's place decide. */
import type { LayerRandom } from '../../../../shared/ir/layerDefinition';
import { randomStream } from '../../../../shared/training/random';
import { elementsOf } from '../weightGroups';
import type { TensorLibrary } from './backend';

/** Which draw: the step counts over the whole run, so a resumed run draws what it would have drawn. */
export interface DrawPlace {
  seed: number;
  step: number;
  microBatch: number;
}

export function layerRandom(core: TensorLibrary, place: DrawPlace, path: string): LayerRandom {
  return {
    uniform(name, shape) {
      const stream = randomStream(place.seed, 'layer', place.step, place.microBatch, path, name);
      return core.tensor(stream.uniform(elementsOf(shape)), [...shape], 'float32');
    },
  };
}
