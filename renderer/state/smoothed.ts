/** Smoothing of curves as TensorBoard does it: an exponential average, freed of the pull of its start. */

/** `factor` 0 to 0.99 is the weight of what came before. What is no number stays so, and leaves the average alone. */
export function smoothed(values: ArrayLike<number>, factor: number): Float32Array {
  const result = new Float32Array(values.length);
  let average = 0;
  let weight = 0;
  for (let at = 0; at < values.length; at += 1) {
    const value = values[at] as number;
    if (!Number.isFinite(value)) {
      result[at] = NaN;
      continue;
    }
    average = average * factor + value * (1 - factor);
    weight = weight * factor + (1 - factor);
    result[at] = average / weight;
  }
  return result;
}
