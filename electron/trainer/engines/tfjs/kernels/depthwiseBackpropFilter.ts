/** The depthwise convolution's kernel gradient, missing on the WASM backend. */
import type * as tf from '@tensorflow/tfjs-core';
import { depthwiseWindows, type DepthwiseAttributes } from './depthwiseAttributes';
import { floatsOf, type KernelCall } from './wasmHeap';

/** dW[i, j, c, m] = the sum over all outputs of x at the tap times dy; dilation is allowed here, unlike in tfjs-core. */
export function depthwiseBackpropFilter(
  core: typeof tf,
  { inputs, attributes, allocate, backend }: KernelCall<DepthwiseAttributes & { filterShape: number[] }>,
): tf.TensorInfo {
  const x = inputs['x']!;
  const { info, multiplier, forEachRow } = depthwiseWindows(core, x.shape, attributes.filterShape, attributes);
  const output = allocate(attributes.filterShape);
  const source = floatsOf(backend, x);
  const dy = floatsOf(backend, inputs['dy']!);
  const { inChannels, outChannels } = info;
  const sums = new Float64Array(info.filterHeight * info.filterWidth * outChannels);
  forEachRow((tap, xStart, dyStart, pixels, xStep) => {
    const base = tap * outChannels;
    for (let pixel = 0; pixel < pixels; pixel++) {
      const from = xStart + pixel * xStep;
      let upstream = dyStart + pixel * outChannels;
      let to = base;
      for (let c = 0; c < inChannels; c++) {
        const value = source[from + c]!;
        for (let m = 0; m < multiplier; m++) sums[to++]! += value * dy[upstream++]!;
      }
    }
  });
  floatsOf(backend, output).set(sums);
  return output;
}
