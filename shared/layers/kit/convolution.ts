/** Two-dimensional convolution with stride, dilation, groups and any padding, with the gradients tfjs-core refuses to give. */
import type * as tf from '@tensorflow/tfjs-core';
import { depthwiseConvolve } from './depthwise';
import { contractKernel, dilateKernel } from './dilatedKernel';
import { withGradients } from './lazyGradients';
import { explicitPadding, isOne, type Padding, type Pair } from './spatial';

export interface Convolution {
  readonly strides: Pair;
  readonly dilations: Pair;
  /** Divides the channels of input and output; `kernel` then has inputs / groups channels. */
  readonly groups: number;
  readonly padding: Padding;
}

/** x [batch, height, width, inputs], kernel [height, width, inputs / groups, outputs] -> [batch, height, width, outputs]. */
export function convolve(ops: typeof tf, x: tf.Tensor4D, kernel: tf.Tensor4D, options: Convolution): tf.Tensor4D {
  const { groups, dilations } = options;
  if (groups === 1) {
    return isOne(dilations) ? plainConvolution(ops, x, kernel, options) : dilatedConvolution(ops, x, kernel, options);
  }
  if (groups === x.shape[3]) return channelwiseConvolution(ops, x, kernel, options);
  const inputs = ops.split<tf.Tensor4D>(x, groups, 3);
  const kernels = ops.split<tf.Tensor4D>(kernel, groups, 3);
  const single = { ...options, groups: 1 };
  return ops.concat(
    inputs.map((part, group) => convolve(ops, part, kernels[group]!, single)),
    3,
  );
}

/** tfjs-core's own gradients ask for one kernel an input, and only when wanted. */
function plainConvolution(ops: typeof tf, x: tf.Tensor4D, kernel: tf.Tensor4D, options: Convolution): tf.Tensor4D {
  return ops.conv2d(x, kernel, [...options.strides], explicitPadding(options.padding));
}

function dilatedConvolution(ops: typeof tf, x: tf.Tensor4D, kernel: tf.Tensor4D, options: Convolution): tf.Tensor4D {
  const { strides, dilations, padding } = options;
  const pad = explicitPadding(padding);
  const wide = (taps: tf.Tensor4D): tf.Tensor4D => dilateKernel(ops, taps, dilations);
  const [height, width, inputs, outputs] = kernel.shape;
  const wideShape = [(height - 1) * dilations[0] + 1, (width - 1) * dilations[1] + 1, inputs, outputs];
  const run = (name: string, tensors: tf.NamedTensorMap, shapes: Record<string, number[]>): tf.Tensor4D =>
    ops.engine().runKernel<tf.Tensor4D>(name, tensors, { strides, pad, dataFormat: 'NHWC', ...shapes });
  const input = {
    input: x,
    gradient: (dy: tf.Tensor, [, taps]: tf.Tensor[]) =>
      run('Conv2DBackpropInput', { dy, filter: wide(taps as tf.Tensor4D) }, { inputShape: x.shape }),
  };
  const filter = {
    input: kernel,
    gradient: (dy: tf.Tensor, [images]: tf.Tensor[]) =>
      contractKernel(ops, run('Conv2DBackpropFilter', { x: images!, dy }, { filterShape: wideShape }), dilations),
  };
  return withGradients(ops, [x, kernel], [input, filter], () =>
    isOne(strides)
      ? ops.conv2d(x, kernel, 1, pad, 'NHWC', [...dilations])
      : ops.conv2d(x, wide(kernel), [...strides], pad),
  ) as tf.Tensor4D;
}

/** One input channel a group is a depthwise convolution: no loop over groups. */
function channelwiseConvolution(
  ops: typeof tf,
  x: tf.Tensor4D,
  kernel: tf.Tensor4D,
  options: Convolution,
): tf.Tensor4D {
  const [height, width, , outputs] = kernel.shape;
  const shape: [number, number, number, number] = [height, width, options.groups, outputs / options.groups];
  return depthwiseConvolve(ops, x, ops.reshape(kernel, shape), options);
}
