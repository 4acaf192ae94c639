/** Walks the windows of a 2-D pooling over [batch, height, width, channels], in the order of the outputs. */
import type * as tf from '@tensorflow/tfjs-core';

export interface PoolAttributes {
  readonly filterSize: number | [number, number];
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
}

/** What a window covers inside the input: the offset of its first pixel, and its rows and columns (none if all is padding). */
type VisitWindow = (start: number, rows: number, columns: number) => void;

export interface PoolWindows {
  readonly channels: number;
  readonly windowSize: number;
  /** Elements from one row of the input to the next. */
  readonly rowStep: number;
  readonly forEach: (visit: VisitWindow) => void;
}

export function poolWindows(core: typeof tf, input: tf.TensorInfo, attributes: PoolAttributes): PoolWindows {
  const { filterSize, strides, pad, dimRoundingMode } = attributes;
  const shape = input.shape as [number, number, number, number];
  const info = core.backend_util.computePool2DInfo(shape, filterSize, strides, 1, pad, dimRoundingMode);
  const { filterHeight, filterWidth, inChannels, inHeight, inWidth } = info;
  const visitImage = (image: number, visit: VisitWindow): void => {
    for (let i = 0; i < info.outHeight; i++) {
      const top = i * info.strideHeight - info.padInfo.top;
      const first = Math.max(0, top);
      const rows = Math.max(0, Math.min(inHeight, top + filterHeight) - first);
      for (let j = 0; j < info.outWidth; j++) {
        const left = j * info.strideWidth - info.padInfo.left;
        const column = Math.max(0, left);
        const columns = Math.max(0, Math.min(inWidth, left + filterWidth) - column);
        visit(((image * inHeight + first) * inWidth + column) * inChannels, rows, columns);
      }
    }
  };
  return {
    channels: inChannels,
    windowSize: filterHeight * filterWidth,
    rowStep: inWidth * inChannels,
    forEach: (visit) => {
      for (let image = 0; image < info.batchSize; image++) visitImage(image, visit);
    },
  };
}
