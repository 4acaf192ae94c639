/** Least, greatest and mean value of each weight group over the steps of one bucket, gathered as the steps come. */
import type { MetricColumns } from '../../shared/training/events';
import type { Extent, LayerBucket } from './logRecord';

export interface OpenBucket {
  /** Takes in some rows of columns; they must follow what is in the bucket. */
  add(columns: Pick<MetricColumns, 'firstStep' | 'gradientNorms' | 'updateRatios'>, row: number, rows: number): void;
  /** The step that would come next; undefined while the bucket is empty. */
  nextStep(): number | undefined;
  /** Closes the bucket and empties it; null if nothing is in it. */
  take(): LayerBucket | null;
}

export function createLayerBucket(groups: number): OpenBucket {
  let firstStep = 0;
  let steps = 0;
  const norms = gather(groups, false);
  const ratios = gather(groups, true);
  return {
    add(columns, row, rows) {
      if (steps === 0) firstStep = columns.firstStep + row;
      steps += rows;
      norms.add(columns.gradientNorms, row, rows);
      ratios.add(columns.updateRatios, row, rows);
    },
    nextStep: () => (steps === 0 ? undefined : firstStep + steps),
    take() {
      if (steps === 0) return null;
      const bucket = { firstStep, steps, gradientNorms: norms.take(), updateRatios: ratios.take() };
      steps = 0;
      return bucket;
    },
  };
}

interface Gathering {
  add(values: Float32Array, row: number, rows: number): void;
  take(): Extent;
}

/** `sparse`: a NaN says "not measured" and is passed over; otherwise it is a value, and shows in the mean. */
function gather(groups: number, sparse: boolean): Gathering {
  const minimum = new Float32Array(groups).fill(Infinity);
  const maximum = new Float32Array(groups).fill(-Infinity);
  const sum = new Float64Array(groups);
  const count = new Uint32Array(groups);
  return {
    add(values, row, rows) {
      for (let at = row * groups, end = (row + rows) * groups, group = 0; at < end; at += 1, group += 1) {
        if (group === groups) group = 0;
        const value = values[at] as number;
        if (sparse && value !== value) continue;
        sum[group] = (sum[group] as number) + value;
        count[group] = (count[group] as number) + 1;
        if (value < (minimum[group] as number)) minimum[group] = value;
        if (value > (maximum[group] as number)) maximum[group] = value;
      }
    },
    take() {
      // Bounds that no value ever touched: nothing was measured, or all of it was NaN.
      const bound = (value: number, untouched: number): number => (value === untouched ? NaN : value);
      const extent = {
        minimum: minimum.map((value, group) => (sum[group] === Infinity ? value : bound(value, Infinity))),
        maximum: maximum.map((value, group) => (sum[group] === -Infinity ? value : bound(value, -Infinity))),
        mean: Float32Array.from(sum, (total, group) => total / (count[group] as number)),
      };
      minimum.fill(Infinity);
      maximum.fill(-Infinity);
      sum.fill(0);
      count.fill(0);
      return extent;
    },
  };
}
