/** The gradient of average pooling in one pass over the windows. */
import type * as tf from '@tensorflow/tfjs-core';
import { poolWindows, type PoolAttributes } from './poolWindows';
import { floatsOf, type KernelCall } from './wasmHeap';

/** Each upstream value is spread evenly; the divisor is the whole window's size, as in tfjs-core. */
export function avgPoolGrad(core: typeof tf, call: KernelCall<PoolAttributes>): tf.TensorInfo {
  const { inputs, attributes, allocate, backend } = call;
  const input = inputs['input']!;
  const output = allocate(input.shape);
  const dy = floatsOf(backend, inputs['dy']!);
  const dx = floatsOf(backend, output).fill(0);
  const { channels, rowStep, windowSize, forEach } = poolWindows(core, input, attributes);
  const share = 1 / windowSize;
  let from = 0;
  forEach((start, rows, columns) => {
    for (let row = 0; row < rows; row++) {
      // The pixels of a row lie side by side: one run of columns times channels.
      for (let i = 0, to = start + row * rowStep; i < columns * channels; i++) {
        dx[to++]! += dy[from + (i % channels)]! * share;
      }
    }
    from += channels;
  });
  return output;
}
