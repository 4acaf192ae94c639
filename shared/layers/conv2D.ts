/** Two-dimensional convolution: every output channel is a learned pattern that slides over the image. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { initialiser, type WeightSpec } from '../ir/initialiser';
import type { GraphEmission, CodeEmission } from '../ir/emit/emission';
import { permute, twin } from '../ir/emit/transform';
import { code, text } from '../ir/emit/code';
import type { Types } from '../ir/layerDefinition';
import { boolean, integer, size2d, type ParamsOf } from '../ir/params';
import type { TensorType } from '../ir/tensorType';
import { isProblem, problem, type Problem } from '../messages';
import { defineLayer } from './define';
import { addBias } from './kit/addBias';
import { convolve } from './kit/convolution';
import { imageExample } from './kit/imageExample';
import { imageInput, imageSize, imageType, windowProblem } from './kit/imageType';
import { groupsRepairs } from './kit/groupsRepairs';
import { onnxOperator, onnxWindow } from './kit/onnx/twin';
import { dilationParam, kernelWindow, paddingOf, paddingParam, slidOutput } from './kit/windowGeometry';
import { afterPadding, sizeOf, tfjsLayer } from './kit/tfjs/twin';
import { initialiserOf } from './kit/tfjs/initialiserOf';
import { isOne, isPadded } from './kit/spatial';
import { kerasConvolution } from './kit/keras/convolution';
import { pytorchConvolution } from './kit/pytorch/convolution';
import { groupedTwin } from './kit/tfjs/groupedTwin';

const params = {
  filters: integer({ default: 32, min: 1, help: 'Output channels: how many patterns are learned.' }),
  kernelSize: size2d({ default: 3, min: 1, help: 'Height and width of the kernel, in taps.' }),
  strides: size2d({ default: 1, min: 1, help: 'Pixels from one position of the kernel to the next.' }),
  padding: paddingParam(),
  dilation: dilationParam(),
  groups: integer({
    default: 1,
    min: 1,
    help: 'Splits the channels into so many parts that do not see each other; divides input channels and filters.',
  }),
  bias: boolean({ default: true, help: 'Adds a learned number to every output channel; useless before BatchNorm.' }),
  kernelInitialiser: initialiser({ default: 'glorotUniform', help: 'First values of the kernel.' }),
  biasInitialiser: initialiser({ default: 'zeros', help: 'First values of the bias.' }),
};

type Params = ParamsOf<typeof params>;

function infer(params: Params, inputs: Types): Types | Problem {
  const image = imageInput('Conv2D', inputs);
  if (isProblem(image)) return image;
  const { groups, filters } = params;
  for (const [of, count] of Object.entries({ 'input channels': image.channels, filters })) {
    if (count % groups === 0) continue;
    const repairs = groupsRepairs(groups, filters, image.channels);
    return problem('groupsDoNotDivide', { layer: 'Conv2D', groups, of, count }, { param: 'groups', repairs });
  }
  const wrong = windowProblem('Conv2D', 'kernelSize', image, kernelWindow(params));
  if (wrong) return wrong;
  const [height, width] = slidOutput([image.height, image.width], kernelWindow(params));
  return { output: imageType(height, width, filters) };
}

export const conv2D = defineLayer({
  type: 'Conv2D',
  title: 'Convolution',
  group: 'convolution',
  aliases: ['Convolution2D', 'Conv', 'conv2d'],
  summary: 'Slides learned kernels over an image; each gives one channel of the result.',
  params,
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer,
  weights: ({ kernelSize, filters, groups, bias, kernelInitialiser, biasInitialiser }, inputs) => {
    const shape = [...kernelSize, imageSize(inputs).channels / groups, filters];
    const kernel = { shape, initialiser: kernelInitialiser, trainable: true, decayed: true };
    const offset = { shape: [filters], initialiser: biasInitialiser, trainable: true, decayed: false };
    const specs: Record<string, WeightSpec> = bias ? { kernel, bias: offset } : { kernel };
    return specs;
  },
  cost: ({ kernelSize, groups, dilation }, inputs, outputs) => {
    const { height, width, channels } = imageSize(inputs);
    const output = imageSize({ input: outputs.output! });
    const elements = output.height * output.width * output.channels;
    const macs = (elements * kernelSize[0] * kernelSize[1] * channels) / groups;
    const received = height * width * channels;
    // Groups of several channels are cut out of the image and put together again: both sides are kept twice.
    if (groups > 1 && groups !== channels)
      return { macs, saved: received + 2 * elements, workspace: received + elements };
    return { macs, saved: elements, workspace: dilation[0] * dilation[1] > 1 ? received : 0 };
  },
  build: (ops, { params, inputs, weights }) => {
    const input = inputs.input as Tensor4D;
    const [, height, width] = input.shape;
    const padding = paddingOf([height, width], kernelWindow(params));
    const { strides, dilation, groups } = params;
    const output = convolve(ops, input, weights.kernel as Tensor4D, { strides, dilations: dilation, groups, padding });
    return { outputs: { output: weights.bias ? addBias(ops, output, weights.bias) : output } };
  },
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: ({ params, inputs, weights }) =>
      pytorchConvolution({
        image: imageSize({ input: inputs.input!.type }),
        window: kernelWindow(params),
        filters: params.filters,
        groups: params.groups,
        weights,
        kernel: [permute([3, 2, 0, 1])],
      }),
    keras: ({ params, inputs, weights }) =>
      kerasConvolution({
        layer: code`layers.Conv2D`,
        positional: [params.filters],
        keywords: { groups: params.groups === 1 ? undefined : params.groups },
        input: inputs.input!.type,
        window: kernelWindow(params),
        weights,
      }),
    onnx: ({ params, inputs }) => onnxOf(params, inputs.input!.type),
    tfjs: ({ params, inputs, weights }) => tfjsOf(params, inputs.input!.type, weights),
  },
  examples: [
    imageExample('defaults: no padding', { filters: 4 }, [6, 5, 2], [4, 3, 4], { trainable: 76, macs: 864 }),
    imageExample(
      'same padding at stride 2, more at the bottom and right',
      { filters: 3, strides: 2, padding: 'same' },
      [6, 7, 2],
      [3, 4, 3],
      { trainable: 57, macs: 648 },
    ),
    imageExample(
      'two groups, asymmetric padding in numbers, rectangular kernel',
      {
        filters: 4,
        kernelSize: [3, 2],
        groups: 2,
        padding: [
          [2, 0],
          [0, 1],
        ],
        bias: false,
      },
      [4, 5, 4],
      [4, 5, 4],
      { trainable: 48, macs: 960 },
    ),
    imageExample('dilation 2', { filters: 3, dilation: 2, padding: 'same' }, [6, 5, 2], [6, 5, 3], {
      trainable: 57,
      macs: 1620,
    }),
    imageExample(
      'dilation 2 with stride, in two groups',
      { filters: 4, strides: [1, 2], dilation: 2, groups: 2, padding: 'same' },
      [5, 6, 4],
      [5, 3, 4],
      { trainable: 76, macs: 1080 },
    ),
    imageExample(
      'as many groups as channels, dilation [2, 1]',
      { filters: 6, dilation: [2, 1], groups: 3, padding: 1 },
      [5, 4, 3],
      [3, 4, 6],
      { trainable: 60, macs: 648 },
    ),
    imageExample(
      'one by one, to change the number of channels',
      { filters: 5, kernelSize: 1, strides: 2, bias: false },
      [4, 5, 3],
      [2, 3, 5],
      { trainable: 15, macs: 90 },
    ),
    imageExample('more channels, rectangular kernel', { filters: 9, kernelSize: [3, 2] }, [4, 5, 6], [2, 4, 9], {
      trainable: 333,
      macs: 2592,
    }),
  ],
});

function onnxOf(params: Params, image: TensorType): GraphEmission {
  const { height, width } = imageSize({ input: image });
  const window = kernelWindow(params);
  const attributes = onnxWindow({ ...window, padding: paddingOf([height, width], window) });
  const kernel = twin('weight', 'kernel', [permute([3, 2, 0, 1])]);
  const weights = params.bias ? [kernel, twin('bias', 'bias')] : [kernel];
  const { groups } = params;
  return onnxOperator('Conv', groups === 1 ? attributes : { ...attributes, group: groups }, weights);
}

/** The library has no groups, and no gradient of dilated kernels. */
function tfjsOf(params: Params, image: TensorType, specs: Record<string, WeightSpec>): CodeEmission {
  const { filters, kernelSize, strides, dilation, groups, bias } = params;
  const { height, width } = imageSize({ input: image });
  const padding = paddingOf([height, width], kernelWindow(params));
  const weights = bias ? [twin('kernel', 'kernel'), twin('bias', 'bias')] : [twin('kernel', 'kernel')];
  const useBias = bias ? undefined : false;
  if (groups > 1 || !isOne(dilation)) {
    return groupedTwin({ filters, groups, kernelSize, strides, dilation, padding, specs, weights });
  }
  const same = params.padding === 'same' && isPadded(padding);
  const settings = {
    filters,
    kernelSize: sizeOf(kernelSize),
    strides: isOne(strides) ? undefined : sizeOf(strides),
    padding: same ? text('same') : undefined,
    useBias,
    kernelInitializer: initialiserOf(specs.kernel, null),
    biasInitializer: initialiserOf(specs.bias, 'zeros'),
  };
  const emission = tfjsLayer(code`tf.layers.conv2d`, settings, weights);
  return same || !isPadded(padding) ? emission : afterPadding(emission, padding);
}
