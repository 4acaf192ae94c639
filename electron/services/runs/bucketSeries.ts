/** A curve as buckets of equal numbers of steps, each with its exact minimum, maximum and mean: no spike is lost. */

export interface Buckets {
  /** The first step of each bucket. */
  firstSteps: Float64Array;
  minimum: Float32Array;
  maximum: Float32Array;
  mean: Float32Array;
}

/** Steps a bucket, so that `steps` of them fill at most `most` buckets. */
export function bucketWidth(steps: number, most: number): number {
  return Math.max(1, Math.ceil(steps / most));
}

/**
 * Values of steps `from` to `to` - 1. NaN: not measured there, or not a number; it is passed over, and a bucket of such
 * values alone is NaN. An infinity is a value: it shows in the bounds and in the mean.
 */
export function bucketSeries(values: Float32Array, from: number, to: number, most: number): Buckets {
  const end = Math.min(to, values.length);
  const steps = Math.max(0, end - from);
  const width = bucketWidth(steps, most);
  const count = Math.ceil(steps / width);
  const minimum = new Float32Array(count).fill(NaN);
  const maximum = new Float32Array(count).fill(NaN);
  const mean = new Float32Array(count);
  for (let bucket = 0; bucket < count; bucket += 1) {
    const start = from + bucket * width;
    const stop = Math.min(end, start + width);
    let least = Infinity;
    let most = -Infinity;
    let sum = 0;
    let measured = 0;
    for (let step = start; step < stop; step += 1) {
      const value = values[step] as number;
      if (value !== value) continue;
      measured += 1;
      sum += value;
      if (value < least) least = value;
      if (value > most) most = value;
    }
    mean[bucket] = sum / measured;
    if (measured === 0) continue;
    minimum[bucket] = least;
    maximum[bucket] = most;
  }
  return {
    firstSteps: Float64Array.from({ length: count }, (_, bucket) => from + bucket * width),
    minimum,
    maximum,
    mean,
  };
}
