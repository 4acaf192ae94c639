/** The geometry of a depthwise convolution as its two gradient kernels need it. */
import type * as tf from '@tensorflow/tfjs-core';

export interface DepthwiseAttributes {
  readonly strides: number | [number, number];
  readonly dilations: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

type Shape4 = [number, number, number, number];

export interface DepthwiseWindows {
  readonly info: tf.backend_util.Conv2DInfo;
  readonly multiplier: number;
  /** Calls back for each (tap, run of outputs in a row that this tap reaches): offsets of channel 0, and their distances. */
  readonly forEachRow: (visit: (tap: number, x: number, dy: number, pixels: number, xStep: number) => void) => void;
}

export function depthwiseWindows(
  core: typeof tf,
  inputShape: number[],
  filterShape: number[],
  { strides, dilations, pad, dimRoundingMode }: DepthwiseAttributes,
): DepthwiseWindows {
  const [input, filter] = [inputShape as Shape4, filterShape as Shape4];
  const info = core.backend_util.computeConv2DInfo(input, filter, strides, dilations, pad, dimRoundingMode, true);
  const { inHeight, inWidth, inChannels, outHeight, outWidth, outChannels, strideWidth } = info;
  const xStep = strideWidth * inChannels;
  return {
    info,
    multiplier: outChannels / inChannels,
    forEachRow(visit) {
      for (let tap = 0; tap < info.filterHeight * info.filterWidth; tap++) {
        const down = Math.floor(tap / info.filterWidth) * info.dilationHeight - info.padInfo.top;
        const across = (tap % info.filterWidth) * info.dilationWidth - info.padInfo.left;
        const first = Math.max(0, Math.ceil(-across / strideWidth));
        const last = Math.min(outWidth - 1, Math.floor((inWidth - 1 - across) / strideWidth));
        if (last < first) continue;
        for (let row = 0; row < info.batchSize * outHeight; row++) {
          const image = Math.floor(row / outHeight);
          const h = (row % outHeight) * info.strideHeight + down;
          if (h < 0 || h >= inHeight) continue;
          const x = ((image * inHeight + h) * inWidth + first * strideWidth + across) * inChannels;
          visit(tap, x, (row * outWidth + first) * outChannels, last - first + 1, xStep);
        }
      }
    },
  };
}
