/**
 * Completes tfjs-node's backend for training: convolutions and poolings with padding in numbers, which TensorFlow computes but
 * tfjs-node refuses. Padding that is TensorFlow's own "same" is called by that name, because only then oneDNN takes it.
 */
import type * as tf from '@tensorflow/tfjs-core';
import {
  attributesOf,
  convolutionWindow,
  poolingWindow,
  type KernelAttributes,
  type NodeBackend,
  type Window,
} from './windowAttributes';

interface Call {
  inputs: Record<string, tf.TensorInfo>;
  attributes: KernelAttributes;
  backend: NodeBackend;
}
type Compute = (call: Call) => tf.TensorInfo;

const registered = new WeakSet<object>();

/** A second call changes nothing. tfjs-node's own kernels must be there. */
export function registerTensorflowKernels(core: typeof tf): void {
  if (registered.has(core)) return;
  registered.add(core);
  for (const [kernelName, compute] of Object.entries(kernels(core))) {
    if (core.getKernel(kernelName, 'tensorflow')) core.unregisterKernel(kernelName, 'tensorflow');
    const kernelFunc = (call: { inputs: unknown; attrs?: unknown; backend: unknown }): tf.TensorInfo =>
      compute({
        inputs: call.inputs as Call['inputs'],
        attributes: call.attrs as Call['attributes'],
        backend: call.backend as NodeBackend,
      });
    core.registerKernel({ kernelName, backendName: 'tensorflow', kernelFunc });
  }
}

function kernels(core: typeof tf): Record<string, Compute> {
  /** Runs an operation of the same geometry; a shape that it asks for goes in as a small tensor. */
  const run = (call: Call, name: string, window: Window, inputs: (tf.TensorInfo | number[])[]): tf.TensorInfo => {
    const made: tf.Tensor[] = [];
    const given = inputs.map((input) => {
      if (!Array.isArray(input)) return input;
      const shape = core.tensor1d(input, 'int32');
      made.push(shape);
      return shape;
    });
    try {
      return call.backend.executeSingleOutput(name, attributesOf(call.backend, window), given);
    } finally {
      core.dispose(made);
    }
  };
  const convolution =
    (name: string, depthwise: boolean): Compute =>
    (call) => {
      const { x, filter } = call.inputs as { x: tf.TensorInfo; filter: tf.TensorInfo };
      return run(call, name, convolutionWindow(core, x.shape, filter.shape, call.attributes, depthwise), [x, filter]);
    };
  const inputGradient =
    (name: string, depthwise: boolean): Compute =>
    (call) => {
      const { dy, filter } = call.inputs as { dy: tf.TensorInfo; filter: tf.TensorInfo };
      const shape = call.attributes.inputShape;
      const window = convolutionWindow(core, shape, filter.shape, call.attributes, depthwise);
      return run(call, name, window, [shape, filter, dy]);
    };
  const filterGradient =
    (name: string, depthwise: boolean): Compute =>
    (call) => {
      const { x, dy } = call.inputs as { x: tf.TensorInfo; dy: tf.TensorInfo };
      const shape = call.attributes.filterShape;
      return run(call, name, convolutionWindow(core, x.shape, shape, call.attributes, depthwise), [x, shape, dy]);
    };
  const depthwise = 'DepthwiseConv2dNative';
  return {
    Conv2D: convolution('Conv2D', false),
    Conv2DBackpropInput: inputGradient('Conv2DBackpropInput', false),
    Conv2DBackpropFilter: filterGradient('Conv2DBackpropFilter', false),
    [depthwise]: convolution(depthwise, true),
    [`${depthwise}BackpropInput`]: inputGradient(`${depthwise}BackpropInput`, true),
    [`${depthwise}BackpropFilter`]: filterGradient(`${depthwise}BackpropFilter`, true),
    MaxPool: (call) => {
      const { x } = call.inputs as { x: tf.TensorInfo };
      return run(call, 'MaxPool', poolingWindow(core, x.shape, call.attributes), [x]);
    },
    MaxPoolGrad: (call) => {
      const { dy, input, output } = call.inputs as { dy: tf.TensorInfo; input: tf.TensorInfo; output: tf.TensorInfo };
      return run(call, 'MaxPoolGrad', poolingWindow(core, input.shape, call.attributes), [input, output, dy]);
    },
    // Of our own making: no operation of tfjs-core asks for it. Half the sum of squares, in one pass on the device.
    L2Loss: ({ inputs, backend }) => {
      const type = { name: 'T', type: backend.binding.TF_ATTR_TYPE, value: backend.binding.TF_FLOAT };
      return backend.executeSingleOutput('L2Loss', [type], [inputs['t']!]);
    },
  };
}
