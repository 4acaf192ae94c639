/** What the layers for images ask of their input: four named dimensions, known sizes, real numbers. */
import type { Types } from '../../ir/layerDefinition';
import { batchDim, formatType, sampleSizes, type TensorType } from '../../ir/tensorType';
import { problem, type Problem } from '../../messages';
import type { Repair } from '../../messages/define';
import type { Pair } from './spatial';
import { notFloat } from './typeChecks';
import { extentOf, slidOutput, type SlidingWindow } from './windowGeometry';

export interface ImageSize {
  height: number;
  width: number;
  channels: number;
}

export function imageType(height: number, width: number, channels: number): TensorType {
  const dims = [batchDim, { name: 'height', size: height }, { name: 'width', size: width }] as const;
  return { dtype: 'float32', dims: [...dims, { name: 'channels', size: channels }] };
}

/** The sizes of the image at port `input`, or what does not fit. */
export function imageInput(layer: string, inputs: Types): ImageSize | Problem {
  const type = inputs.input!;
  const wrong = notFloat(layer, type);
  if (wrong) return wrong;
  const sizes = sampleSizes(type);
  const args = { layer, expected: 'an image, batch×height×width×channels', received: formatType(type) };
  if (sizes.length !== 3) return problem('wrongRank', args, { port: 'input', repairs: reshapeRepairs(sizes) });
  const [height, width, channels] = sizes;
  if (typeof height !== 'number' || typeof width !== 'number' || typeof channels !== 'number')
    return problem('sizeNotKnown', { layer, received: formatType(type) }, { port: 'input' });
  return { height, width, channels };
}

/** The sizes of an image whose type `infer` has already accepted. */
export function imageSize(inputs: Types): ImageSize {
  const [height, width, channels] = sampleSizes(inputs.input as TensorType) as [number, number, number];
  return { height, width, channels };
}

/** Reads features as a square image or one pixel, and a sequence as an image of one channel. */
function reshapeRepairs(sizes: readonly (number | string)[]): Repair[] {
  if (sizes.length === 0 || sizes.length > 2 || sizes.some((size) => typeof size === 'string')) return [];
  const [first, second] = sizes as [number, number | undefined];
  const side = Math.sqrt(first);
  const ofFeatures = Number.isInteger(side) ? [side, side, 1] : [1, 1, first];
  const shape = second === undefined ? ofFeatures : [first, second, 1];
  const title = `Insert a Reshape to ${shape.join('×')} before this layer`;
  return [{ title, actions: [{ action: 'insertBefore', port: 'input', layer: 'Reshape', params: { shape } }] }];
}

/** The problem of a window that is larger than the padded image, or null where it fits at least once. */
export function windowProblem(layer: string, param: string, image: ImageSize, window: SlidingWindow): Problem | null {
  const input: Pair = [image.height, image.width];
  const output = slidOutput(input, window);
  if (output[0] >= 1 && output[1] >= 1) return null;
  const size = shrunk(input, window);
  const repairs: Repair[] = [
    { title: 'Set the padding to same', actions: [{ action: 'setParam', param: 'padding', value: 'same' }] },
    { title: `Set ${param} to ${size.join('×')}`, actions: [{ action: 'setParam', param, value: size }] },
  ];
  const args = { layer, window: extentOf(window).join('×'), received: input.join('×'), param };
  return problem('windowTooLarge', args, { param, port: 'input', repairs });
}

/** The largest window of the same dilation that fits without padding, no larger than the present one. */
function shrunk(input: Pair, { size, dilation }: SlidingWindow): number[] {
  const along = (axis: 0 | 1): number => Math.min(size[axis], Math.floor((input[axis] - 1) / dilation[axis]) + 1);
  return [along(0), along(1)];
}
