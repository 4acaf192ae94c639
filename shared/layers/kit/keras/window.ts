/** How Keras slides a window: padding in numbers is a layer before, and strides that it refuses are a layer after. */
import { call, code, text, tuple, type Call, type Hole } from '../../../ir/emit/code';
import type { Beside, Helper } from '../../../ir/emit/emission';
import { sampleSizes, type TensorType } from '../../../ir/tensorType';
import { isOne, isPadded, type Padding, type Pair } from '../spatial';
import { paddingOf, type SlidingWindow } from '../windowGeometry';
import { subsampling } from './helpers';

export interface KerasWindow {
  /** Keywords of the layer; undefined where Keras' default is meant. */
  readonly strides: Hole | undefined;
  readonly padding: Hole | undefined;
  readonly dilation: Hole | undefined;
  readonly before: readonly Beside[];
  readonly after: readonly Beside[];
  readonly helpers: readonly Helper[];
}

/** `equalStrides`: where the kernel of TensorFlow knows one stride for both axes. */
export function kerasWindow(input: TensorType, window: SlidingWindow, equalStrides = false): KerasWindow {
  const dilation = effectiveDilation(window);
  const { strides } = window;
  const refused = (!isOne(strides) && !isOne(dilation)) || (equalStrides && strides[0] !== strides[1]);
  const margins = paddingOf(imageSides(input), window);
  const named = window.padding === 'same' && !refused;
  const numbers = !named && isPadded(margins);
  return {
    strides: refused || isOne(strides) ? undefined : pair(strides),
    padding: named ? text('same') : undefined,
    dilation: isOne(dilation) ? undefined : pair(dilation),
    before: numbers ? [{ suffix: 'padding', layer: zeroPadding(margins) }] : [],
    after: refused ? [{ suffix: 'strides', layer: call(code`Subsampling2D`, [tuple([...strides])]) }] : [],
    helpers: refused ? [subsampling] : [],
  };
}

export function zeroPadding({ top, bottom, left, right }: Padding): Call {
  const margins: readonly [Pair, Pair] = [
    [top, bottom],
    [left, right],
  ];
  return call(code`layers.ZeroPadding2D`, [marginsOf(margins)]);
}

/** One number, a number for each axis, or all four, as short as it can be said. */
export function marginsOf([vertical, horizontal]: readonly [Pair, Pair]): Hole {
  const even = vertical[0] === vertical[1] && horizontal[0] === horizontal[1];
  if (even) return pair([vertical[0], horizontal[0]]);
  return tuple([tuple([...vertical]), tuple([...horizontal])]);
}

/** One number where both are equal. */
export function pair([vertical, horizontal]: Pair): Hole {
  return vertical === horizontal ? vertical : tuple([vertical, horizontal]);
}

export function imageSides(input: TensorType): Pair {
  const [height, width] = sampleSizes(input) as [number, number];
  return [height, width];
}

/** Along an axis with a single tap there is nothing to dilate. */
function effectiveDilation({ size, dilation }: SlidingWindow): Pair {
  return [size[0] === 1 ? 1 : dilation[0], size[1] === 1 ? 1 : dilation[1]];
}
