/** The sum of rows by segment, missing on the WASM backend: what the gradient of a gather (an embedding) asks for. */
import type * as tf from '@tensorflow/tfjs-core';
import { integersOf, type KernelCall } from './wasmHeap';

/** x [rows, ...], segmentIds [rows] -> [numSegments, ...]; a negative id drops its row, as in tfjs-core. */
export function unsortedSegmentSum(
  core: typeof tf,
  { inputs, attributes, allocate, backend }: KernelCall<{ numSegments: number }>,
): tf.TensorInfo {
  const x = inputs['x']!;
  const { numSegments } = attributes;
  const output = allocate([numSegments, ...x.shape.slice(1)], x.dtype);
  const source = backend.typedArrayFromHeap(x);
  const target = backend.typedArrayFromHeap(output).fill(0);
  const segments = integersOf(backend, inputs['segmentIds']!);
  const width = core.util.sizeFromShape(x.shape.slice(1));
  for (let row = 0; row < segments.length; row++) {
    const segment = segments[row]!;
    if (segment < 0 || segment >= numSegments) continue;
    let to = segment * width;
    for (let from = row * width, end = from + width; from < end; from++) target[to++]! += source[from]!;
  }
  return output;
}
