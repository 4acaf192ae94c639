/** The convolution's kernel gradient, which the WASM backend lacks. */
import type * as tf from '@tensorflow/tfjs-core';
import { inputTiles, kernelGradientTileName, outputTiles } from '../simd/kernelGradientTile';
import { addressOf, loopNamed, type Loop } from '../simd/simdModule';
import { cutIntoStrips } from '../simd/strips';
import { floatsOf, type KernelCall } from './wasmHeap';

export interface ConvolutionAttributes {
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same' | number | tf.backend_util.ExplicitPadding;
  readonly dataFormat: 'NHWC' | 'NCHW';
  readonly dimRoundingMode?: 'floor' | 'round' | 'ceil';
  /** Ours alone: tfjs-core never asks for it. */
  readonly dilations?: number | [number, number];
}

interface Attributes extends ConvolutionAttributes {
  readonly filterShape: [number, number, number, number];
}

/**
 * dW[i, j, ci, co] = sum over n, h, w of x[n, h * stride + i * dilation - pad, ..., ci] * dy[n, h, w, co]. Image by image, so that
 * both stay in the processor's cache while all taps read them.
 */
export function conv2DBackpropFilter(core: typeof tf, call: KernelCall<Attributes>): tf.TensorInfo {
  const { inputs, attributes, allocate, backend } = call;
  const { strides, pad, dimRoundingMode, filterShape, dilations } = attributes;
  const x = inputs['x']!;
  const shape = x.shape as [number, number, number, number];
  const info = core.backend_util.computeConv2DInfo(shape, filterShape, strides, dilations ?? 1, pad, dimRoundingMode);
  const output = allocate(filterShape);
  floatsOf(backend, output).fill(0);
  const images = addressOf(backend, x);
  const upstream = addressOf(backend, inputs['dy']!);
  const gradient = addressOf(backend, output);
  const tiles = tilesOf(info.inChannels, info.outChannels, (name) => loopNamed(backend, name));
  const taps = tapsOf(info);
  for (let image = 0; image < info.batchSize; image++) {
    const xStart = images + image * info.inHeight * info.inWidth * info.inChannels * 4;
    const dyStart = upstream + image * info.outHeight * info.outWidth * info.outChannels * 4;
    for (const tap of taps) {
      for (const { loop, input, output: channel } of tiles) {
        const out = gradient + ((tap.number * info.inChannels + input) * info.outChannels + channel) * 4;
        const [from, to] = [xStart + tap.x + input * 4, dyStart + tap.dy + channel * 4];
        loop(from, to, out, tap.rows, tap.pixels, tap.xStep, tap.dyStep, tap.xSkip, tap.dySkip, info.outChannels * 4);
      }
    }
  }
  return output;
}

interface Tile {
  readonly loop: Loop;
  readonly input: number;
  readonly output: number;
}

/** Covers input times output channels with the largest tiles that fit. */
function tilesOf(inputs: number, outputs: number, loopOf: (name: string) => Loop): Tile[] {
  const columns = cutIntoStrips(outputs, outputTiles);
  return cutIntoStrips(inputs, inputTiles).flatMap((row) =>
    columns.map((column) => ({
      loop: loopOf(kernelGradientTileName(row.size, column.size)),
      input: row.start,
      output: column.start,
    })),
  );
}

/** Where a tap meets the image: starts, counts and distances in bytes; taps that only ever meet padding are left out. */
interface Tap {
  readonly number: number;
  readonly x: number;
  readonly dy: number;
  readonly rows: number;
  readonly pixels: number;
  readonly xStep: number;
  readonly dyStep: number;
  readonly xSkip: number;
  readonly dySkip: number;
}

function tapsOf(info: tf.backend_util.Conv2DInfo): Tap[] {
  const { inWidth, inChannels, outWidth, outChannels, strideHeight, strideWidth, padInfo } = info;
  const taps: Tap[] = [];
  for (let i = 0; i < info.filterHeight; i++) {
    const down = i * info.dilationHeight - padInfo.top;
    const rows = reached(down, strideHeight, info.inHeight, info.outHeight);
    for (let j = 0; j < info.filterWidth; j++) {
      const across = j * info.dilationWidth - padInfo.left;
      const columns = reached(across, strideWidth, inWidth, outWidth);
      if (rows.count <= 0 || columns.count <= 0) continue;
      const xStep = strideWidth * inChannels * 4;
      const dyStep = outChannels * 4;
      const firstRow = rows.first * strideHeight + down;
      const firstColumn = columns.first * strideWidth + across;
      taps.push({
        number: i * info.filterWidth + j,
        x: (firstRow * inWidth + firstColumn) * inChannels * 4,
        dy: (rows.first * outWidth + columns.first) * outChannels * 4,
        rows: rows.count,
        pixels: columns.count,
        xStep,
        dyStep,
        xSkip: strideHeight * inWidth * inChannels * 4 - columns.count * xStep,
        dySkip: (outWidth - columns.count) * dyStep,
      });
    }
  }
  return taps;
}

/** The outputs whose tap, `shift` beside them, lies inside the input. */
function reached(shift: number, stride: number, size: number, outputs: number): { first: number; count: number } {
  const first = Math.max(0, Math.ceil(-shift / stride));
  const last = Math.min(outputs - 1, Math.floor((size - 1 - shift) / stride));
  return { first, count: last - first + 1 };
}
