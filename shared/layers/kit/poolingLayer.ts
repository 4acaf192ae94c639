/** What the two pooling layers share: their parameters, the inference of their types, the window that the kit takes. */
import type { Types } from '../../ir/layerDefinition';
import { optional, size2d, type Padding2d, type Param } from '../../ir/params';
import { isProblem, problem, type Problem } from '../../messages';
import { imageInput, imageSize, imageType, windowProblem, type ImageSize } from './imageType';
import type { Pooling } from './pooling';
import type { Pair } from './spatial';
import { paddingOf, paddingParam, slidOutput, type SlidingWindow } from './windowGeometry';

export interface PoolingParams {
  poolSize: Pair;
  strides: Pair | null;
  padding: Padding2d;
}

/** The parameters of `MaxPool2D`; `AveragePool2D` adds one. */
export function poolingParams(): { [Name in keyof PoolingParams]: Param<PoolingParams[Name]> } {
  return {
    poolSize: size2d({ default: 2, min: 1, help: 'Height and width of the window, in pixels.' }),
    strides: optional(size2d({ default: 2, min: 1, help: '' }), {
      default: null,
      help: 'Pixels from one window to the next; null: the size of the window, so that windows do not overlap.',
    }),
    padding: paddingParam(),
  };
}

export function windowOf({ poolSize, strides, padding }: PoolingParams): SlidingWindow {
  return { size: poolSize, strides: strides ?? poolSize, dilation: [1, 1], padding };
}

export function inferPooling(layer: string, params: PoolingParams, inputs: Types): Types | Problem {
  const image = imageInput(layer, inputs);
  if (isProblem(image)) return image;
  const window = windowOf(params);
  const wrong = paddingProblem(layer, image, window) ?? windowProblem(layer, 'poolSize', image, window);
  if (wrong) return wrong;
  const [height, width] = slidOutput([image.height, image.width], window);
  return { output: imageType(height, width, image.channels) };
}

/** A window that lies in the padding alone has neither a largest value nor a mean. */
function paddingProblem(layer: string, image: ImageSize, window: SlidingWindow): Problem | null {
  const { top, bottom, left, right } = paddingOf([image.height, image.width], window);
  const [height, width] = window.size;
  if (Math.max(top, bottom) < height && Math.max(left, right) < width) return null;
  const args = {
    layer,
    received: `[[${top}, ${bottom}], [${left}, ${right}]]`,
    window: window.size.join('×'),
  };
  const title = 'Set the padding to same';
  return problem('paddingTooLarge', args, {
    param: 'padding',
    repairs: [{ title, actions: [{ action: 'setParam', param: 'padding', value: 'same' }] }],
  });
}

/** The window with its padding in numbers, for the kit. */
export function poolingOf(params: PoolingParams, shape: readonly number[]): Pooling {
  const window = windowOf(params);
  const [, height, width] = shape as [number, number, number];
  return { size: window.size, strides: window.strides, padding: paddingOf([height, width], window) };
}

/** Elements of the image with its padding written out, as average pooling does. */
export function paddedElements(params: PoolingParams, inputs: Types): number {
  const { height, width, channels } = imageSize(inputs);
  const { top, bottom, left, right } = paddingOf([height, width], windowOf(params));
  return top + bottom + left + right === 0 ? 0 : (height + top + bottom) * (width + left + right) * channels;
}
