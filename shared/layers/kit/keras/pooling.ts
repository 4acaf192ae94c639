/** The twins of the pooling layers in Keras: padding in numbers never wins a maximum, and counts in a mean only if asked. */
import { call, code, tuple, type Call } from '../../../ir/emit/code';
import type { CodeEmission } from '../../../ir/emit/emission';
import type { TensorType } from '../../../ir/tensorType';
import type { Padding } from '../spatial';
import { paddingOf, type SlidingWindow } from '../windowGeometry';
import { insideAverage, lowPadding } from './helpers';
import { imageSides, kerasWindow, pair } from './window';

export function kerasMaxPooling(input: TensorType, window: SlidingWindow): CodeEmission {
  const { strides, padding, before } = slid(input, window);
  const member = call(code`layers.MaxPooling2D`, [pair(window.size)], { strides, padding });
  if (before.length === 0) return { member };
  const layer = call(code`LowPadding2D`, [sides(paddingOf(imageSides(input), window))]);
  return { member, before: [{ suffix: 'padding', layer }], helpers: [lowPadding] };
}

export function kerasAveragePooling(input: TensorType, window: SlidingWindow, countPadding: boolean): CodeEmission {
  const numbers = paddingOf(imageSides(input), window);
  // Keras never counts the zeros of "same"; those of a layer before it always count.
  const counted: SlidingWindow =
    countPadding && window.padding === 'same'
      ? {
          ...window,
          padding: [
            [numbers.top, numbers.bottom],
            [numbers.left, numbers.right],
          ],
        }
      : window;
  const { strides, padding, before } = slid(input, counted);
  if (before.length === 0 || countPadding) {
    return { member: call(code`layers.AveragePooling2D`, [pair(window.size)], { strides, padding }), before };
  }
  const positional = [tuple([...window.size]), tuple([...window.strides]), sides(numbers)];
  return { member: call(code`InsideAveragePooling2D`, positional), helpers: [insideAverage] };
}

/** The strides of a pool are its window's size where none are given. */
function slid(input: TensorType, window: SlidingWindow): ReturnType<typeof kerasWindow> {
  const found = kerasWindow(input, window);
  const usual = window.strides.every((stride, axis) => stride === window.size[axis]);
  return { ...found, strides: usual ? undefined : pair(window.strides) };
}

function sides({ top, bottom, left, right }: Padding): Call['positional'][number] {
  return tuple([tuple([top, bottom]), tuple([left, right])]);
}
