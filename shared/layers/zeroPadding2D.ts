/** Zeros around an image, as a layer of its own. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { padding2d, type Padding2d, type ParamsOf } from '../ir/params';
import { isProblem } from '../messages';
import { defineLayer } from './define';
import { imageExample } from './kit/imageExample';
import { imageInput, imageType } from './kit/imageType';
import { explicitPadding, noPadding, type Padding } from './kit/spatial';
import { elementsOf } from './kit/typeChecks';
import { around } from './kit/windowGeometry';
import { tfjsLayer, marginsOf as zerosOf } from './kit/tfjs/twin';
import { code, call } from '../ir/emit/code';
import { zeroPadding } from './kit/keras/window';
import { functional, padded, sides } from './kit/pytorch/window';

const params = {
  padding: padding2d({
    default: [
      [1, 1],
      [1, 1],
    ] as Padding2d,
    names: false,
    help: 'Rows and columns of zeros: one number for all sides, [vertical, horizontal], or [[top, bottom], [left, right]].',
  }),
};

function marginsOf({ padding }: ParamsOf<typeof params>): Padding {
  return typeof padding === 'string' ? noPadding : around(padding);
}

export const zeroPadding2D = defineLayer({
  type: 'ZeroPadding2D',
  title: 'Zero padding',
  group: 'shape',
  aliases: ['ZeroPad2d', 'Pad'],
  summary: 'Adds rows and columns of zeros around an image.',
  params,
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (params, inputs) => {
    const image = imageInput('ZeroPadding2D', inputs);
    if (isProblem(image)) return image;
    const { top, bottom, left, right } = marginsOf(params);
    return { output: imageType(image.height + top + bottom, image.width + left + right, image.channels) };
  },
  weights: () => ({}),
  cost: (_params, _inputs, outputs) => ({ macs: 0, saved: elementsOf(outputs.output!) }),
  build: (ops, { params, inputs }) => ({
    outputs: { output: ops.pad(inputs.input as Tensor4D, explicitPadding(marginsOf(params))) },
  }),
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: ({ params }) => ({
      member: call(code`nn.ZeroPad2d`, [sides(marginsOf(params))]),
      operation: ({ input }) => padded(input!, marginsOf(params)),
      imports: [functional],
    }),
    keras: ({ params }) => ({ member: zeroPadding(marginsOf(params)) }),
    onnx: ({ params }) => ({
      build: (graph, { input }) => {
        const { top, bottom, left, right } = marginsOf(params);
        const margins = graph.constant([0, 0, top, left, 0, 0, bottom, right]);
        // With its axes said, no optimizer takes the zeros for padding of a pool that follows.
        return { output: graph.node('Pad', [input!, margins, '', graph.constant([0, 1, 2, 3])]) };
      },
    }),
    tfjs: ({ params }) => tfjsLayer(code`tf.layers.zeroPadding2d`, { padding: zerosOf(marginsOf(params)) }),
  },
  examples: [
    imageExample('defaults: one pixel on every side', {}, [2, 3, 2], [4, 5, 2]),
    imageExample('other numbers across than down', { padding: [0, 2] }, [3, 2, 1], [3, 6, 1]),
    imageExample(
      'every side for itself',
      {
        padding: [
          [0, 1],
          [2, 3],
        ],
      },
      [2, 2, 3],
      [3, 7, 3],
    ),
  ],
});
