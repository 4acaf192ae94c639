/**
 * The reference: the same net in tfjs as it comes, on the WASM backend, with the one kernel without which it cannot train at all
 * (the convolution's kernel gradient, as one matrix product a tap). Layers, gradients and the input-gradient kernel are its own.
 */
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';
import * as tf from '@tensorflow/tfjs';
import * as wasm from '@tensorflow/tfjs-backend-wasm';
import { answerSamples } from '../childSide';
import * as net from './probeNet';

type Filter = [number, number, number, number];

interface Attributes {
  readonly filterShape: Filter;
  readonly strides: number | [number, number];
  readonly pad: 'valid' | 'same';
}

/** A kernel is handed data that it does not own: count the extra reference that leaving the tidy gives back. */
function borrow(info: tf.TensorInfo): tf.Tensor {
  (tf.backend() as wasm.BackendWasm).incRef(info.dataId);
  return tf.engine().makeTensorFromTensorInfo(info);
}

function kernelGradient(
  x: tf.TensorInfo,
  upstream: tf.TensorInfo,
  { filterShape, strides, pad }: Attributes,
): tf.Tensor {
  const info = tf.backend_util.computeConv2DInfo(x.shape as Filter, filterShape, strides, 1, pad);
  const { top, bottom, left, right } = info.padInfo;
  const [height, width, inputs, outputs] = filterShape;
  const around: [number, number][] = [
    [0, 0],
    [top, bottom],
    [left, right],
    [0, 0],
  ];
  return tf.tidy(() => {
    const padded = tf.pad(borrow(x), around);
    const dy = tf.reshape(borrow(upstream), [-1, outputs]);
    const taps: tf.Tensor[] = [];
    for (let i = 0; i < height; i++) {
      for (let j = 0; j < width; j++) {
        const end = [
          info.batchSize,
          i + (info.outHeight - 1) * info.strideHeight + 1,
          j + (info.outWidth - 1) * info.strideWidth + 1,
          inputs,
        ];
        const patch = tf.stridedSlice(padded, [0, i, j, 0], end, [1, info.strideHeight, info.strideWidth, 1]);
        taps.push(tf.matMul(tf.reshape(patch, [-1, inputs]), dy, true, false));
      }
    }
    return tf.reshape(tf.stack(taps), filterShape);
  });
}

function model(): tf.LayersModel {
  const convolution = (layer: number): tf.layers.Layer[] => [
    tf.layers.conv2d({
      filters: net.kernelShapes[layer]![3],
      kernelSize: 3,
      padding: 'same',
      useBias: false,
      ...(layer === 0 ? { inputShape: net.imageShape.slice(1) } : {}),
    }),
    tf.layers.batchNormalization({ epsilon: net.epsilon, momentum: net.momentum }),
    tf.layers.reLU(),
    tf.layers.maxPooling2d({ poolSize: 2 }),
  ];
  const layers = [...convolution(0), ...convolution(1), tf.layers.flatten(), tf.layers.dense({ units: net.classes })];
  const built = tf.sequential({ layers });
  const kernels = built.trainableWeights.filter(({ shape }) => shape.length === 4);
  kernels.forEach((weight, layer) => weight.write(tf.tensor(net.kernelValues(layer), net.kernelShapes[layer])));
  const dense = built.trainableWeights.find(({ shape }) => shape.length === 2)!;
  dense.write(tf.tensor(net.denseValues(), net.denseShape));
  return built;
}

async function main(): Promise<void> {
  const home = dirname(createRequire(__filename).resolve('@tensorflow/tfjs-backend-wasm/package.json'));
  wasm.setWasmPaths(join(home, 'dist') + sep);
  tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
  tf.registerKernel({
    kernelName: 'Conv2DBackpropFilter',
    backendName: 'wasm',
    kernelFunc: ({ inputs, attrs }) => kernelGradient(inputs['x']!, inputs['dy']!, attrs as unknown as Attributes),
  });
  await tf.setBackend('wasm');
  const x = tf.tensor(net.images(), net.imageShape);
  const y = tf.oneHot(tf.tensor1d(net.labels(), 'int32'), net.classes);
  const trained = model();
  const weights = trained.trainableWeights.map((weight) => weight.read() as tf.Variable);
  const optimizer = tf.train.adam(net.learningRate);
  const step = async (): Promise<number> => {
    const loss = tf.tidy(() => {
      const { value, grads } = tf.variableGrads(
        () => tf.losses.softmaxCrossEntropy(y, trained.apply(x, { training: true }) as tf.Tensor).asScalar(),
        weights,
      );
      optimizer.applyGradients(grads as Parameters<typeof optimizer.applyGradients>[0]);
      return value;
    });
    const [value] = await loss.data();
    loss.dispose();
    return value!;
  };
  const losses = [await step(), await step(), await step()];
  answerSamples(losses, async () => {
    const start = performance.now();
    for (let i = 0; i < net.stepsPerSample; i++) await step();
    return (performance.now() - start) / net.stepsPerSample;
  });
}

void main();
