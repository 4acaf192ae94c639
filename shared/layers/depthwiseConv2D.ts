/** Depthwise convolution: every input channel has kernels of its own, and channels are never mixed. */
import type { Tensor4D } from '@tensorflow/tfjs-core';
import { initialiser, type WeightSpec } from '../ir/initialiser';
import type { GraphEmission, CodeEmission } from '../ir/emit/emission';
import { permute, reshape, twin } from '../ir/emit/transform';
import { code, text } from '../ir/emit/code';
import { boolean, integer, size2d, type ParamsOf } from '../ir/params';
import type { TensorType } from '../ir/tensorType';
import { isProblem } from '../messages';
import { defineLayer } from './define';
import { addBias } from './kit/addBias';
import { depthwiseConvolve } from './kit/depthwise';
import { imageExample } from './kit/imageExample';
import { imageInput, imageSize, imageType, windowProblem } from './kit/imageType';
import { onnxOperator, onnxWindow } from './kit/onnx/twin';
import { dilationParam, kernelWindow, paddingOf, paddingParam, slidOutput } from './kit/windowGeometry';
import { afterPadding, sizeOf, tfjsLayer } from './kit/tfjs/twin';
import { initialiserOf } from './kit/tfjs/initialiserOf';
import { isOne, isPadded } from './kit/spatial';
import { kerasConvolution } from './kit/keras/convolution';
import { pytorchConvolution } from './kit/pytorch/convolution';
import { groupedTwin } from './kit/tfjs/groupedTwin';

const params = {
  kernelSize: size2d({ default: 3, min: 1, help: 'Height and width of the kernel, in taps.' }),
  strides: size2d({ default: 1, min: 1, help: 'Pixels from one position of the kernel to the next.' }),
  padding: paddingParam(),
  dilation: dilationParam(),
  multiplier: integer({
    default: 1,
    min: 1,
    help: 'Output channels of each input channel; those of one input channel stay together.',
  }),
  bias: boolean({ default: true, help: 'Adds a learned number to every output channel; useless before BatchNorm.' }),
  kernelInitialiser: initialiser({ default: 'glorotUniform', help: 'First values of the kernel.' }),
  biasInitialiser: initialiser({ default: 'zeros', help: 'First values of the bias.' }),
};

type Params = ParamsOf<typeof params>;

export const depthwiseConv2D = defineLayer({
  type: 'DepthwiseConv2D',
  title: 'Depthwise convolution',
  group: 'convolution',
  aliases: ['DepthwiseConvolution', 'depthwise'],
  summary: 'Slides kernels over each channel by itself; with a 1×1 convolution after it, a cheap stand-in for Conv2D.',
  params,
  inputs: [{ name: 'input' }],
  outputs: [{ name: 'output' }],
  infer: (params, inputs) => {
    const image = imageInput('DepthwiseConv2D', inputs);
    if (isProblem(image)) return image;
    const wrong = windowProblem('DepthwiseConv2D', 'kernelSize', image, kernelWindow(params));
    if (wrong) return wrong;
    const [height, width] = slidOutput([image.height, image.width], kernelWindow(params));
    return { output: imageType(height, width, image.channels * params.multiplier) };
  },
  weights: ({ kernelSize, multiplier, bias, kernelInitialiser, biasInitialiser }, inputs) => {
    const { channels } = imageSize(inputs);
    const taps = kernelSize[0] * kernelSize[1];
    const kernel = {
      shape: [...kernelSize, channels, multiplier],
      initialiser: kernelInitialiser,
      trainable: true,
      decayed: true,
      // A result sees one channel only; by the rule for other kernels the values would be too small by sqrt(channels).
      fans: [taps, taps * multiplier] as const,
    };
    const shape = [channels * multiplier];
    const offset = { shape, initialiser: biasInitialiser, trainable: true, decayed: false };
    const specs: Record<string, WeightSpec> = bias ? { kernel, bias: offset } : { kernel };
    return specs;
  },
  cost: ({ kernelSize }, _inputs, outputs) => {
    const { height, width, channels } = imageSize({ input: outputs.output! });
    const elements = height * width * channels;
    return { macs: elements * kernelSize[0] * kernelSize[1], saved: elements };
  },
  build: (ops, { params, inputs, weights }) => {
    const input = inputs.input as Tensor4D;
    const [, height, width] = input.shape;
    const padding = paddingOf([height, width], kernelWindow(params));
    const options = { strides: params.strides, dilations: params.dilation, padding };
    const output = depthwiseConvolve(ops, input, weights.kernel as Tensor4D, options);
    return { outputs: { output: weights.bias ? addBias(ops, output, weights.bias) : output } };
  },
  emit: {
    layout: { axes: 'channelsFirst', order: 'refuses' },
    pytorch: ({ params, inputs, weights }) => {
      const image = imageSize({ input: inputs.input!.type });
      const [height, width] = params.kernelSize;
      const filters = image.channels * params.multiplier;
      const apart = [image.channels, params.multiplier, height, width];
      const kernel = [permute([2, 3, 0, 1]), reshape(apart, [filters, 1, height, width])];
      return pytorchConvolution({
        image,
        window: kernelWindow(params),
        filters,
        groups: image.channels,
        weights,
        kernel,
      });
    },
    keras: ({ params, inputs, weights }) =>
      kerasConvolution({
        layer: code`layers.DepthwiseConv2D`,
        positional: [],
        keywords: { depth_multiplier: params.multiplier === 1 ? undefined : params.multiplier },
        input: inputs.input!.type,
        window: kernelWindow(params),
        weights,
        depthwise: true,
      }),
    onnx: ({ params, inputs }) => onnxOf(params, inputs.input!.type),
    tfjs: ({ params, inputs, weights }) => tfjsOf(params, inputs.input!.type, weights),
  },
  examples: [
    imageExample('defaults: no padding', {}, [5, 6, 3], [3, 4, 3], { trainable: 30, macs: 324 }),
    imageExample(
      'multiplier 2, same padding at stride 2',
      { multiplier: 2, strides: 2, padding: 'same' },
      [6, 5, 2],
      [3, 3, 4],
      { trainable: 40, macs: 324 },
    ),
    imageExample(
      'dilation 2, asymmetric padding in numbers, rectangular kernel, no bias',
      {
        kernelSize: [2, 3],
        dilation: 2,
        padding: [
          [1, 0],
          [3, 1],
        ],
        bias: false,
      },
      [4, 4, 3],
      [3, 4, 3],
      { trainable: 18, macs: 216 },
    ),
    imageExample(
      'dilation and stride together',
      { multiplier: 2, strides: 2, dilation: 2, padding: 'same' },
      [7, 6, 1],
      [4, 3, 2],
      { trainable: 20, macs: 216 },
    ),
    imageExample('more channels', { padding: 'same' }, [3, 4, 9], [3, 4, 9], { trainable: 90, macs: 972 }),
  ],
});

/** One group a channel: [height, width, channels, multiplier] -> [channels * multiplier, 1, height, width]. */
function onnxOf(params: Params, image: TensorType): GraphEmission {
  const { height, width, channels } = imageSize({ input: image });
  const { kernelSize, multiplier, bias } = params;
  const window = kernelWindow(params);
  const attributes = onnxWindow({ ...window, padding: paddingOf([height, width], window) });
  const apart = [channels, multiplier, ...kernelSize];
  const joined = [channels * multiplier, 1, ...kernelSize];
  const kernel = twin('weight', 'kernel', [permute([2, 3, 0, 1]), reshape(apart, joined)]);
  const weights = bias ? [kernel, twin('bias', 'bias')] : [kernel];
  return onnxOperator('Conv', { ...attributes, group: channels }, weights);
}

/** The library has no gradient of dilated kernels, and one stride for both directions. */
function tfjsOf(params: Params, image: TensorType, specs: Record<string, WeightSpec>): CodeEmission {
  const { kernelSize, strides, dilation, multiplier, bias } = params;
  const { height, width, channels } = imageSize({ input: image });
  const padding = paddingOf([height, width], kernelWindow(params));
  const useBias = bias ? undefined : false;
  const biases = bias ? [twin('bias', 'bias')] : [];
  if (!isOne(dilation) || strides[0] !== strides[1]) {
    const filters = channels * multiplier;
    const grouped = reshape([...kernelSize, channels, multiplier], [...kernelSize, 1, filters]);
    const weights = [twin('kernel', 'kernel', [grouped]), ...biases];
    return groupedTwin({ filters, groups: channels, kernelSize, strides, dilation, padding, specs, weights });
  }
  const same = params.padding === 'same' && isPadded(padding);
  const settings = {
    kernelSize: sizeOf(kernelSize),
    strides: isOne(strides) ? undefined : sizeOf(strides),
    padding: same ? text('same') : undefined,
    depthMultiplier: multiplier === 1 ? undefined : multiplier,
    useBias,
    depthwiseInitializer: initialiserOf(specs.kernel, null),
    biasInitializer: initialiserOf(specs.bias, 'zeros'),
  };
  const emission = tfjsLayer(code`tf.layers.depthwiseConv2d`, settings, [
    twin('depthwise_kernel', 'kernel'),
    ...biases,
  ]);
  return same || !isPadded(padding) ? emission : afterPadding(emission, padding);
}
