/** What a run's log holds: events as JSON, and columns of numbers as they lie in memory. Encoding and decoding of both. */
import type { RunEvent } from '../../shared/training/events';
import { recordKinds } from './logFormat';
import type { RecordBuffer } from './recordBuffer';

/** Names of the columns of all blocks that follow, until other names are given. */
export interface ColumnNames {
  readonly scalarNames: readonly string[];
  readonly groupNames: readonly string[];
}

/** `values`: row-major [steps, scalar names]. */
export interface ScalarBlock {
  readonly firstStep: number;
  readonly steps: number;
  readonly values: Float32Array;
}

/** Every step of every weight group, row-major [steps, groups]; a ratio that was not measured is NaN. */
export interface LayerBlock {
  readonly firstStep: number;
  readonly steps: number;
  readonly gradientNorms: Float32Array;
  readonly updateRatios: Float32Array;
}

/** Per weight group over the steps of a bucket. The mean is not finite if any value was not; NaN where there is none. */
export interface Extent {
  readonly minimum: Float32Array;
  readonly maximum: Float32Array;
  readonly mean: Float32Array;
}

/** What is kept of `steps` steps when every step would be too much to write. */
export interface LayerBucket {
  readonly firstStep: number;
  readonly steps: number;
  readonly gradientNorms: Extent;
  readonly updateRatios: Extent;
}

export type LogRecord =
  | { readonly kind: 'event'; readonly event: RunEvent }
  | { readonly kind: 'names'; readonly names: ColumnNames }
  | { readonly kind: 'scalars'; readonly block: ScalarBlock }
  | { readonly kind: 'layers'; readonly block: LayerBlock }
  | { readonly kind: 'layerBucket'; readonly bucket: LayerBucket };

const blockHeader = 16;
const layerHeader = 24;

/** Bytes of a layer block in the file, for the budget of layer columns. */
export function layerBlockBytes(steps: number, groups: number, ratioRows: number): number {
  return 12 + layerHeader + 4 * (steps * groups + ratioRows * (groups + 1));
}

export function layerBucketBytes(groups: number): number {
  return 12 + blockHeader + 4 * 6 * groups;
}

export function encodeRecord(into: RecordBuffer, record: LogRecord): void {
  switch (record.kind) {
    case 'event':
      return into.addJson(recordKinds.event, record.event);
    case 'names':
      return into.addJson(recordKinds.names, record.names);
    case 'scalars':
      return encodeScalars(into, record.block);
    case 'layers':
      return encodeLayers(into, record.block);
    case 'layerBucket':
      return encodeBucket(into, record.bucket);
  }
}

function encodeScalars(into: RecordBuffer, { firstStep, steps, values }: ScalarBlock): void {
  const { view, floats } = into.add(recordKinds.scalars, blockHeader + 4 * values.length);
  view.setFloat64(0, firstStep, true);
  view.setUint32(8, steps, true);
  view.setUint32(12, steps === 0 ? 0 : values.length / steps, true);
  floats.set(values, blockHeader / 4);
  into.seal();
}

/** Rows of ratios that were measured at all: they are few, so only those are written, each with its place. */
export function measuredRows(steps: number, ratios: Float32Array): number[] {
  const groups = steps === 0 ? 0 : ratios.length / steps;
  const rows: number[] = [];
  for (let row = 0; row < steps; row += 1) {
    for (let at = row * groups; at < (row + 1) * groups; at += 1) {
      const ratio = ratios[at] as number;
      // A NaN is the only value that differs from itself.
      if (ratio === ratio) {
        rows.push(row);
        break;
      }
    }
  }
  return rows;
}

function encodeLayers(into: RecordBuffer, { firstStep, steps, gradientNorms, updateRatios }: LayerBlock): void {
  const groups = steps === 0 ? 0 : gradientNorms.length / steps;
  const rows = measuredRows(steps, updateRatios);
  const length = layerBlockBytes(steps, groups, rows.length) - 12;
  const { view, floats } = into.add(recordKinds.layers, length);
  view.setFloat64(0, firstStep, true);
  view.setUint32(8, steps, true);
  view.setUint32(12, groups, true);
  view.setUint32(16, rows.length, true);
  view.setUint32(20, 0, true);
  floats.set(gradientNorms, layerHeader / 4);
  let at = layerHeader / 4 + gradientNorms.length;
  for (const row of rows) view.setUint32(4 * at++, row, true);
  for (const row of rows) {
    floats.set(updateRatios.subarray(row * groups, (row + 1) * groups), at);
    at += groups;
  }
  into.seal();
}

function encodeBucket(into: RecordBuffer, { firstStep, steps, gradientNorms, updateRatios }: LayerBucket): void {
  const groups = gradientNorms.mean.length;
  const { view, floats } = into.add(recordKinds.layerBucket, layerBucketBytes(groups) - 12);
  view.setFloat64(0, firstStep, true);
  view.setUint32(8, steps, true);
  view.setUint32(12, groups, true);
  let at = blockHeader / 4;
  for (const { minimum, maximum, mean } of [gradientNorms, updateRatios]) {
    for (const column of [minimum, maximum, mean]) {
      floats.set(column, at);
      at += groups;
    }
  }
  into.seal();
}
