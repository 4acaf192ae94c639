/** The net that both sides train: its sizes, its first weights and its one batch, the same to the bit. */

export const batchSize = 128;
export const classes = 10;
export const epsilon = 1e-3;
export const learningRate = 1e-3;
export const momentum = 0.99;
/** Steps in one sample. */
export const stepsPerSample = 2;

export const imageShape: [number, number, number, number] = [batchSize, 28, 28, 1];
export const kernelShapes: [number, number, number, number][] = [
  [3, 3, 1, 32],
  [3, 3, 32, 64],
];
export const denseShape: [number, number] = [7 * 7 * 64, classes];

/** Uniform in [-scale, scale) from a fixed stream. */
export function uniform(shape: readonly number[], scale: number, seed: number): Float32Array {
  let state = (seed * 747796405 + 2891336453) >>> 0;
  return Float32Array.from({ length: shape.reduce((a, b) => a * b, 1) }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return (state / 2 ** 31 - 1) * scale;
  });
}

export function images(): Float32Array {
  return uniform(imageShape, 1.7, 1);
}

export function labels(): Int32Array {
  return Int32Array.from({ length: batchSize }, (_, i) => (i * 7) % classes);
}

export function kernelValues(layer: number): Float32Array {
  const [height, width, inputs, outputs] = kernelShapes[layer]!;
  return uniform(kernelShapes[layer]!, Math.sqrt(6 / (height * width * (inputs + outputs))), 10 + layer);
}

export function denseValues(): Float32Array {
  return uniform(denseShape, Math.sqrt(6 / (denseShape[0] + denseShape[1])), 20);
}
