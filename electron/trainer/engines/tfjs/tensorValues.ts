/** Reads the numbers of tensors: on WASM a view into its heap, which costs nothing; elsewhere a copy and a device sync. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type { Tensor } from '../../../../shared/ir/layerDefinition';
import type { TensorLibrary } from './backend';

export type Values = Float32Array | Int32Array | Uint8Array;

/** Valid only until the next tensor is made: growth of the heap detaches every view. Copy what must last. */
export function valuesOf(core: TensorLibrary, tensor: Tensor): Values {
  if (core.getBackend() !== 'wasm') return tensor.dataSync<'float32' | 'int32' | 'bool'>();
  return (core.backend() as BackendWasm).typedArrayFromHeap(tensor);
}

/** In double precision, with four running sums, so that the additions do not wait for one another. */
export function sumOfSquares(values: Values): number {
  const whole = values.length - (values.length % 4);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  for (let at = 0; at < whole; at += 4) {
    const v = values[at] as number;
    const w = values[at + 1] as number;
    const x = values[at + 2] as number;
    const y = values[at + 3] as number;
    a += v * v;
    b += w * w;
    c += x * x;
    d += y * y;
  }
  for (let at = whole; at < values.length; at++) a += (values[at] as number) ** 2;
  return a + b + (c + d);
}

export interface Movement {
  /** The sum of (after - before)^2. */
  moved: number;
  /** The sum of before^2. */
  size: number;
}

/** Over arrays of one length, in double precision and one pass, with two running sums each for the same reason. */
export function movementOf(before: Values, after: Values): Movement {
  const whole = before.length - (before.length % 2);
  let [moved, otherMoved, size, otherSize] = [0, 0, 0, 0];
  for (let at = 0; at < whole; at += 2) {
    const v = before[at] as number;
    const w = before[at + 1] as number;
    const dv = (after[at] as number) - v;
    const dw = (after[at + 1] as number) - w;
    moved += dv * dv;
    otherMoved += dw * dw;
    size += v * v;
    otherSize += w * w;
  }
  if (whole < before.length) {
    const last = before[whole] as number;
    moved += ((after[whole] as number) - last) ** 2;
    size += last * last;
  }
  return { moved: moved + otherMoved, size: size + otherSize };
}

export function total(values: Values): number {
  let sum = 0;
  for (let at = 0; at < values.length; at++) sum += values[at] as number;
  return sum;
}

export function countNotFinite(values: Values): number {
  let count = 0;
  for (let at = 0; at < values.length; at++) if (!Number.isFinite(values[at])) count += 1;
  return count;
}
