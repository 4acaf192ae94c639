/** What each layer measured, in the same buckets as the curves: the mean of what was measured in each. */
import type { LayerHistory } from '../../files/layerHistory';
import { bucketWidth } from './bucketSeries';

export interface LayerBuckets {
  firstSteps: Float64Array;
  /** Row-major [groups, buckets]; NaN: not measured there. */
  gradientNorms: Float32Array;
  updateRatios: Float32Array;
}

/** Entries of the log that are buckets themselves count by their steps, for each bucket that they reach into. */
export function bucketLayers(layers: LayerHistory, groups: readonly string[], most: number): LayerBuckets {
  const width = bucketWidth(layers.steps, most);
  const count = Math.ceil(layers.steps / width);
  const rows = (column: 'gradientNorms' | 'updateRatios'): Float32Array => {
    const values = new Float32Array(groups.length * count);
    groups.forEach((group, row) => values.set(means(layers, group, column, width, count), row * count));
    return values;
  };
  return {
    firstSteps: Float64Array.from({ length: count }, (_, bucket) => bucket * width),
    gradientNorms: rows('gradientNorms'),
    updateRatios: rows('updateRatios'),
  };
}

function means(
  layers: LayerHistory,
  group: string,
  column: 'gradientNorms' | 'updateRatios',
  width: number,
  count: number,
): Float64Array {
  const sums = new Float64Array(count);
  const weights = new Float64Array(count);
  const series = layers.series(group, column);
  for (let at = 0; at < (series?.mean.length ?? 0); at += 1) {
    const value = series?.mean[at] as number;
    if (value !== value) continue;
    const first = series?.firstSteps[at] as number;
    const end = first + (series?.steps[at] as number);
    for (let bucket = Math.floor(first / width); bucket * width < end; bucket += 1) {
      const steps = Math.min(end, (bucket + 1) * width) - Math.max(first, bucket * width);
      sums[bucket] = (sums[bucket] as number) + value * steps;
      weights[bucket] = (weights[bucket] as number) + steps;
    }
  }
  return sums.map((sum, bucket) => sum / (weights[bucket] as number));
}
