/** Keeps the columns of all layers within a budget of bytes a second: every step while that fits, else buckets of steps. */
import type { MetricColumns } from '../../shared/training/events';
import { createLayerBucket } from './layerBucket';
import { layerBlockBytes, layerBucketBytes, measuredRows } from './logRecord';
import type { LogRecord } from './logRecord';

export type LayerRecord = Extract<LogRecord, { kind: 'layers' | 'layerBucket' }>;
export type LayerInput = Pick<MetricColumns, 'firstStep' | 'steps' | 'gradientNorms' | 'updateRatios'>;

export interface LayerColumnsOptions {
  readonly groups: number;
  readonly bytesPerSecond: number;
  /** Milliseconds of a clock that never goes back. */
  readonly now: () => number;
}

export interface LayerColumns {
  /** What is to be written of these steps; nothing yet where a bucket is not full. */
  add(columns: LayerInput): LayerRecord[];
  /** The bucket that was begun, if any: when the run pauses or ends. */
  finish(): LayerRecord[];
}

/** Steps of the widest bucket: what some ten seconds of the fastest nets make. */
const widestBucket = 65_536;
/** Buckets get narrower only where that leaves a fifth of the budget free, so that the width does not flicker. */
const headroom = 0.8;

/**
 * A budget fills at `bytesPerSecond` up to one second's worth, and every record is paid from it. Where it is spent the
 * buckets double, and each second they halve again if the last second would have fitted. One second's burst and the
 * last bucket aside, no stretch of time gets more bytes than its share. Buckets begin at multiples of their width.
 */
export function createLayerColumns({ groups, bytesPerSecond, now }: LayerColumnsOptions): LayerColumns {
  let budget = bytesPerSecond;
  let last = now();
  let width = 1;
  let lastReview = last;
  let seen = { steps: 0, exactBytes: 0 };
  const bucket = createLayerBucket(groups);

  function cost(steps: number, exactBytes: number, atWidth: number): number {
    return atWidth === 1 ? exactBytes : (steps / atWidth) * layerBucketBytes(groups);
  }

  /** Sets the width for `steps` more steps that would cost `exactBytes` when written one by one. */
  function adapt(steps: number, exactBytes: number): void {
    const time = now();
    const refill = ((time - last) / 1000) * bytesPerSecond;
    last = time;
    budget = Math.min(bytesPerSecond, budget + refill);
    seen = { steps: seen.steps + steps, exactBytes: seen.exactBytes + exactBytes };
    const review = (time - lastReview) / 1000;
    if (review >= 1) {
      if (width > 1 && cost(seen.steps, seen.exactBytes, width / 2) <= headroom * review * bytesPerSecond) width /= 2;
      lastReview = time;
      seen = { steps: 0, exactBytes: 0 };
    }
    const affordable = Math.max(budget, refill);
    while (width < widestBucket && cost(steps, exactBytes, width) > affordable) width *= 2;
  }

  function close(): LayerRecord[] {
    const full = bucket.take();
    if (full === null) return [];
    budget -= layerBucketBytes(groups);
    return [{ kind: 'layerBucket', bucket: full }];
  }

  function addToBuckets(columns: LayerInput): LayerRecord[] {
    const records: LayerRecord[] = [];
    for (let row = 0; row < columns.steps;) {
      const step = columns.firstStep + row;
      const rows = Math.min(columns.steps - row, width - (step % width));
      bucket.add(columns, row, rows);
      row += rows;
      if ((step + rows) % width === 0) records.push(...close());
    }
    return records;
  }

  return {
    add(columns) {
      if (columns.steps === 0 || groups === 0) return [];
      const exactBytes = layerBlockBytes(
        columns.steps,
        groups,
        measuredRows(columns.steps, columns.updateRatios).length,
      );
      const before = width;
      adapt(columns.steps, exactBytes);
      const records = before !== width || bucket.nextStep() !== columns.firstStep ? close() : [];
      if (width > 1) return [...records, ...addToBuckets(columns)];
      budget -= exactBytes;
      const { firstStep, steps, gradientNorms, updateRatios } = columns;
      return [...records, { kind: 'layers', block: { firstStep, steps, gradientNorms, updateRatios } }];
    },
    finish: close,
  };
}
