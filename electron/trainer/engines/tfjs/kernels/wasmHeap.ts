/** What our kernels share: views into the WASM heap, temporary results, and calls of the kernels that the backend already has. */
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';
import type * as tf from '@tensorflow/tfjs-core';

/** Numbers that live on the WASM heap. Growth of the heap detaches every view: take views after the last allocation. */
export function floatsOf(backend: BackendWasm, info: tf.TensorInfo): Float32Array {
  return backend.typedArrayFromHeap(info) as Float32Array;
}

export function integersOf(backend: BackendWasm, info: tf.TensorInfo): Int32Array {
  return backend.typedArrayFromHeap(info) as Int32Array;
}

type Inputs = Record<string, tf.TensorInfo>;

/** What a kernel of ours is called with. */
export interface KernelCall<Attributes> {
  readonly backend: BackendWasm;
  readonly inputs: Inputs;
  readonly attributes: Attributes;
  /** Runs another kernel; the result is temporary, freed when this kernel returns, unless it is what is returned. */
  readonly run: (kernelName: string, inputs: Inputs, attributes?: Record<string, unknown>) => tf.TensorInfo;
  /** Memory for a result, not cleared; temporary in the same way. */
  readonly allocate: (shape: readonly number[], dtype?: tf.DataType) => tf.TensorInfo;
}

/** Makes a kernel of one function from inputs to one output, which frees what it used on the way. */
export function defineKernel<Attributes>(
  core: typeof tf,
  kernelName: string,
  compute: (call: KernelCall<Attributes>) => tf.TensorInfo,
  stock: ReadonlyMap<string, tf.KernelFunc>,
): tf.KernelConfig {
  const kernelFunc: tf.KernelFunc = ({ inputs, attrs, backend }) => {
    const wasm = backend as BackendWasm;
    const temporaries: tf.TensorInfo[] = [];
    const keepTrack = (info: tf.TensorInfo): tf.TensorInfo => {
      temporaries.push(info);
      return info;
    };
    const free = (kept: tf.TensorInfo | null): void => {
      for (const info of temporaries) if (info !== kept) wasm.disposeData(info.dataId);
    };
    const call: KernelCall<Attributes> = {
      backend: wasm,
      inputs: inputs as Inputs,
      attributes: attrs as Attributes,
      run(name, ins, attributes = {}) {
        const func = (name === kernelName ? stock.get(name) : undefined) ?? core.getKernel(name, 'wasm').kernelFunc;
        return keepTrack(func({ inputs: ins, attrs: attributes as tf.NamedAttrMap, backend }) as tf.TensorInfo);
      },
      allocate: (shape, dtype = 'float32') => keepTrack(wasm.makeOutput([...shape], dtype)),
    };
    try {
      const output = compute(call);
      free(output);
      return output;
    } catch (error) {
      // Memory may have run out half-way.
      free(null);
      throw error;
    }
  };
  return { kernelName, backendName: 'wasm', kernelFunc };
}
