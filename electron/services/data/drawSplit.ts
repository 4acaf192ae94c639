/** Draws which samples validate and which test: as many as asked for, of every class its share. */
import type { Part } from '../../../shared/ir/dataSetDefinition';
import { randomStream } from '../../../shared/training/random';

export interface SplitWish {
  count: number;
  /** The class of each sample; null: no classes to keep in proportion. */
  labels: Int32Array | null;
  /** Fractions of `count`. A part that is asked for at all gets at least one sample, if there are enough. */
  validation: number;
  test: number;
  seed: number;
}

/** By position: 0 train, 1 validation, 2 test, in the order of `parts`. */
export function drawSplit({ count, labels, validation, test, seed }: SplitWish): Uint8Array {
  const stream = randomStream(seed, 'split');
  const order = stream.permutation(count);
  // Stable, so that within a class the drawn order stays.
  if (labels) order.sort((a, b) => (labels[a] as number) - (labels[b] as number));
  const split = new Uint8Array(count);
  take(order, wanted(count, validation), (sample) => (split[sample] = 1));
  const others = order.filter((sample) => split[sample] === 0);
  take(others, wanted(count, test), (sample) => (split[sample] = 2));
  return split;
}

function wanted(count: number, fraction: number): number {
  return fraction === 0 ? 0 : Math.max(1, Math.round(count * fraction));
}

/** Evenly spaced members of a list that is sorted by class: every class gives its share, to within one sample. */
function take(order: Uint32Array, count: number, mark: (sample: number) => void): void {
  const most = Math.min(count, order.length);
  for (let at = 0; at < most; at += 1) mark(order[Math.floor(((at + 0.5) * order.length) / most)] as number);
}

export function partNamed(text: string): Part | null {
  const name = text.trim().toLowerCase();
  if (name === 'train' || name === 'training') return 'train';
  if (name === 'validation' || name === 'val' || name === 'valid') return 'validation';
  return name === 'test' ? 'test' : null;
}
