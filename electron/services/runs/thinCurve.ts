/** Fewer points for a curve, without losing what stands out: the smallest and the largest value of each stretch stay. */

export interface Curve {
  name: string;
  steps: Float64Array;
  values: Float32Array;
}

/** All values where `points` is undefined or enough; steps count from 0. */
export function thinCurve(name: string, values: Float32Array, points?: number): Curve {
  if (points === undefined || values.length <= points) {
    return { name, steps: Float64Array.from(values, (_, step) => step), values: values.slice() };
  }
  const stretches = Math.max(1, Math.floor(points / 2));
  const kept: number[] = [];
  for (let at = 0; at < stretches; at += 1) {
    const from = Math.floor((at * values.length) / stretches);
    const to = Math.floor(((at + 1) * values.length) / stretches);
    kept.push(...extremes(values, from, to));
  }
  return { name, steps: Float64Array.from(kept), values: Float32Array.from(kept, (step) => values[step] as number) };
}

/** One or two steps, in order; a value that is not a number stands out as well. */
function extremes(values: Float32Array, from: number, to: number): number[] {
  let lowest = from;
  let highest = from;
  for (let step = from; step < to; step += 1) {
    const value = values[step] as number;
    if (Number.isNaN(value)) return [step];
    if (value < (values[lowest] as number)) lowest = step;
    if (value > (values[highest] as number)) highest = step;
  }
  return lowest === highest ? [lowest] : [lowest, highest].sort((a, b) => a - b);
}
