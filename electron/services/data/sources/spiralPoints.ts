/** Two spirals around the origin. */
import type { ParamsOf } from '../../../../shared/ir/params';
import type { spiralsParams } from '../../../../shared/datasets/spirals';
import { randomStream } from '../../../../shared/training/random';
import type { PointGenerator } from './pointsSource';

/**
 * With u uniform in [0, 1): radius u, angle 2 pi turns u, half a turn further for class 1, and normal noise on both
 * coordinates. Every piece draws from streams of its own, named by its first position.
 */
export function spiralPoints(params: ParamsOf<typeof spiralsParams>): PointGenerator {
  const { points, noise, turns, seed } = params;
  return {
    count: points,
    seed,
    shared: false,
    at(first, count) {
      const stream = randomStream(seed, 'spirals', first);
      const along = stream.derive('along').uniform(count);
      const scatter = stream.derive('noise').normal(2 * count);
      return Float32Array.from({ length: 2 * count }, (_, at) => {
        const row = at >> 1;
        const radius = along[row] as number;
        const angle = 2 * Math.PI * turns * radius + Math.PI * ((first + row) % 2);
        return radius * (at % 2 === 0 ? Math.cos(angle) : Math.sin(angle)) + noise * (scatter[at] as number);
      });
    },
  };
}
