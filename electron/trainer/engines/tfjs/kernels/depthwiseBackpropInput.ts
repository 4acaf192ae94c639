/** The depthwise convolution's input gradient, missing on the WASM backend. */
import type * as tf from '@tensorflow/tfjs-core';
import { depthwiseWindows, type DepthwiseAttributes } from './depthwiseAttributes';
import { floatsOf, type KernelCall } from './wasmHeap';

type Call = KernelCall<DepthwiseAttributes & { inputShape: number[] }>;

/** With stride 1 and one output a channel, a forward convolution with the kernel turned around; else one pass over the windows. */
export function depthwiseBackpropInput(core: typeof tf, call: Call): tf.TensorInfo {
  const { inputs, attributes, allocate, backend } = call;
  const filter = inputs['filter']!;
  const windows = depthwiseWindows(core, attributes.inputShape, filter.shape, attributes);
  const { info, multiplier } = windows;
  if (info.strideHeight === 1 && info.strideWidth === 1 && multiplier === 1) {
    const turned = turnedConvolution(call, info);
    if (turned) return turned;
  }
  const output = allocate(attributes.inputShape);
  const weights = floatsOf(backend, filter);
  const dy = floatsOf(backend, inputs['dy']!);
  const dx = floatsOf(backend, output).fill(0);
  const { inChannels, outChannels } = info;
  windows.forEachRow((tap, xStart, dyStart, pixels, xStep) => {
    for (let pixel = 0; pixel < pixels; pixel++) {
      let upstream = dyStart + pixel * outChannels;
      let weight = tap * outChannels;
      for (let c = 0, to = xStart + pixel * xStep; c < inChannels; c++) {
        let sum = 0;
        for (let m = 0; m < multiplier; m++) sum += weights[weight++]! * dy[upstream++]!;
        dx[to++]! += sum;
      }
    }
  });
  return output;
}

function turnedConvolution({ inputs, run }: Call, info: tf.backend_util.Conv2DInfo): tf.TensorInfo | undefined {
  const before = [info.effectiveFilterHeight - 1 - info.padInfo.top, info.effectiveFilterWidth - 1 - info.padInfo.left];
  const after = [info.inHeight - info.outHeight + info.padInfo.top, info.inWidth - info.outWidth + info.padInfo.left];
  // Padding wider than the kernel's reach would need cropping here: rare, and left to the general way.
  if ([...before, ...after].some((rows) => rows < 0)) return undefined;
  const filter = run('Reverse', { x: inputs['filter']! }, { dims: [0, 1] });
  return run(
    'DepthwiseConv2dNative',
    { x: inputs['dy']!, filter },
    {
      strides: 1,
      dilations: [info.dilationHeight, info.dilationWidth],
      pad: [
        [0, 0],
        [before[0], after[0]],
        [before[1], after[1]],
        [0, 0],
      ],
    },
  );
}
