/** Two points on which results can be worked out by hand: x (1, 2) with y 1, and x (3, -1) with y 2. */
import type { SampleReader } from '../../../electron/files/sampleReader';
import type { DataInfo } from '../../../shared/ir/dataSetDefinition';

export const pointData: DataInfo = {
  fields: [
    { name: 'x', shape: [2], dtype: 'float32' },
    { name: 'y', shape: [1], dtype: 'float32' },
  ],
  counts: { train: 2, validation: 0, test: 0 },
};
export const points: SampleReader = {
  count: () => 2,
  read: (field, _part, indices) => {
    const rows: Record<string, number[][]> = {
      x: [
        [1, 2],
        [3, -1],
      ],
      y: [[1], [2]],
    };
    return Promise.resolve(Float32Array.from([...indices].flatMap((index) => rows[field]?.[index] ?? [])));
  },
};
