/** Average pooling: the mean of each window, channel by channel. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { boolean } from '../ir/params';
import { sampleSizes, type TensorType } from '../ir/tensorType';
import { defineLayer } from './define';
import { imageExample } from './kit/imageExample';
import { onnxOperator, onnxWindow } from './kit/onnx/twin';
import { averagePool } from './kit/pooling';
import {
  inferPooling,
  paddedElements,
  poolingOf,
  poolingParams,
  type PoolingParams,
  windowOf,
} from './kit/poolingLayer';
import { elementsOf } from './kit/typeChecks';
import { tfjsLayer, tfjsClass, afterPadding, marginsOf, pairOf, sizeOf } from './kit/tfjs/twin';
import { maskedAveragePooling2D, paddedPooling2D } from './kit/tfjs/pooling2D';
import { isPadded } from './kit/spatial';
import { code } from '../ir/emit/code';
import type { CodeEmission } from '../ir/emit/emission';
import { kerasAveragePooling } from './kit/keras/pooling';
import { pytorchAveragePooling } from './kit/pytorch/pooling';

export const averagePool2D = defineLayer({
  type: 'AveragePool2D',
  title: 'Average pooling',
  group: 'pooling',
  aliases: ['AveragePooling2D', 'AvgPool2d', 'MeanPool'],
  summary: 'Keeps the mean of each window: a smaller, smoother image.',
  params: {
    ...poolingParams(),
    countPadding: boolean({
      default: false,
      help: 'Whether the zeros of the padding count as values of a window; without, a mean is over the image alone.',
    }),
  },
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (params, inputs) => inferPooling('AveragePool2D', params, inputs),
  weights: () => ({}),
  cost: (params, inputs, outputs) => {
    const elements = elementsOf(outputs.output!);
    const padded = paddedElements(params, inputs);
    // Padding is written out and kept; where it does not count, so are the means before they are corrected for it.
    const means = padded > 0 && !params.countPadding ? 2 * elements : elements;
    return { macs: 0, saved: padded + means, workspace: padded + elements };
  },
  build: (ops, { params, inputs }) => {
    const input = inputs.input as Tensor4D;
    const output = averagePool(ops, input, poolingOf(params, input.shape), params.countPadding);
    return { outputs: { output } };
  },
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: ({ params, inputs }) => {
      const window = poolingOf(params, [1, ...(sampleSizes(inputs.input!.type) as number[])]);
      return pytorchAveragePooling(window, params.countPadding);
    },
    keras: ({ params, inputs }) => kerasAveragePooling(inputs.input!.type, windowOf(params), params.countPadding),
    onnx: ({ params, inputs }) => {
      const window = poolingOf(params, [1, ...(sampleSizes(inputs.input!.type) as number[])]);
      return onnxOperator('AveragePool', { ...onnxWindow(window), count_include_pad: params.countPadding ? 1 : 0 });
    },
    tfjs: ({ params, inputs }) => tfjsOf(params, inputs.input!.type),
  },
  examples: [
    imageExample('defaults: halves the image, drops an odd column', {}, [4, 5, 2], [2, 2, 2]),
    imageExample(
      'overlapping windows, same padding that does not count',
      { poolSize: 3, strides: 2, padding: 'same' },
      [6, 5, 2],
      [3, 3, 2],
    ),
    imageExample(
      'same padding that counts',
      { poolSize: 3, strides: 1, padding: 'same', countPadding: true },
      [3, 4, 2],
      [3, 4, 2],
    ),
    imageExample(
      'asymmetric padding in numbers',
      {
        poolSize: [2, 3],
        strides: [1, 2],
        padding: [
          [1, 0],
          [0, 2],
        ],
      },
      [4, 4, 3],
      [4, 2, 3],
    ),
    imageExample('more channels, overlapping windows', { poolSize: 3, strides: 1 }, [4, 5, 9], [2, 3, 9]),
  ],
});

/** The library's own layer divides forward by the values inside, but backward by the whole window. */
function tfjsOf(params: PoolingParams & { countPadding: boolean }, image: TensorType): CodeEmission {
  const { size, strides, padding } = poolingOf(params, [1, ...(sampleSizes(image) as number[])]);
  if (isPadded(padding) && !params.countPadding) {
    const settings = { poolSize: pairOf(size), strides: pairOf(strides), padding: marginsOf(padding) };
    const helpers = [paddedPooling2D, maskedAveragePooling2D];
    return tfjsClass(code`new MaskedAveragePooling2D`, helpers, settings);
  }
  const apart = strides.join() === size.join() ? undefined : sizeOf(strides);
  const plain = tfjsLayer(code`tf.layers.averagePooling2d`, { poolSize: sizeOf(size), strides: apart });
  return isPadded(padding) ? afterPadding(plain, padding) : plain;
}
