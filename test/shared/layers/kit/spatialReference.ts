/** Convolution and pooling as the textbook writes them: nested loops in float64, nothing clever. */
import type { Padding, Pair } from '../../../../shared/layers/kit/spatial';

type Shape = readonly [number, number, number, number];

export interface Window {
  readonly size: Pair;
  readonly strides: Pair;
  readonly dilations: Pair;
  readonly padding: Padding;
}

export function outputSize(input: Pair, { size, strides, dilations, padding }: Window): [number, number] {
  const rows = input[0] + padding.top + padding.bottom - (size[0] - 1) * dilations[0] - 1;
  const columns = input[1] + padding.left + padding.right - (size[1] - 1) * dilations[1] - 1;
  return [Math.floor(rows / strides[0]) + 1, Math.floor(columns / strides[1]) + 1];
}

/** Visits (output pixel, tap, input pixel or -1 where the tap lies in the padding). */
function walk(shape: Shape, window: Window, visit: (output: number, tap: number, input: number) => void): void {
  const [batch, height, width] = shape;
  const [rows, columns] = outputSize([height, width], window);
  for (let n = 0; n < batch; n++)
    for (let i = 0; i < rows; i++)
      for (let j = 0; j < columns; j++)
        for (let a = 0; a < window.size[0]; a++)
          for (let b = 0; b < window.size[1]; b++) {
            const h = i * window.strides[0] + a * window.dilations[0] - window.padding.top;
            const w = j * window.strides[1] + b * window.dilations[1] - window.padding.left;
            const inside = h >= 0 && h < height && w >= 0 && w < width;
            visit((n * rows + i) * columns + j, a * window.size[1] + b, inside ? (n * height + h) * width + w : -1);
          }
}

export function referenceConvolution(
  shape: Shape,
  outputs: number,
  groups: number,
  window: Window,
): (x: Float64Array, kernel: Float64Array) => Float64Array {
  const inputs = shape[3];
  const [rows, columns] = outputSize([shape[1], shape[2]], window);
  const inputsPerGroup = inputs / groups;
  const outputsPerGroup = outputs / groups;
  return (x, kernel) => {
    const y = new Float64Array(shape[0] * rows * columns * outputs);
    walk(shape, window, (output, tap, input) => {
      if (input < 0) return;
      for (let o = 0; o < outputs; o++) {
        const group = Math.floor(o / outputsPerGroup);
        for (let c = 0; c < inputsPerGroup; c++) {
          y[output * outputs + o]! +=
            x[input * inputs + group * inputsPerGroup + c]! * kernel[(tap * inputsPerGroup + c) * outputs + o]!;
        }
      }
    });
    return y;
  };
}

/** A depthwise convolution is a convolution with one input channel a group; its kernel lies in the same order. */
export function referenceDepthwise(
  shape: Shape,
  multiplier: number,
  window: Window,
): (x: Float64Array, kernel: Float64Array) => Float64Array {
  return referenceConvolution(shape, shape[3] * multiplier, shape[3], window);
}

export function referencePooling(
  shape: Shape,
  kind: 'max' | 'average' | 'averageInside',
  window: Window,
): (x: Float64Array) => Float64Array {
  const channels = shape[3];
  const [rows, columns] = outputSize([shape[1], shape[2]], window);
  const taps = window.size[0] * window.size[1];
  return (x) => {
    const y = new Float64Array(shape[0] * rows * columns * channels).fill(kind === 'max' ? -Infinity : 0);
    const counts = new Float64Array(shape[0] * rows * columns);
    walk(shape, window, (output, _tap, input) => {
      if (input < 0) return;
      counts[output]!++;
      for (let c = 0; c < channels; c++) {
        const at = output * channels + c;
        const value = x[input * channels + c]!;
        y[at] = kind === 'max' ? Math.max(y[at]!, value) : y[at]! + value;
      }
    });
    if (kind === 'max') return y;
    return y.map((value, at) => value / (kind === 'average' ? taps : counts[Math.floor(at / channels)]!));
  };
}
