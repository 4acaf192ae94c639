/** Points around the corners of the unit square. */
import type { ParamsOf } from '../../../../shared/ir/params';
import type { xorParams } from '../../../../shared/datasets/xor';
import { randomStream } from '../../../../shared/training/random';
import type { PointGenerator } from './pointsSource';

/** In the order of positions: classes 0, 1, 0, 1, and all corners equally often. */
const corners = [
  [0, 0],
  [0, 1],
  [1, 1],
  [1, 0],
] as const;

export function xorPoints(params: ParamsOf<typeof xorParams>): PointGenerator {
  const { style, points, noise, seed } = params;
  const noisy = style === 'noisy';
  return {
    count: noisy ? points : 4,
    seed,
    shared: !noisy,
    at(first, count) {
      const scatter = noisy ? randomStream(seed, 'xor', first).normal(2 * count) : new Float32Array(2 * count);
      return Float32Array.from({ length: 2 * count }, (_, at) => {
        const [x, y] = corners[(first + (at >> 1)) % 4] as (typeof corners)[number];
        return (at % 2 === 0 ? x : y) + noise * (scatter[at] as number);
      });
    },
  };
}
