/** The first values of a weight: from a stream named by seed, group and weight, so that engines and exports agree. */
import type { WeightPlace } from '../../../shared/ir/weightPlaces';
import { initialise } from '../../../shared/layers/initialisers';
import { randomStream } from '../../../shared/training/random';

/** Row-major values of the weight's shape. */
export function firstValues(
  { group, name, spec }: Pick<WeightPlace, 'group' | 'name' | 'spec'>,
  seed: number,
): Float32Array {
  return initialise(spec, randomStream(seed, 'init', group, name));
}
