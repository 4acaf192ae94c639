/** What MNIST and the sets made in its form have in common: four IDX files, 28x28 pixels, ten classes. */
import type { DataInfo } from '../ir/dataSetDefinition';
import { integer, optional, text } from '../ir/params';

/** Images and labels of the training part, then of the test part: the order in which definitions list their files. */
export const idxNames = [
  'train-images-idx3-ubyte.gz',
  'train-labels-idx1-ubyte.gz',
  't10k-images-idx3-ubyte.gz',
  't10k-labels-idx1-ubyte.gz',
] as const;

export const idxParams = {
  validation: integer({
    default: 5000,
    min: 1,
    help: 'How many of the last training samples validate instead of training.',
  }),
  mirror: optional(text({ default: '', help: '' }), {
    default: null,
    help: 'Address of a folder with the same files; null: NETLOOM_MIRROR, which has a folder for each set, else as published.',
  }),
};

export function idxInfo(classes: readonly string[], validation: number): DataInfo | null {
  if (validation >= 60_000) return null;
  return {
    fields: [
      { name: 'image', shape: [28, 28, 1], dtype: 'float32', range: [0, 1] },
      { name: 'label', shape: [], dtype: 'int32', classes, range: [0, 9] },
    ],
    counts: { train: 60_000 - validation, validation, test: 10_000 },
  };
}
