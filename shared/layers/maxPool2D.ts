/** Max pooling: the largest value of each window, channel by channel. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { sampleSizes, type TensorType } from '../ir/tensorType';
import { defineLayer } from './define';
import { imageExample } from './kit/imageExample';
import { onnxOperator, onnxWindow } from './kit/onnx/twin';
import { maxPool } from './kit/pooling';
import { inferPooling, poolingOf, poolingParams, type PoolingParams, windowOf } from './kit/poolingLayer';
import { elementsOf } from './kit/typeChecks';
import { tfjsLayer, tfjsClass, marginsOf, pairOf, sizeOf } from './kit/tfjs/twin';
import { paddedMaxPooling2D, paddedPooling2D } from './kit/tfjs/pooling2D';
import { isPadded } from './kit/spatial';
import { code, text } from '../ir/emit/code';
import type { CodeEmission } from '../ir/emit/emission';
import { kerasMaxPooling } from './kit/keras/pooling';
import { pytorchMaxPooling } from './kit/pytorch/pooling';

export const maxPool2D = defineLayer({
  type: 'MaxPool2D',
  title: 'Max pooling',
  group: 'pooling',
  aliases: ['MaxPooling2D', 'MaxPool2d'],
  summary: 'Keeps the largest value of each window: a smaller image that still says whether a pattern was there.',
  params: poolingParams(),
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (params, inputs) => inferPooling('MaxPool2D', params, inputs),
  weights: () => ({}),
  cost: (_params, _inputs, outputs) => ({ macs: 0, saved: elementsOf(outputs.output!), keepsOutputs: true }),
  build: (ops, { params, inputs }) => {
    const input = inputs.input as Tensor4D;
    return { outputs: { output: maxPool(ops, input, poolingOf(params, input.shape)) } };
  },
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: ({ params, inputs }) =>
      pytorchMaxPooling(poolingOf(params, [1, ...(sampleSizes(inputs.input!.type) as number[])])),
    keras: ({ params, inputs }) => kerasMaxPooling(inputs.input!.type, windowOf(params)),
    onnx: ({ params, inputs }) => {
      const window = poolingOf(params, [1, ...(sampleSizes(inputs.input!.type) as number[])]);
      return onnxOperator('MaxPool', onnxWindow(window));
    },
    tfjs: ({ params, inputs }) => tfjsOf(params, inputs.input!.type),
  },
  examples: [
    imageExample('defaults: halves the image, drops an odd row', {}, [5, 6, 2], [2, 3, 2]),
    imageExample(
      'overlapping windows, same padding',
      { poolSize: 3, strides: 2, padding: 'same' },
      [6, 5, 2],
      [3, 3, 2],
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

function tfjsOf(params: PoolingParams, image: TensorType): CodeEmission {
  const { size, strides, padding } = poolingOf(params, [1, ...(sampleSizes(image) as number[])]);
  if (isPadded(padding) && params.padding !== 'same') {
    const settings = { poolSize: pairOf(size), strides: pairOf(strides), padding: marginsOf(padding) };
    return tfjsClass(code`new PaddedMaxPooling2D`, [paddedPooling2D, paddedMaxPooling2D], settings);
  }
  return tfjsLayer(code`tf.layers.maxPooling2d`, {
    poolSize: sizeOf(size),
    strides: strides.join() === size.join() ? undefined : sizeOf(strides),
    padding: isPadded(padding) ? text('same') : undefined,
  });
}
