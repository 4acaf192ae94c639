/** Average pooling: the mean of each window, channel by channel. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { boolean } from '../ir/params';
import { sampleSizes } from '../ir/tensorType';
import { defineLayer } from './define';
import { imageExample } from './kit/imageExample';
import { onnxOperator, onnxWindow } from './kit/onnxTwin';
import { averagePool } from './kit/pooling';
import { inferPooling, paddedElements, poolingOf, poolingParams } from './kit/poolingLayer';
import { elementsOf } from './kit/typeChecks';

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
    onnx: ({ params, inputs }) => {
      const window = poolingOf(params, [1, ...(sampleSizes(inputs.input!.type) as number[])]);
      return onnxOperator('AveragePool', { ...onnxWindow(window), count_include_pad: params.countPadding ? 1 : 0 });
    },
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
