/** How engines read samples: by position, a part at a time. */
import type { Part } from '../../shared/ir/dataSetDefinition';

/** A file that holds one field of one part: raw little-endian values, sample after sample. */
export interface StoredField {
  readonly file: string;
  readonly stored: 'uint8' | 'float32' | 'int32';
  /** What `read` makes of the values. */
  readonly dtype: 'float32' | 'int32';
  /** Of one sample. */
  readonly shape: readonly number[];
  /** What bytes are divided by where they become float32; 1: they stay as they are. */
  readonly divideBy: number;
}

/** Samples by position; rows come back in the order asked for. */
export interface SampleReader {
  count: (part: Part) => number;
  /** Row-major values [indices.length, ...field shape]; indices count within the part. */
  read: (field: string, part: Part, indices: Uint32Array) => Promise<Float32Array | Int32Array>;
  /** Where the values lie, for engines that map files into memory themselves; null where the part has no such field. */
  stored?: (field: string, part: Part) => StoredField | null;
}
