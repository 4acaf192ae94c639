/** First values of weights, in plain TypeScript, so that every engine starts from the same numbers. */
import type { InitialiserName, WeightSpec } from '../ir/initialiser';

/** What is needed of a random stream. */
export interface Draws {
  uniform: (count: number) => Float32Array;
  normal: (count: number) => Float32Array;
}

/**
 * Row-major values of the weight's shape. Glorot and Bengio (2010): variance 2 / (fan in + fan out); He et al. (2015):
 * variance 2 / fan in. The normal forms are not truncated, as in PyTorch; fans follow Keras' rule unless given.
 */
export function initialise(spec: WeightSpec, draws: Draws): Float32Array {
  const { type, value } = spec.initialiser;
  const count = spec.shape.reduce((product, size) => product * size, 1);
  const [fanIn, fanOut] = spec.fans ?? fansOf(spec.shape);
  const within = (limit: number): Float32Array => draws.uniform(count).map((unit) => (2 * unit - 1) * limit);
  const spread = (deviation: number): Float32Array => draws.normal(count).map((unit) => unit * deviation);
  const make: Record<InitialiserName, () => Float32Array> = {
    glorotUniform: () => within(Math.sqrt(6 / (fanIn + fanOut))),
    glorotNormal: () => spread(Math.sqrt(2 / (fanIn + fanOut))),
    heUniform: () => within(Math.sqrt(6 / fanIn)),
    heNormal: () => spread(Math.sqrt(2 / fanIn)),
    normal: () => spread(value ?? 0.05),
    uniform: () => within(value ?? 0.05),
    zeros: () => new Float32Array(count),
    ones: () => new Float32Array(count).fill(1),
    constant: () => new Float32Array(count).fill(value ?? 0),
  };
  return make[type]();
}

/** [..., in, out]: the sizes before them are the receptive field. A single axis counts as both. */
export function fansOf(shape: readonly number[]): readonly [number, number] {
  if (shape.length < 2) return [shape[0] ?? 1, shape[0] ?? 1];
  const field = shape.slice(0, -2).reduce((product, size) => product * size, 1);
  return [field * (shape[shape.length - 2] ?? 1), field * (shape[shape.length - 1] ?? 1)];
}
