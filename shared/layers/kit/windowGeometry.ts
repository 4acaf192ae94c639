/** How a window slides over an image: padding in numbers and sizes of the result, for convolution and pooling alike. */
import { padding2d, size2d, type Padding2d, type Param } from '../../ir/params';
import { noPadding, type Padding, type Pair } from './spatial';

/** Sizes along [height, width]; `padding` as the design says it. */
export interface SlidingWindow {
  size: Pair;
  strides: Pair;
  dilation: Pair;
  padding: Padding2d;
}

/** What convolutions call the parameters of their window. */
type KernelParams = Omit<SlidingWindow, 'size'> & { kernelSize: Pair };

export function kernelWindow({ kernelSize, strides, dilation, padding }: KernelParams): SlidingWindow {
  return { size: kernelSize, strides, dilation, padding };
}

export function paddingParam(): Param<Padding2d> {
  return padding2d({
    default: 'valid',
    help: 'Zeros around the image. "valid" adds none; "same" adds as many as keep height and width at stride 1 (with an odd number, one more at the bottom and right); or the numbers themselves.',
  });
}

export function dilationParam(): Param<Pair> {
  return size2d({ default: 1, min: 1, help: 'Distance between neighbouring taps of the kernel, in pixels.' });
}

/** Pixels that a window covers along [height, width], from its first to its last tap. */
export function extentOf({ size, dilation }: SlidingWindow): Pair {
  return [(size[0] - 1) * dilation[0] + 1, (size[1] - 1) * dilation[1] + 1];
}

/** The padding in numbers; `same` is TensorFlow's: result of ceil(input / stride), the odd pixel at the end. */
export function paddingOf(input: Pair, window: SlidingWindow): Padding {
  const { padding, strides } = window;
  if (padding === 'valid') return noPadding;
  if (padding === 'same') {
    const extent = extentOf(window);
    const along = (axis: 0 | 1): Pair => {
      const steps = Math.ceil(input[axis] / strides[axis]) - 1;
      const missing = Math.max(0, steps * strides[axis] + extent[axis] - input[axis]);
      return [Math.floor(missing / 2), Math.ceil(missing / 2)];
    };
    return around([along(0), along(1)]);
  }
  return around(padding);
}

export function around([[top, bottom], [left, right]]: readonly [Pair, Pair]): Padding {
  return { top, bottom, left, right };
}

/** Sizes of the result along [height, width]; below 1 where the window does not fit. */
export function slidOutput(input: Pair, window: SlidingWindow): Pair {
  const { top, bottom, left, right } = paddingOf(input, window);
  const extent = extentOf(window);
  const { strides } = window;
  return [
    Math.floor((input[0] + top + bottom - extent[0]) / strides[0]) + 1,
    Math.floor((input[1] + left + right - extent[1]) / strides[1]) + 1,
  ];
}
