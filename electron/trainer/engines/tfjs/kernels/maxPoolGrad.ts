/** The gradient of max pooling in one pass over the windows; the backend's own kernel looks at every window of every input. */
import type * as tf from '@tensorflow/tfjs-core';
import { addressOf, loopNamed } from '../simd/simdModule';
import { poolWindows, type PoolAttributes } from './poolWindows';
import { floatsOf, type KernelCall } from './wasmHeap';

/** Each upstream value goes to the first largest input of its window (as in PyTorch and TensorFlow). */
export function maxPoolGrad(core: typeof tf, call: KernelCall<PoolAttributes>): tf.TensorInfo {
  const { inputs, attributes, allocate, backend } = call;
  const input = inputs['input']!;
  const output = allocate(input.shape);
  const gradient = floatsOf(backend, output).fill(0);
  const [x, largest, dy] = [input, inputs['output']!, inputs['dy']!].map((info) => floatsOf(backend, info));
  const [from, y, upstream] = [input, inputs['output']!, inputs['dy']!].map((info) => addressOf(backend, info));
  const toGradient = addressOf(backend, output) - from!;
  const loop = loopNamed(backend, 'maxPoolWindow');
  const { channels, rowStep, forEach } = poolWindows(core, input, attributes);
  const groups = Math.floor(channels / 4);
  let at = 0;
  forEach((start, rows, columns) => {
    if (groups > 0 && rows > 0 && columns > 0) {
      const address = from! + start * 4;
      loop(address, y! + at * 4, upstream! + at * 4, toGradient, groups, rows, columns, rowStep * 4, channels * 4);
    }
    for (let c = groups * 4; c < channels; c++) {
      const place = firstEqual(x!, largest![at + c]!, start + c, rows, columns, rowStep, channels);
      if (place >= 0) gradient[place]! += dy![at + c]!;
    }
    at += channels;
  });
  return output;
}

/** The channels that are left over when four at a time are done. */
function firstEqual(
  x: Float32Array,
  value: number,
  start: number,
  rows: number,
  columns: number,
  rowStep: number,
  columnStep: number,
): number {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      const at = start + row * rowStep + column * columnStep;
      if (x[at] === value) return at;
    }
  }
  return -1;
}
