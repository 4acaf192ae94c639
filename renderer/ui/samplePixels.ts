/** A sample as pixels: grey or RGB, stretched to a range so that what is in it is seen. */

export interface SamplePixels {
  width: number;
  height: number;
  /** RGBA, row by row from the top. */
  data: Uint8ClampedArray<ArrayBuffer>;
}

/** [height, width] or [height, width, channels] of one, three or four channels, and big enough to be looked at. */
export function isImageShape(shape: readonly number[]): boolean {
  const [height = 0, width = 0, channels = 1] = shape;
  return (shape.length === 2 || shape.length === 3) && height > 1 && width > 1 && [1, 3, 4].includes(channels);
}

/** Not a number, or infinite: a colour that no image of ours has. */
const broken = [255, 0, 200] as const;

/**
 * `range` is black and white; without it the sample's own least and greatest value. A shape that is no image becomes a
 * strip: one row a vector, one row each index of the first axis otherwise.
 */
export function samplePixels(
  values: Float32Array,
  shape: readonly number[],
  range: readonly [number, number] = ownRange(values),
): SamplePixels {
  const { height, width, channels } = layoutOf(values, shape);
  const data = new Uint8ClampedArray(width * height * 4);
  const [low, high] = range;
  const scale = high > low ? 255 / (high - low) : 0;
  for (let pixel = 0; pixel < width * height; pixel += 1) {
    const colours = channels >= 3 ? 3 : 1;
    let finite = true;
    for (let colour = 0; colour < 3; colour += 1) {
      const value = values[pixel * channels + (colours === 3 ? colour : 0)] ?? low;
      if (!Number.isFinite(value)) finite = false;
      data[pixel * 4 + colour] = scale === 0 ? 128 : Math.round((value - low) * scale);
    }
    if (!finite) data.set(broken, pixel * 4);
    data[pixel * 4 + 3] = 255;
  }
  return { width, height, data };
}

function layoutOf(values: Float32Array, shape: readonly number[]): { height: number; width: number; channels: number } {
  const [first = 1, second = 1, channels = 1] = shape;
  if (isImageShape(shape)) return { height: first, width: second, channels };
  const height = shape.length >= 2 ? Math.max(1, first) : 1;
  return { height, width: Math.max(1, Math.ceil(values.length / height)), channels: 1 };
}

function ownRange(values: Float32Array): readonly [number, number] {
  let low = Infinity;
  let high = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  return low <= high ? [low, high] : [0, 1];
}
