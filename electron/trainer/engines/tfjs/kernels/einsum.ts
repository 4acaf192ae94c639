/** Einstein sums, missing on the WASM backend: aligned axes, products, then sums, axis by axis. */
import type * as tf from '@tensorflow/tfjs-core';
import type { KernelCall } from './wasmHeap';

/** Follows the order that tfjs-core plans; the inputs are named '0', '1', ... */
export function einsum(core: typeof tf, call: KernelCall<{ equation: string }>): tf.TensorInfo {
  const util = core.backend_util;
  const factors = Object.values(call.inputs);
  const { allDims, summedDims, idDims } = util.decodeEinsumEquation(call.attributes.equation, factors.length);
  util.checkEinsumDimSizes(allDims.length, idDims, factors as tf.Tensor[]);
  const { path, steps } = util.getEinsumComputePath(summedDims, idDims);
  let product: tf.TensorInfo | undefined;
  let rank = allDims.length;
  steps.forEach((factorsOfStep, step) => {
    for (const factor of factorsOfStep) {
      const x = aligned(core, call, factors[factor]!, rank, idDims[factor]!);
      product = product ? call.run('Multiply', { a: x, b: product }) : x;
    }
    if (step === steps.length - 1) return;
    const axis = path[step]! - (allDims.length - rank);
    if (path[step]! >= 0) product = call.run('Sum', { x: product! }, { axis, keepDims: false });
    rank--;
  });
  // An equation without any step (a bare copy) still answers with memory of its own.
  return product && !factors.includes(product) ? product : call.run('Identity', { x: product ?? factors[0]! });
}

function aligned(
  core: typeof tf,
  { run }: KernelCall<unknown>,
  factor: tf.TensorInfo,
  rank: number,
  dims: number[],
): tf.TensorInfo {
  const { permutationIndices: perm, expandDims } = core.backend_util.getEinsumPermutation(rank, dims);
  const turned = core.backend_util.isIdentityPermutation(perm) ? factor : run('Transpose', { x: factor }, { perm });
  const shape = [...turned.shape];
  for (const axis of expandDims) shape.splice(axis, 0, 1);
  return core.util.arraysEqual(shape, turned.shape) ? turned : run('Reshape', { x: turned }, { shape });
}
