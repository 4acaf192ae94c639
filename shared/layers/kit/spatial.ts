/** The geometry that convolution and pooling share: pairs are [height, width], paddings are always given in numbers. */
import type * as tf from '@tensorflow/tfjs-core';

export type Pair = readonly [number, number];

export interface Padding {
  readonly top: number;
  readonly bottom: number;
  readonly left: number;
  readonly right: number;
}

export const noPadding: Padding = { top: 0, bottom: 0, left: 0, right: 0 };

export function isPadded({ top, bottom, left, right }: Padding): boolean {
  return top + bottom + left + right > 0;
}

/** The padding as tfjs-core takes it, for [batch, height, width, channels]. */
export function explicitPadding({ top, bottom, left, right }: Padding): tf.backend_util.ExplicitPadding {
  return [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
}

export function isOne([vertical, horizontal]: Pair): boolean {
  return vertical === 1 && horizontal === 1;
}
