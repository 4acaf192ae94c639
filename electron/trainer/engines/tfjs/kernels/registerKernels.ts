/** Completes the WASM backend for training: the only list of our kernels. Those of the same name replace the backend's own. */
import type * as tf from '@tensorflow/tfjs-core';
import { avgPoolGrad } from './avgPoolGrad';
import { batchMatMul } from './batchMatMul';
import { conv2DBackpropFilter } from './conv2DBackpropFilter';
import { conv2DBackpropInput } from './conv2DBackpropInput';
import { depthwiseBackpropFilter } from './depthwiseBackpropFilter';
import { depthwiseBackpropInput } from './depthwiseBackpropInput';
import { einsum } from './einsum';
import { identity } from './identity';
import { maxPoolGrad } from './maxPoolGrad';
import { reluGrad } from './reluGrad';
import { centredProducts, centredSquares, rowNormalise, rowNormaliseGradient } from './rowNormalise';
import { sum } from './sum';
import { unsortedSegmentSum } from './unsortedSegmentSum';
import { defineKernel, type KernelCall } from './wasmHeap';

type Compute<Attributes> = (core: typeof tf, call: KernelCall<Attributes>) => tf.TensorInfo;

/** Registers our kernels for 'wasm'; a second call changes nothing. The backend's package must have been imported. */
export function registerKernels(core: typeof tf): void {
  if (registered.has(core)) return;
  registered.add(core);
  const stock = new Map<string, tf.KernelFunc>();
  const register = <Attributes>(name: string, compute: Compute<Attributes>): void => {
    const replaced = core.getKernel(name, 'wasm');
    if (replaced) {
      // The backend's set-up looks the kernel up by name again, so what it prepared must be run from the old configuration.
      stock.set(name, replaced.kernelFunc);
      core.unregisterKernel(name, 'wasm');
    }
    const config = defineKernel<Attributes>(core, name, (call) => compute(core, call), stock);
    core.registerKernel({ ...config, setupFunc: replaced?.setupFunc, disposeFunc: replaced?.disposeFunc });
  };
  register('AvgPoolGrad', avgPoolGrad);
  register('BatchMatMul', batchMatMul);
  register('Conv2DBackpropFilter', conv2DBackpropFilter);
  register('Conv2DBackpropInput', conv2DBackpropInput);
  register('DepthwiseConv2dNativeBackpropFilter', depthwiseBackpropFilter);
  register('DepthwiseConv2dNativeBackpropInput', depthwiseBackpropInput);
  register('Einsum', einsum);
  register('Identity', identity);
  register('MaxPoolGrad', maxPoolGrad);
  register('Sum', sum);
  register('UnsortedSegmentSum', unsortedSegmentSum);
  // Of our own making: no operation of tfjs-core asks for these.
  register('CentredProducts', centredProducts);
  register('CentredSquares', centredSquares);
  register('ReluGrad', reluGrad);
  register('RowNormalise', rowNormalise);
  register('RowNormaliseGradient', rowNormaliseGradient);
}

const registered = new WeakSet<object>();
