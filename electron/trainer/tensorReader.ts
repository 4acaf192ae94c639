/** Reads samples that are tensors in memory: one a field, the samples along its first axis; every part is the same. */
import { damaged } from '../files/fileProblem';
import type { SampleReader } from '../files/sampleReader';
import type { StoredTensor } from '../files/safetensors';

/** `file` is where they come from, for errors. */
export function tensorReader(file: string, fields: ReadonlyMap<string, StoredTensor>): SampleReader {
  const count = Math.min(...[...fields.values()].map(({ shape }) => shape[0] ?? 0));
  return {
    count: () => count,
    read: (field, _part, indices) => {
      const tensor = fields.get(field);
      if (!tensor) return Promise.reject(damaged(file, `has no field "${field}".`));
      const data = tensor.data as Float32Array | Int32Array;
      const size = data.length / Math.max(1, tensor.shape[0] ?? 1);
      const taken =
        tensor.dtype === 'I32' ? new Int32Array(size * indices.length) : new Float32Array(size * indices.length);
      indices.forEach((index, row) => taken.set(data.subarray(index * size, (index + 1) * size), row * size));
      return Promise.resolve(taken);
    },
  };
}
