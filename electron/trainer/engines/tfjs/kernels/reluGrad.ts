/** The rectifier's gradient in one pass; a kernel of our own, used by our gradient where the backend has it. */
import type * as tf from '@tensorflow/tfjs-core';
import { addressOf, loopNamed } from '../simd/simdModule';
import { floatsOf, type KernelCall } from './wasmHeap';

/** dy where the output y is above zero, else 0. */
export function reluGrad(core: typeof tf, { inputs, allocate, backend }: KernelCall<unknown>): tf.TensorInfo {
  const [dy, y] = [inputs['dy']!, inputs['y']!];
  const output = allocate(y.shape);
  const size = core.util.sizeFromShape(y.shape);
  const groups = Math.floor(size / 4);
  if (groups > 0) {
    const [from, value, to] = [dy, y, output].map((info) => addressOf(backend, info));
    loopNamed(backend, 'reluGradient')(from!, value!, to!, groups);
  }
  const [upstream, values, gradient] = [dy, y, output].map((info) => floatsOf(backend, info));
  for (let at = groups * 4; at < size; at++) gradient![at] = values![at]! > 0 ? upstream![at]! : 0;
  return output;
}
