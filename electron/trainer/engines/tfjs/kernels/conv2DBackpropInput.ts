/** The convolution's input gradient as forward convolutions, which are many times faster than the backend's own kernel. */
import type * as tf from '@tensorflow/tfjs-core';
import type { ConvolutionAttributes } from './conv2DBackpropFilter';
import { floatsOf, type KernelCall } from './wasmHeap';

interface Attributes extends ConvolutionAttributes {
  readonly inputShape: [number, number, number, number];
}

/** One axis of one phase: the rows of dx that are congruent modulo the stride, and what reaches them. */
interface Phase {
  /** First row of dx, and how many there are at the distance of one stride. */
  readonly start: number;
  readonly count: number;
  /** Taps first, first + stride, ...: those that reach the phase; they are turned around for the convolution. */
  readonly firstTap: number;
  readonly taps: number;
  /** Zeros before the upstream gradient; negative where its first rows reach nothing. */
  readonly before: number;
}

/**
 * Stride 1: the upstream gradient convolved with the kernel turned around. Stride s: one such convolution for each of the s * s
 * phases of dx with the taps that reach it, so that no product with an inserted zero is computed.
 */
export function conv2DBackpropInput(core: typeof tf, call: KernelCall<Attributes>): tf.TensorInfo {
  const { inputs, attributes, run, allocate, backend } = call;
  const { inputShape, strides, pad, dimRoundingMode } = attributes;
  const filter = inputs['filter']!;
  const filterShape = filter.shape as [number, number, number, number];
  const info = core.backend_util.computeConv2DInfo(inputShape, filterShape, strides, 1, pad, dimRoundingMode);
  const turned = run('Transpose', { x: run('Reverse', { x: filter }, { dims: [0, 1] }) }, { perm: [0, 1, 3, 2] });
  const rows = phases(info.inHeight, info.filterHeight, info.strideHeight, info.padInfo.top);
  const columns = phases(info.inWidth, info.filterWidth, info.strideWidth, info.padInfo.left);
  const pieces = rows.flatMap((row) => columns.map((column) => ({ row, column })));
  const gradients = pieces.map(({ row, column }) => phaseGradient(call, turned, row, column, info));
  if (gradients.length === 1 && gradients[0]) return gradients[0];
  const output = allocate(inputShape);
  const target = floatsOf(backend, output);
  if (gradients.some((gradient) => gradient === undefined)) target.fill(0);
  pieces.forEach(({ row, column }, at) => {
    const gradient = gradients[at];
    if (gradient) interleave(target, floatsOf(backend, gradient), row, column, info);
  });
  return output;
}

function phases(size: number, taps: number, stride: number, pad: number): Phase[] {
  const all: Phase[] = [];
  for (let start = 0; start < Math.min(stride, size); start++) {
    const firstTap = (start + pad) % stride;
    const reaching = firstTap < taps ? Math.ceil((taps - firstTap) / stride) : 0;
    // Row `start` is reached by tap `firstTap` from the upstream row (start + pad - firstTap) / stride, by later taps from rows before.
    const before = reaching - 1 - (start + pad - firstTap) / stride;
    all.push({ start, count: Math.ceil((size - start) / stride), firstTap, taps: reaching, before });
  }
  return all;
}

/** Undefined where nothing reaches the phase: its gradient is zero. */
function phaseGradient(
  { inputs, run }: KernelCall<Attributes>,
  turned: tf.TensorInfo,
  row: Phase,
  column: Phase,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo | undefined {
  const vertical = fit(row, info.outHeight);
  const horizontal = fit(column, info.outWidth);
  if (row.taps === 0 || column.taps === 0 || vertical.size <= 0 || horizontal.size <= 0) return undefined;
  const kernel = phaseKernel(run, turned, row, column, info);
  let upstream = inputs['dy']!;
  if (vertical.size < info.outHeight || horizontal.size < info.outWidth) {
    const begin = [0, vertical.begin, horizontal.begin, 0];
    const size = [info.batchSize, vertical.size, horizontal.size, info.outChannels];
    upstream = run('Slice', { x: upstream }, { begin, size });
  }
  const pad = [
    [0, 0],
    [vertical.before, vertical.after],
    [horizontal.before, horizontal.after],
    [0, 0],
  ];
  return run('Conv2D', { x: upstream, filter: kernel }, { strides: 1, dilations: 1, dataFormat: 'NHWC', pad });
}

/** Cuts or pads the upstream rows so that the phase's convolution gives exactly its rows. */
function fit(phase: Phase, rows: number): { begin: number; size: number; before: number; after: number } {
  const begin = Math.max(0, -phase.before);
  const after = phase.count + phase.taps - 1 - rows - phase.before;
  const size = rows - begin + Math.min(0, after);
  return { begin, size, before: Math.max(0, phase.before), after: Math.max(0, after) };
}

function phaseKernel(
  run: KernelCall<Attributes>['run'],
  turned: tf.TensorInfo,
  row: Phase,
  column: Phase,
  info: tf.backend_util.Conv2DInfo,
): tf.TensorInfo {
  const { strideHeight, strideWidth, filterHeight, filterWidth, inChannels, outChannels } = info;
  if (strideHeight === 1 && strideWidth === 1) return turned;
  // Turned around, the phase's last tap comes first.
  const first = (phase: Phase, taps: number, stride: number): number =>
    taps - 1 - (phase.firstTap + (phase.taps - 1) * stride);
  return run(
    'StridedSlice',
    { x: turned },
    {
      begin: [first(row, filterHeight, strideHeight), first(column, filterWidth, strideWidth), 0, 0],
      end: [filterHeight - row.firstTap, filterWidth - column.firstTap, outChannels, inChannels],
      strides: [strideHeight, strideWidth, 1, 1],
      beginMask: 0,
      endMask: 0,
      ellipsisMask: 0,
      newAxisMask: 0,
      shrinkAxisMask: 0,
    },
  );
}

function interleave(
  target: Float32Array,
  source: Float32Array,
  row: Phase,
  column: Phase,
  { batchSize, inHeight, inWidth, inChannels, strideHeight, strideWidth }: tf.backend_util.Conv2DInfo,
): void {
  const step = (strideWidth - 1) * inChannels;
  let from = 0;
  for (let image = 0; image < batchSize; image++) {
    for (let i = 0; i < row.count; i++) {
      let to = ((image * inHeight + row.start + i * strideHeight) * inWidth + column.start) * inChannels;
      for (let j = 0; j < column.count; j++) {
        for (let c = 0; c < inChannels; c++) target[to++] = source[from++]!;
        to += step;
      }
    }
  }
}
