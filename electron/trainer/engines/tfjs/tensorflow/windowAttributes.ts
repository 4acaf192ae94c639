/** The geometry of a convolution or pooling in TensorFlow's own attributes. */
import type * as tf from '@tensorflow/tfjs-core';

export interface OperationAttribute {
  name: string;
  type: number;
  value: number | boolean | string | number[];
}

/** What is used of tfjs-node's backend. */
export interface NodeBackend {
  binding: Record<'TF_ATTR_TYPE' | 'TF_ATTR_INT' | 'TF_ATTR_STRING' | 'TF_FLOAT', number>;
  executeSingleOutput: (name: string, attributes: OperationAttribute[], inputs: tf.TensorInfo[]) => tf.TensorInfo;
}

/** `size`: of a pooling window; a convolution has that of its kernel. */
export interface Window {
  info: tf.backend_util.Conv2DInfo;
  size: readonly [number, number] | null;
}

type Shape4 = [number, number, number, number];
type Side = number | [number, number];

/** As tfjs-core hands them to a kernel; each kernel has those that it needs. */
export interface KernelAttributes {
  strides: Side;
  pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  dimRoundingMode?: 'floor' | 'round' | 'ceil';
  dilations?: Side;
  filterSize: Side;
  inputShape: number[];
  filterShape: number[];
}

export function convolutionWindow(
  core: typeof tf,
  input: number[],
  filter: number[],
  { strides, pad, dimRoundingMode, dilations = 1 }: KernelAttributes,
  depthwise: boolean,
): Window {
  const [from, by] = [input as Shape4, filter as Shape4];
  const info = core.backend_util.computeConv2DInfo(from, by, strides, dilations, pad, dimRoundingMode, depthwise);
  return { info, size: null };
}

export function poolingWindow(
  core: typeof tf,
  input: number[],
  { filterSize, strides, pad, dimRoundingMode }: KernelAttributes,
): Window {
  const info = core.backend_util.computePool2DInfo(input as Shape4, filterSize, strides, 1, pad, dimRoundingMode);
  return { info, size: [info.filterHeight, info.filterWidth] };
}

export function attributesOf({ binding }: NodeBackend, { info, size }: Window): OperationAttribute[] {
  const list = (name: string, value: number[]): OperationAttribute => ({ name, type: binding.TF_ATTR_INT, value });
  const word = (name: string, value: string): OperationAttribute => ({ name, type: binding.TF_ATTR_STRING, value });
  const { top, bottom, left, right, type } = info.padInfo;
  const padding = type === 'EXPLICIT' && isSame(info) ? 'SAME' : type;
  return [
    { name: 'T', type: binding.TF_ATTR_TYPE, value: binding.TF_FLOAT },
    list('strides', [1, info.strideHeight, info.strideWidth, 1]),
    word('padding', padding),
    word('data_format', 'NHWC'),
    ...(size ? [list('ksize', [1, ...size, 1])] : [list('dilations', [1, info.dilationHeight, info.dilationWidth, 1])]),
    ...(padding === 'EXPLICIT' ? [list('explicit_paddings', [0, 0, top, bottom, left, right, 0, 0])] : []),
  ];
}

/** Whether the numbers are those that TensorFlow's "same" stands for: the odd one at the bottom and on the right. */
function isSame(info: tf.backend_util.Conv2DInfo): boolean {
  const { top, bottom, left, right } = info.padInfo;
  const fits = (size: number, taps: number, stride: number, out: number, before: number, after: number): boolean => {
    const rows = Math.ceil(size / stride);
    const total = Math.max((rows - 1) * stride + taps - size, 0);
    return out === rows && before === Math.floor(total / 2) && after === total - before;
  };
  return (
    fits(info.inHeight, info.effectiveFilterHeight, info.strideHeight, info.outHeight, top, bottom) &&
    fits(info.inWidth, info.effectiveFilterWidth, info.strideWidth, info.outWidth, left, right)
  );
}
