/** Global average pooling: one mean a channel, whatever the size of the image. */
import { batchOf } from '../ir/tensorType';
import { isProblem } from '../messages';
import { defineLayer } from './define';
import { imageInput, imageSize, imageType } from './kit/imageType';
import { elementsOf } from './kit/typeChecks';
import { tfjsLayer } from './kit/tfjs/twin';
import { code, call } from '../ir/emit/code';
import { kerasLayer } from './kit/keras/layer';

export const globalAveragePool2D = defineLayer({
  type: 'GlobalAveragePool2D',
  title: 'Global average pooling',
  group: 'pooling',
  aliases: ['GlobalAveragePooling2D', 'GAP', 'AdaptiveAvgPool2d'],
  summary: 'Replaces each channel by its mean over the image: from an image to features, without weights.',
  params: {},
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (_params, inputs) => {
    const image = imageInput('GlobalAveragePool2D', inputs);
    return isProblem(image) ? image : { output: batchOf([image.channels]) };
  },
  weights: () => ({}),
  cost: (_params, inputs) => ({ macs: 0, saved: imageSize(inputs).channels, workspace: elementsOf(inputs.input!) }),
  build: (ops, { inputs }) => ({ outputs: { output: ops.mean(inputs.input!, [1, 2]) } }),
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: () => ({
      member: call(code`nn.Sequential`, [code`nn.AdaptiveAvgPool2d(1)`, code`nn.Flatten()`]),
      operation: ({ input }) => code`${input!}.mean(dim=(2, 3))`,
    }),
    keras: () => kerasLayer(code`layers.GlobalAveragePooling2D`),
    onnx: () => ({
      build: (graph, { input }) => {
        const means = graph.node('GlobalAveragePool', [input!]);
        return { output: graph.node('Flatten', [means], { axis: 1 }) };
      },
    }),
    tfjs: () => tfjsLayer(code`tf.layers.globalAveragePooling2d`),
  },
  examples: [
    {
      name: 'an image of three channels',
      params: {},
      inputs: { input: imageType(4, 5, 3) },
      outputs: { output: batchOf([3]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'one pixel, which stays as it is',
      params: {},
      inputs: { input: imageType(1, 1, 4) },
      outputs: { output: batchOf([4]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
    {
      name: 'one channel',
      params: {},
      inputs: { input: imageType(7, 2, 1) },
      outputs: { output: batchOf([1]) },
      trainable: 0,
      nonTrainable: 0,
      macs: 0,
    },
  ],
});
