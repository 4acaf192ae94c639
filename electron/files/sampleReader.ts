/** How engines read samples: by position, a part at a time. */
import type { Part } from '../../shared/ir/dataSetDefinition';

/** Samples by position; rows come back in the order asked for. */
export interface SampleReader {
  count: (part: Part) => number;
  /** Row-major values [indices.length, ...field shape]; indices count within the part. */
  read: (field: string, part: Part, indices: Uint32Array) => Promise<Float32Array | Int32Array>;
}
