/** Tensors as a target holds them, by its names, from ours by theirs: weights, gradients and optimizer state alike. */
import type { ExportedModel, ExportedWeight } from '../../../shared/codegen/exportedModel';
import { toTheirs, type Values } from '../../../shared/ir/emit/transform';
import type { StoredTensor } from '../../files/safetensors';

/** What a target's tensors are made of; `find` knows ours by weight key. A tensor of which a part is not there is left out. */
export function targetTensors(
  weights: readonly ExportedWeight[],
  find: (key: string) => Values | undefined,
): Map<string, Values> {
  const made = weights.flatMap(({ name, group, twin }): [string, Values][] => {
    const parts = new Map(twin.ours.map((part) => [part.name, find(`${group}/${part.name}`)]));
    if ([...parts.values()].some((values) => values === undefined)) return [];
    return [[name, toTheirs(twin, (part) => parts.get(part) as Values)]];
  });
  return new Map(made);
}

export function asStored({ shape, data }: Values): StoredTensor {
  return { dtype: 'F32', shape, data };
}

/** Tensors without a twin, such as counters. */
export function constantTensors({ constants }: Pick<ExportedModel, 'constants'>): Map<string, StoredTensor> {
  return new Map(
    constants.map(({ name, dtype, shape, value }) => {
      const count = shape.reduce((product, size) => product * size, 1);
      const data = dtype === 'I64' ? new BigInt64Array(count).fill(BigInt(value)) : new Float32Array(count).fill(value);
      return [name, { dtype, shape, data }];
    }),
  );
}
